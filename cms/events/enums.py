"""Closed sets of words of the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import slug


class EventKind(models.TextChoices):
    """What people look for in the calendar."""

    EVENT = "event", _("Sự kiện")
    MEETING = "meeting", _("Họp, hội nghị")
    WORKING_VISIT = "working_visit", _("Làm việc, kiểm tra")
    EXAM = "exam", _("Kỳ thi")
    ADMISSION = "admission", _("Tuyển sinh")
    TRAINING = "training", _("Tập huấn")
    CONTEST = "contest", _("Hội thi, cuộc thi")
    RECEPTION = "reception", _("Tiếp công dân")


# A kind as the address says it: tuyen-sinh.
KIND_SLUGS = {str(kind.value): slug(str(kind.label)) for kind in EventKind}


class EventStanding(models.TextChoices):
    """Whether it takes place as announced."""

    PLANNED = "planned", _("Theo thông báo")
    POSTPONED = "postponed", _("Hoãn, chưa có ngày mới")
    CANCELLED = "cancelled", _("Không tổ chức")


class EventRepeats(models.TextChoices):
    """How often an event takes place again."""

    NEVER = "", _("Không lặp lại")
    DAILY = "daily", _("Hằng ngày")
    WEEKLY = "weekly", _("Hằng tuần")
    MONTHLY = "monthly", _("Hằng tháng")
    YEARLY = "yearly", _("Hằng năm")


class EventPhase(models.TextChoices):
    """Where the hours stand to now; computed, never stored."""

    UPCOMING = "upcoming", _("Sắp tới")
    NOW = "now", _("Đang diễn ra")
    PAST = "past", _("Đã qua")


class DayPart(models.TextChoices):
    """The parts of a day in a work schedule, in their order."""

    ALL_DAY = "a_all_day", _("Cả ngày")
    MORNING = "b_morning", _("Sáng")
    AFTERNOON = "c_afternoon", _("Chiều")
    EVENING = "d_evening", _("Tối")


class Weekday(models.IntegerChoices):
    """The days of a working week; the value is what Python calls them."""

    MONDAY = 0, _("Thứ Hai")
    TUESDAY = 1, _("Thứ Ba")
    WEDNESDAY = 2, _("Thứ Tư")
    THURSDAY = 3, _("Thứ Năm")
    FRIDAY = 4, _("Thứ Sáu")
    SATURDAY = 5, _("Thứ Bảy")
    SUNDAY = 6, _("Chủ Nhật")
