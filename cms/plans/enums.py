"""Closed sets of plans and their tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    PLAN = "ke-hoach", _("Kế hoạch")
    PROGRAMME = "chuong-trinh", _("Chương trình")
    SCHEME = "de-an", _("Đề án")
    PROJECT = "du-an", _("Dự án")
    OPTION = "phuong-an", _("Phương án")


class DeadlineKind(models.TextChoices):
    """How a plan says when (S62): few tasks have a day."""

    BY_DATE = "by_date", _("Có ngày")
    RECURRING = "recurring", _("Định kỳ")
    CONTINUOUS = "continuous", _("Thường xuyên")
    FOLLOWS_OTHER = "follows_other", _("Theo tiến độ, kế hoạch khác")
    OTHER = "other", _("Khác")


class ProgressState(models.TextChoices):
    NOT_STARTED = "not_started", _("Chưa làm")
    IN_PROGRESS = "in_progress", _("Đang làm")
    DONE = "done", _("Đã xong")
    STOPPED = "stopped", _("Dừng, không làm nữa")


ENDED = frozenset({ProgressState.DONE, ProgressState.STOPPED})
