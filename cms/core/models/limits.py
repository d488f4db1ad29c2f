"""Counters of the rate limits: in the database, so that every process counts together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateWindow(models.Model):
    """How often one visitor did one thing in one window. The visitor is a keyed digest, not an address."""

    limit = models.CharField(_("giới hạn"), max_length=40)
    visitor = models.CharField(_("khách"), max_length=64)
    starts_at = models.DateTimeField(_("từ"))
    count = models.PositiveIntegerField(_("số lần"), default=0)

    class Meta:
        verbose_name = _("bộ đếm giới hạn")
        verbose_name_plural = _("bộ đếm giới hạn")
        constraints = [models.UniqueConstraint(fields=["limit", "visitor", "starts_at"], name="one_counter_a_window")]
        indexes = [models.Index(fields=["starts_at"], name="rate_window_age")]

    def __str__(self) -> str:
        return f"{self.limit} {self.starts_at:%H:%M} ×{self.count}"
