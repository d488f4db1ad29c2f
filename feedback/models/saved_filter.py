"""A part of the desk's list that an officer asks for again and again, under a name of her own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.querysets import SavedFilterQuerySet

# Two hundred letters of any script, written as an address writes them, and the fields.
LONGEST_QUERY = 4_000


class SavedFilter(models.Model):
    """Name and address of a part of the list; what is in it is asked anew, as whoever opens it may see it.

    Nothing in it tells a person: ``services.saved_filters`` refuses words of the search box that could.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người lưu"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("tên bộ lọc"), max_length=60)
    query = models.CharField(_("điều kiện lọc"), max_length=LONGEST_QUERY, blank=True, editable=False)
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("dùng chung với đơn vị"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("bộ lọc đã lưu")
        verbose_name_plural = _("bộ lọc đã lưu")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_once_an_owner")]

    def __str__(self) -> str:
        return self.name
