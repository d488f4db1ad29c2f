"""The one table that the public search reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One thing that the public can find.

    A copy, never a source: ``rebuild_search`` makes every row again. The folded words beside it live where
    the database searches best and are written by ``cms.core.search`` alone.
    """

    kind = models.CharField(_("loại"), max_length=40)
    object_id = models.CharField(_("khóa của đối tượng"), max_length=64)
    date = models.DateField(_("ngày"), null=True, blank=True)
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    number_key = models.CharField(_("số ký hiệu để so khớp"), max_length=120, blank=True, db_index=True)
    url = models.CharField(_("địa chỉ"), max_length=2048)
    title = models.CharField(_("tiêu đề"), max_length=500)
    lead = models.TextField(_("phần đầu để trích"), blank=True)

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_object")]

    def __str__(self) -> str:
        return self.title
