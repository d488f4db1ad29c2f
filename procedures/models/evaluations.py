"""What the office says of its online and postal service in a period (S24, S25): its words beside the counts."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.periods import Period, period_label, read_period
from procedures.querysets import ServiceEvaluationQuerySet

LONGEST_WORDS = 10_000


class ServiceEvaluation(models.Model):
    """One page a period. The numbers on it are read from the counts whenever it is opened, never written here."""

    period = models.CharField(
        _("kỳ"), max_length=10, unique=True, help_text=_("Viết như 2026-Q1, 2026-6T, 2026-9T hoặc 2026.")
    )
    online_words = models.TextField(
        _("đánh giá dịch vụ công trực tuyến"),
        max_length=LONGEST_WORDS,
        help_text=_("Kết quả, hạn chế, nguyên nhân, việc sẽ làm. Để một dòng trống giữa hai đoạn."),
    )
    post_words = models.TextField(
        _("đánh giá dịch vụ bưu chính công ích"),
        max_length=LONGEST_WORDS,
        help_text=_("Nhận hồ sơ, trả kết quả qua bưu chính: kết quả, hạn chế, nguyên nhân, việc sẽ làm."),
    )
    public = models.BooleanField(
        _("đăng lên cổng"), default=False, help_text=_("Chỉ người duyệt đăng đặt hoặc bỏ được dấu này.")
    )
    published_on = models.DateField(_("ngày đăng"), null=True, blank=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    saved_at = models.DateTimeField(_("ghi lúc"), auto_now=True)

    objects = ServiceEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đánh giá dịch vụ công trực tuyến, bưu chính")
        verbose_name_plural = _("đánh giá dịch vụ công trực tuyến, bưu chính")
        ordering = ["-period"]

    def __str__(self) -> str:
        return self.period_label

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    @property
    def dates(self) -> Period | None:
        """The days of its period; None when what stands there is none."""
        return read_period(self.period)

    def clean(self) -> None:
        """The period is one that people report by."""
        if read_period(self.period or "") is None:
            faults: dict[str, Any] = {"period": _("Kỳ viết như 2026-Q1, 2026-03, 2026-6T, 2026-9T hoặc 2026.")}
            raise ValidationError(faults)
