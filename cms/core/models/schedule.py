"""When each repeating job runs next. The jobs themselves are code, handed in through the port."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.querysets.schedule import JobStateQuerySet


class JobState(models.Model):
    """One row a job; a worker takes it by lease, so each turn runs once whatever the number of workers."""

    name = models.CharField(_("tên"), max_length=80, primary_key=True)
    next_run_at = models.DateTimeField(_("lần tới"))
    leased_until = models.DateTimeField(_("đang chạy đến"), null=True, blank=True)
    lease_owner = models.CharField(_("nơi chạy"), max_length=80, blank=True)
    last_started_at = models.DateTimeField(_("bắt đầu lần trước"), null=True, blank=True)
    last_finished_at = models.DateTimeField(_("xong lần trước"), null=True, blank=True)
    last_result = models.CharField(_("kết quả lần trước"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(_("số lần hỏng liên tiếp"), default=0)

    objects = JobStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc định kỳ")
        verbose_name_plural = _("việc định kỳ")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
