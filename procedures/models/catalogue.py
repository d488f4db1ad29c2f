"""The short lists beside the procedures: fields of work, and places that receive dossiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.text import clean_line, fold
from procedures.querysets import ShortListQuerySet


class ProcedureField(models.Model):
    """A field of work as decisions name it. A table, not code: ministries rename and split fields."""

    name = models.CharField(_("tên"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = ShortListQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("order")]

    class Meta:
        verbose_name = _("lĩnh vực thủ tục")
        verbose_name_plural = _("lĩnh vực thủ tục")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.key = self.key_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        """Return what is equal for every spelling of one name."""
        return fold(name)[:200]


class ReceivingPlace(models.Model):
    """A desk that takes dossiers, entered once and named by every procedure that it serves (S72, S75)."""

    name = models.CharField(_("tên"), max_length=200, unique=True)
    address = models.CharField(_("địa chỉ"), max_length=300)
    map_url = models.URLField(_("liên kết bản đồ"), max_length=500, blank=True)
    hours = models.TextField(_("giờ làm việc"), blank=True, help_text=_("Mỗi dòng một buổi hay một ngày."))
    phone = models.CharField(_("điện thoại"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = ShortListQuerySet.as_manager()

    panels = [
        *(FieldPanel("name"), FieldPanel("address"), FieldPanel("map_url")),
        *(FieldPanel("hours"), FieldPanel("phone"), FieldPanel("order")),
    ]

    class Meta:
        verbose_name = _("nơi tiếp nhận hồ sơ")
        verbose_name_plural = _("nơi tiếp nhận hồ sơ")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def hour_lines(self) -> list[str]:
        return [line for line in self.hours.splitlines() if line.strip()]
