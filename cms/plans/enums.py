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


class Recurrence(models.TextChoices):
    """How often a task is due again (S55); each time has its own progress."""

    MONTH = "month", _("Hàng tháng")
    QUARTER = "quarter", _("Hàng quý")
    HALF_YEAR = "half_year", _("Sáu tháng và cả năm")
    YEAR = "year", _("Hàng năm")


class ProgressState(models.TextChoices):
    NOT_STARTED = "not_started", _("Chưa làm")
    IN_PROGRESS = "in_progress", _("Đang làm")
    DONE = "done", _("Đã xong")
    STOPPED = "stopped", _("Dừng, không làm nữa")


ENDED = frozenset({ProgressState.DONE, ProgressState.STOPPED})


class DueStanding(models.TextChoices):
    """How a task stands to its day; computed, never stored."""

    LATE = "late", _("Quá hạn")
    SOON = "soon", _("Sắp đến hạn")
    AHEAD = "ahead", _("Còn hạn")
    OPEN = "open", _("Không có ngày")
    ENDED = "ended", _("Đã kết thúc")


class BoardState(models.TextChoices):
    """What a reader may narrow the board to; the values stand in addresses."""

    LATE = "qua-han", _("Quá hạn")
    NOT_STARTED = "chua-lam", _("Chưa làm")
    IN_PROGRESS = "dang-lam", _("Đang làm")
    DONE = "da-xong", _("Đã xong")
    STOPPED = "dung", _("Dừng, không làm nữa")


class DifficultyState(models.TextChoices):
    """Where a difficulty that a unit reported stands (S51)."""

    WAITING = "waiting", _("Chờ lãnh đạo trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Comparison(models.TextChoices):
    """When an actual value meets its target."""

    AT_LEAST = "ge", _("ít nhất")
    MORE_THAN = "gt", _("trên")
    EXACTLY = "eq", _("đúng")
    LESS_THAN = "lt", _("dưới")
    AT_MOST = "le", _("nhiều nhất")
