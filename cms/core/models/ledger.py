"""The append-only, hash-chained ledger: what happened, never whose words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.querysets.ledger import LedgerQuerySet


class LedgerEvent(models.Model):
    """One thing that happened to one subject. Rows are only ever added, by ``services.ledger``.

    ``data`` holds field names, codes and digests, never personal text, so the chain can be kept when a
    person's data must go.
    """

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    at = models.DateTimeField(_("lúc"))
    subject_type = models.CharField(_("loại đối tượng"), max_length=40)
    subject_key = models.CharField(_("đối tượng"), max_length=80)
    unit = models.ForeignKey(
        "core.Unit", verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField(_("việc"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người làm"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_kind = models.CharField(_("vai"), max_length=20)
    public = models.BooleanField(_("người gửi xem được"), default=False)
    data = models.JSONField(_("chi tiết"), default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự kiện")
        verbose_name_plural = _("nhật ký sự kiện")
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject_type", "subject_key", "seq"], name="ledger_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject_type}/{self.subject_key}"
