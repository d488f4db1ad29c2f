"""What belongs to an internal notice in rows of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.internal.querysets import NoticeFileQuerySet, NoticeReceiptQuerySet


def _person(label: str) -> models.ForeignKey:
    """Return a column for the officer who did something; the deed stays when the account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class NoticeAddressee(Orderable):
    """A unit to which a notice is sent, perhaps with everything below it."""

    page = ParentalKey("internal.InternalNoticePage", on_delete=models.CASCADE, related_name="addressees")
    unit = models.ForeignKey("core.Unit", verbose_name=_("đơn vị"), on_delete=models.CASCADE, related_name="+")
    with_units_below = models.BooleanField(_("và mọi đơn vị cấp dưới"), default=False)

    panels = [FieldRowPanel([FieldPanel("unit"), FieldPanel("with_units_below")])]

    class Meta(Orderable.Meta):
        verbose_name = _("đơn vị nhận")
        verbose_name_plural = _("đơn vị nhận")

    def __str__(self) -> str:
        return f"{self.unit.called} +" if self.with_units_below else self.unit.called


class NoticeFile(models.Model):
    """A file of a notice, in the private storage: it has no public address, and no draft of the page holds it."""

    page = models.ForeignKey(
        "internal.InternalNoticePage", verbose_name=_("thông báo"), on_delete=models.CASCADE, related_name="files"
    )
    title = models.CharField(_("tên hiện ra"), max_length=200)
    stored_name = models.CharField(_("nơi cất"), max_length=200)
    filename = models.CharField(_("tên tệp"), max_length=120)
    content_type = models.CharField(_("kiểu tệp"), max_length=100)
    size = models.PositiveIntegerField(_("cỡ"), default=0)
    sha256 = models.CharField(max_length=64)
    added_by = _person(_("người gắn"))
    added_at = models.DateTimeField(_("gắn lúc"))
    removed_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)

    objects = NoticeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp của thông báo nội bộ")
        verbose_name_plural = _("tệp của thông báo nội bộ")

    def __str__(self) -> str:
        return self.title

    @property
    def file_type(self) -> str:
        """The type as people say it: PDF, DOCX."""
        return self.filename.rpartition(".")[2].upper()


class NoticeReceipt(models.Model):
    """A unit has read a notice: which, who said so, when. One a unit, however often somebody presses."""

    page = models.ForeignKey(
        "internal.InternalNoticePage", verbose_name=_("thông báo"), on_delete=models.CASCADE, related_name="receipts"
    )
    unit = models.ForeignKey("core.Unit", verbose_name=_("đơn vị"), on_delete=models.CASCADE, related_name="+")
    given_by = _person(_("người xác nhận"))
    given_at = models.DateTimeField(_("xác nhận lúc"))

    objects = NoticeReceiptQuerySet.as_manager()

    # A receipt is no use of the page that Wagtail should warn of.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("xác nhận đã đọc")
        verbose_name_plural = _("xác nhận đã đọc")
        constraints = [models.UniqueConstraint(fields=["page", "unit"], name="one_receipt_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.given_at:%d/%m/%Y %H:%M}"
