"""The append-only, hash-chained ledger: what happened, never whose words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.querysets.ledger import LedgerDayQuerySet, LedgerQuerySet


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
        indexes = [
            models.Index(fields=["subject_type", "subject_key", "seq"], name="ledger_subject"),
            models.Index(fields=["verb", "seq"], name="ledger_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject_type}/{self.subject_key}"


class LedgerHead(models.Model):
    """How far the ledger reaches: the one row that shows when its last events were taken away.

    The chain alone cannot: without its tail it is still a whole chain. ``seal`` is a keyed digest of the other two
    columns; nobody who has the database but not the key can put the row back by hand.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(_("số thứ tự cuối"))
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("dấu cuối nhật ký")
        verbose_name_plural = _("dấu cuối nhật ký")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_ledger_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class LedgerDay(models.Model):
    """What was written into the ledger on one day, as one hash that everybody may keep: the day's root.

    A day reaches from the event after the last of the day before it to the last that was written before midnight
    here; days without events have a root too, so that none can be left out. ``previous`` is the root of the day
    before, ``seal`` a keyed digest of the row.
    """

    day = models.DateField(_("ngày"), primary_key=True)
    count = models.PositiveIntegerField(_("số sự kiện"))
    last_seq = models.BigIntegerField(_("sự kiện cuối"))
    previous = models.CharField(_("dấu ngày trước"), max_length=64)
    root = models.CharField(_("dấu của ngày"), max_length=64)
    closed_at = models.DateTimeField(_("chốt lúc"))
    seal = models.CharField(max_length=64)

    objects = LedgerDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("dấu nhật ký của ngày")
        verbose_name_plural = _("dấu nhật ký từng ngày")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.root}"

    @property
    def first_seq(self) -> int:
        """Number of the day's first event; one past the last where there is none."""
        return int(self.last_seq) - int(self.count) + 1
