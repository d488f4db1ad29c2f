"""Closed sets of words that the whole house uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The nine roles; the label is the name of the Wagtail group that carries it (DESIGN §4)."""

    EDITOR = "editor", _("Biên tập viên")
    PUBLISHER = "publisher", _("Người duyệt đăng")
    INTAKE = "intake", _("Tiếp nhận")
    HANDLER = "handler", _("Xử lý")
    LEADER = "leader", _("Lãnh đạo")
    ONE_STOP = "one_stop", _("Một cửa")
    SURVEYOR = "surveyor", _("Quản lý khảo sát")
    REPORTER = "reporter", _("Xem báo cáo")
    ADMIN = "admin", _("Quản trị")


class Scope(models.TextChoices):
    """How far a capability reaches."""

    ALL = "all", _("mọi đơn vị")
    UNIT = "unit", _("đơn vị mình")
    OWN = "own", _("việc của mình")


class UnitKind(models.TextChoices):
    DEPARTMENT = "department", _("Cơ quan quản lý")
    ROOM = "room", _("Phòng, ban, bộ phận")
    KINDERGARTEN = "kindergarten", _("Trường mầm non")
    PRIMARY = "primary", _("Trường tiểu học")
    LOWER_SECONDARY = "lower_secondary", _("Trường trung học cơ sở")
    UPPER_SECONDARY = "upper_secondary", _("Trường trung học phổ thông")
    MULTI_LEVEL = "multi_level", _("Trường nhiều cấp học")
    CONTINUING = "continuing", _("Giáo dục thường xuyên, nghề nghiệp")
    COMMUNE = "commune", _("Xã, phường, đặc khu")


SCHOOL_KINDS = frozenset(
    {
        UnitKind.KINDERGARTEN,
        UnitKind.PRIMARY,
        UnitKind.LOWER_SECONDARY,
        UnitKind.UPPER_SECONDARY,
        UnitKind.MULTI_LEVEL,
        UnitKind.CONTINUING,
    }
)


class AgencyLevel(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh (Sở)")
    DISTRICT = "district", _("Cấp huyện (Phòng, trước 01/7/2025)")
    COMMUNE = "commune", _("Cấp xã (Phòng Văn hóa - Xã hội)")


class MailState(models.TextChoices):
    """Where a mail of the outbox stands; ``dead`` stays visible until somebody decides."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DEAD = "dead", _("Không gửi được")
    CANCELLED = "cancelled", _("Không cần gửi")


class CalendarDayKind(models.TextChoices):
    """A date that is not what its weekday says."""

    HOLIDAY = "holiday", _("Ngày nghỉ lễ, tết")
    COMPENSATORY_OFF = "compensatory_off", _("Ngày nghỉ bù, nghỉ hoán đổi")
    MAKE_UP_WORKDAY = "make_up_workday", _("Ngày làm bù")


class DayReason(models.TextChoices):
    """Why a date counts towards a deadline, or does not."""

    RECEIVED = "received", _("Ngày tiếp nhận, chưa tính")
    RECEIVED_AFTER_CUT_OFF = "received_after_cut_off", _("Nhận sau giờ chốt, tính từ ngày làm việc tiếp theo")
    RECEIVED_ON_DAY_OFF = "received_on_day_off", _("Nhận vào ngày nghỉ, tính từ ngày làm việc tiếp theo")
    WORKING_DAY = "working_day", _("Ngày làm việc")
    MAKE_UP_WORKDAY = "make_up_workday", _("Ngày làm bù")
    WEEKEND = "weekend", _("Nghỉ cuối tuần")
    HOLIDAY = "holiday", _("Nghỉ lễ, tết")
    COMPENSATORY_OFF = "compensatory_off", _("Nghỉ bù, nghỉ hoán đổi")


class ImportState(models.TextChoices):
    """Where a file on its way in stands."""

    READING = "reading", _("Đang đọc tệp")
    READY = "ready", _("Chờ xác nhận")
    WRITING = "writing", _("Đang ghi")
    DONE = "done", _("Đã xong")
    SUBMITTING = "submitting", _("Đang gửi duyệt")
    SUBMITTED = "submitted", _("Đã gửi duyệt")
    FAILED = "failed", _("Không nhập được")


class CommentsMode(models.TextChoices):
    """Whether readers may say something below a page; what was published stays to be read when it is closed."""

    OFF = "off", _("Không nhận ý kiến")
    OPEN = "open", _("Đang nhận ý kiến")
    CLOSED = "closed", _("Đã thôi nhận, vẫn hiện ý kiến đã đăng")


class ModerationShelf(models.TextChoices):
    """Where a thing stands for its moderator: the three lists of the queue."""

    WAITING = "cho-duyet", _("Chờ duyệt")
    APPROVED = "da-dang", _("Đã đăng")
    REFUSED = "khong-dang", _("Không đăng, đã gỡ")


class ModerationDecision(models.TextChoices):
    """What a moderator may press; the value goes over the wire, the label is the button."""

    APPROVE = "dang", _("Đăng")
    REFUSE = "khong", _("Không đăng")
    RETURN = "cho", _("Đưa về chờ duyệt")
    MARK = "xep", _("Xếp chủ đề")


class FileTextState(models.TextChoices):
    """Whether the words of a public file are known to the search, else why not."""

    WAITING = "waiting", _("Chờ đọc")
    READ = "read", _("Đã đọc được chữ")
    EMPTY = "empty", _("Không có chữ (bản chụp, bản quét)")
    LOCKED = "locked", _("Tệp đặt mật khẩu")
    TOO_BIG = "too_big", _("Tệp quá lớn")
    TOO_HARD = "too_hard", _("Đọc quá lâu hoặc quá tốn bộ nhớ")
    BROKEN = "broken", _("Tệp hỏng")
    OTHER = "other", _("Loại tệp này không đọc được chữ")
