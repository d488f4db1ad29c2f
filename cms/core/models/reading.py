"""How often pages are read and their files taken: one row a page a day, and nothing about anybody who did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.querysets.readings import PageReadingQuerySet


class PageReading(models.Model):
    """The readings and downloads of one page on one day, as ``cms.core.services.readings`` adds them up."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("trang"), on_delete=models.CASCADE, related_name="readings"
    )
    day = models.DateField(_("ngày"))
    count = models.PositiveIntegerField(_("lượt xem"), default=0)
    downloads = models.PositiveIntegerField(_("lượt tải tệp"), default=0)

    objects = PageReadingQuerySet.as_manager()

    # A count is no use of the page: without this Wagtail would list every day as a place that links to it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lượt xem trang")
        verbose_name_plural = _("lượt xem trang")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_a_page_a_day")]
        indexes = [models.Index(fields=["day"], name="page_reading_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day:%d/%m/%Y} ×{self.count}"
