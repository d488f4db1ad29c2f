"""Mail that must leave: written in the transaction that gives rise to it, sent by the worker."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import MailState
from cms.core.querysets.outbox import OutboxQuerySet


class OutboxMail(models.Model):
    """One mail to be. Neither address nor text is stored: both are made when it leaves, from ``reference``."""

    kind = models.CharField(_("loại thư"), max_length=60)
    reference = models.JSONField(_("về việc"), default=dict)
    dedupe_key = models.CharField(_("khóa chống gửi trùng"), max_length=160, unique=True)
    state = models.CharField(_("tình trạng"), max_length=12, choices=MailState, default=MailState.WAITING)
    tries = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    next_try_at = models.DateTimeField(_("lần thử tới"))
    leased_until = models.DateTimeField(_("đang gửi đến"), null=True, blank=True)
    message_id = models.CharField(_("mã thư"), max_length=120, unique=True)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("lập lúc"))
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    is_new = False  # no column: whether the call that returned this mail made it

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư đi")
        verbose_name_plural = _("thư đi")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
