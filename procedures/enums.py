"""Closed sets of the national record of an administrative procedure, with the codes that stand in addresses."""

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# As the national portal writes them: 1.004494, also with the suffix of a province (1.014194.H38). Text, never a number.
PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.[A-Z]?\d{2,3})?", re.ASCII)

MOST_FEE = 10**9  # đồng; more is a slip of the hand


class Level(models.TextChoices):
    """Where a procedure is carried out; the district stays for records older than 01/07/2025."""

    MINISTRY = "cap-bo", _("Cấp bộ")
    PROVINCE = "cap-tinh", _("Cấp tỉnh")
    DISTRICT = "cap-huyen", _("Cấp huyện (trước 01/07/2025)")
    COMMUNE = "cap-xa", _("Cấp xã")
    OTHER = "co-quan-khac", _("Cơ quan khác")


class ProcedureKind(models.TextChoices):
    DETAILED = "luat-giao", _("TTHC được giao luật quy định chi tiết")
    NOT_DELEGATED = "khong-giao", _("TTHC không được luật giao cho địa phương quy định")
    OTHER = "khac", _("Loại khác")


class Audience(models.TextChoices):
    """Who may ask for it: the classes of the national record, in its order."""

    CITIZEN = "cong-dan", _("Công dân Việt Nam")
    ENTERPRISE = "doanh-nghiep", _("Doanh nghiệp")
    FOREIGNER = "nguoi-nuoc-ngoai", _("Người nước ngoài")
    FOREIGN_BODY = "to-chuc-nuoc-ngoai", _("Tổ chức nước ngoài")
    ORGANISATION = "to-chuc", _("Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)")
    COOPERATIVE = "hop-tac-xa", _("Hợp tác xã")
    OVERSEAS = "kieu-bao", _("Người Việt Nam định cư ở nước ngoài")
    OFFICIAL = "can-bo", _("Cán bộ, công chức, viên chức")
    VIETNAMESE_ENTERPRISE = "doanh-nghiep-viet-nam", _("Doanh nghiệp Việt Nam")
    FOREIGN_INVESTED = "doanh-nghiep-von-nuoc-ngoai", _("Doanh nghiệp có vốn đầu tư nước ngoài")


# The numbers under which the national record names the classes; it writes Đ and D as it likes.
NATIONAL_AUDIENCES = {
    Audience.CITIZEN: "ĐT1",
    Audience.ENTERPRISE: "ĐT2",
    Audience.FOREIGNER: "ĐT4",
    Audience.FOREIGN_BODY: "ĐT7",
    Audience.VIETNAMESE_ENTERPRISE: "ĐT8",
    Audience.ORGANISATION: "ĐT9",
    Audience.FOREIGN_INVESTED: "ĐT10",
    Audience.COOPERATIVE: "DT11",
    Audience.OVERSEAS: "DT12",
    Audience.OFFICIAL: "DT13",
}


class Channel(models.TextChoices):
    ANY = "any", _("Mọi cách nộp")
    DIRECT = "direct", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Dịch vụ bưu chính")


class TimeUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("ngày làm việc")
    DAY = "day", _("ngày")
    HOUR = "hour", _("giờ")
    MONTH = "month", _("tháng")
    SESSION = "session", _("trả ngay trong buổi")
    NONE = "none", _("không quy định")

    @property
    def is_counted(self) -> bool:
        """Whether a number stands before it."""
        return self not in {self.SESSION, self.NONE}


class FeeKind(models.TextChoices):
    FREE = "free", _("Không thu")
    AMOUNT = "amount", _("Một số tiền")
    TEXT = "text", _("Theo quy định, ghi bằng chữ")


class OnlineLevel(models.TextChoices):
    """How much of it can be done online; the two words of today, and the level of older papers."""

    FULL = "toan-trinh", _("Toàn trình")
    PART = "mot-phan", _("Một phần")
    LEVEL_4 = "muc-do-4", _("Mức độ 4 (cách gọi cũ)")
    NONE = "khong", _("Chưa nộp trực tuyến được")


class ProcedureState(models.TextChoices):
    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Được sửa đổi, bổ sung")
    ABOLISHED = "abolished", _("Bị bãi bỏ")


class Standing(models.TextChoices):
    """How it stands on a given day: what an editor has marked, and what the days of effect add."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Được sửa đổi, bổ sung")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    EXPIRED = "expired", _("Hết hiệu lực")
    ABOLISHED = "abolished", _("Bị bãi bỏ")


class Grade(models.TextChoices):
    """How sure the source of a record is; only the first may be published as it comes."""

    A = "A", _("A – đã đối chiếu với Cổng Dịch vụ công quốc gia")
    B = "B", _("B – có mã và tên, nội dung khác chưa kiểm")
    C = "C", _("C – mới đối chiếu mã hoặc tên")
    D = "D", _("D – chưa kiểm chứng")


class ReviewProposal(models.TextChoices):
    """What an office proposes when it has reviewed a procedure (S22, S23)."""

    CUT_PAPER = "cut_paper", _("Bỏ bớt giấy tờ")
    CUT_FORM = "cut_form", _("Bỏ, gộp mẫu đơn, tờ khai")
    CUT_STEP = "cut_step", _("Bỏ bớt bước")
    CUT_DAYS = "cut_days", _("Rút ngắn thời hạn")
    CUT_FEE = "cut_fee", _("Giảm phí, lệ phí")
    ONLINE = "online", _("Làm trực tuyến")
    AMEND = "amend", _("Sửa đổi, bổ sung")
    ABOLISH = "abolish", _("Bãi bỏ thủ tục")
    KEEP = "keep", _("Giữ nguyên")

    @property
    def names_something(self) -> bool:
        """Whether it must say which paper, form or step."""
        return self in {self.CUT_PAPER, self.CUT_FORM, self.CUT_STEP}

    @property
    def is_counted(self) -> bool:
        """Whether it goes from one number to a smaller one."""
        return self in {self.CUT_DAYS, self.CUT_FEE}

    @property
    def unit(self) -> Any:
        return _("đồng") if self is self.CUT_FEE else _("ngày")


class ReviewState(models.TextChoices):
    PLANNED = "planned", _("Trong kế hoạch")
    FOUND = "found", _("Đã rà soát")
    SENT = "sent", _("Đã gửi kiến nghị")
    ACCEPTED = "accepted", _("Được chấp thuận")
    DONE = "done", _("Đã thực hiện")
    REFUSED = "refused", _("Không được chấp thuận")

    @classmethod
    def decided(cls) -> set["ReviewState"]:
        """States in which somebody above has answered."""
        return {cls.ACCEPTED, cls.DONE, cls.REFUSED}

    @classmethod
    def sent(cls) -> set["ReviewState"]:
        """States that a proposal reaches only by having been sent."""
        return {cls.SENT, *cls.decided()}


# --- dossiers -----------------------------------------------------------------------------------

# Fixed by contract; on receipts that people hold in their hands.
LOOKUP_PATH = "/tra-cuu-ho-so/"


class DossierChannel(models.TextChoices):
    """How a dossier came, or how its result goes back: one of the three ways of the law, never “any”."""

    DIRECT = "direct", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính")


class DossierState(models.TextChoices):
    """Where a dossier stands; the words that one-stop systems show. Being late is computed, never a state."""

    REGISTERED = "registered", _("Mới đăng ký")
    RECEIVED = "received", _("Được tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    NEED_SUPPLEMENT = "need_supplement", _("Yêu cầu bổ sung giấy tờ")
    NEED_PAYMENT = "need_payment", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    REFUSED = "refused", _("Không được tiếp nhận, trả lại")
    COMPLETED = "completed", _("Đã xử lý xong")
    WITH_POST = "with_post", _("Đã giao bưu chính để trả")
    RETURNED = "returned", _("Đã trả kết quả")
    WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")


# The office holds the dossier and its clock runs.
RUNNING_STATES = frozenset({DossierState.RECEIVED, DossierState.IN_PROGRESS})
# The next word is the citizen's; the clock stands still.
PAUSED_STATES = frozenset({DossierState.NEED_SUPPLEMENT, DossierState.NEED_PAYMENT})
OPEN_DOSSIERS = frozenset({DossierState.REGISTERED}) | RUNNING_STATES | PAUSED_STATES
# There is a result; what is left is to hand it over.
RESULT_STATES = frozenset({DossierState.COMPLETED, DossierState.WITH_POST, DossierState.RETURNED})
# It ended without a result.
CLOSED_STATES = frozenset({DossierState.REFUSED, DossierState.WITHDRAWN, DossierState.STOPPED})


class DueSource(models.TextChoices):
    """Who says by when: the rule and the calendar, the clerk's own date, a file, or nobody."""

    COMPUTED = "computed", _("tính từ thời hạn của thủ tục")
    KEYED = "keyed", _("ngày hẹn cán bộ ghi")
    FILE = "file", _("ngày hẹn trong tệp của phần mềm một cửa")
    NONE = "none", _("thủ tục không quy định thời hạn")


class DossierOrigin(models.TextChoices):
    """Who keeps the truth of a dossier: this desk, or the one-stop system whose files are imported."""

    KEYED = "keyed", _("Nhập tại quầy")
    IMPORTED = "imported", _("Từ phần mềm một cửa điện tử")


class PauseKind(models.TextChoices):
    SUPPLEMENT = "supplement", _("bổ sung giấy tờ")
    PAYMENT = "payment", _("nộp phí, lệ phí")


class DossierDue(models.TextChoices):
    """How a dossier stands to its date; computed."""

    NONE = "none", _("không có hạn")
    AHEAD = "ahead", _("còn hạn")
    SOON = "soon", _("sắp đến hạn")
    TODAY = "today", _("hẹn trả hôm nay")
    LATE = "late", _("quá hạn")
    PAUSED = "paused", _("tạm dừng tính hạn")
    DONE_EARLY = "done_early", _("xong trước hạn")
    DONE_ON_TIME = "done_on_time", _("xong đúng hạn")
    DONE_LATE = "done_late", _("xong quá hạn")


# --- apologies ----------------------------------------------------------------------------------


class ApologyKind(models.TextChoices):
    """For what the office apologises: both that S37 names, and lateness after a new appointment."""

    LATE = "late", _("Quá hạn, hẹn lại ngày trả")
    LATE_AGAIN = "late_again", _("Quá hạn lần nữa, sau khi đã hẹn lại")
    MISTAKE = "mistake", _("Sai sót")


class ApologyReason(models.TextChoices):
    """Why; the first five as reports group what made dossiers late."""

    POLICY = "policy", _("Quy định, chính sách thay đổi")
    PARTNER = "partner", _("Chờ cơ quan phối hợp")
    SYSTEM = "system", _("Phần mềm, đường truyền, máy móc")
    OBJECTIVE = "objective", _("Khách quan: thiên tai, thiếu phôi văn bằng…")
    OFFICE = "office", _("Người, bộ phận giải quyết chậm")
    LOST_PAPERS = "lost_papers", _("Làm mất, hỏng giấy tờ")
    WRONG_RESULT = "wrong_result", _("Kết quả ghi sai")
    EXTRA_PAPERS = "extra_papers", _("Đòi thêm giấy tờ, thêm bước ngoài quy định")
    OTHER = "other", _("Lý do khác")


MISTAKES = frozenset({ApologyReason.LOST_PAPERS, ApologyReason.WRONG_RESULT, ApologyReason.EXTRA_PAPERS})


class ApologyState(models.TextChoices):
    """Where the letter stands. Only what has gone out is public; what was taken back then says so."""

    DRAFT = "draft", _("Đang soạn")
    PENDING = "pending", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt, chờ gửi")
    DELIVERED = "delivered", _("Đã gửi, đã công khai")
    WITHDRAWN = "withdrawn", _("Đã rút")
    DISCARDED = "discarded", _("Đã bỏ bản soạn")


# Work on the letter goes on: a second one for the same dossier would cross it.
UNSENT_APOLOGIES = frozenset({ApologyState.DRAFT, ApologyState.PENDING, ApologyState.APPROVED})
PUBLIC_APOLOGIES = frozenset({ApologyState.DELIVERED, ApologyState.WITHDRAWN})


class Delivery(models.TextChoices):
    MAIL = "mail", _("Gửi thư điện tử")
    HAND = "hand", _("Trao tận tay")
    POST = "post", _("Gửi bưu chính")


class TallyScope(models.TextChoices):
    """Of what part of the whole a count of dossiers is."""

    ALL = "all", _("Toàn cơ quan")
    UNIT = "unit", _("Đơn vị")
    FIELD = "field", _("Lĩnh vực")
    CHANNEL = "channel", _("Cách nộp")


class TallyMeasure(models.TextChoices):
    """What is counted of dossiers; the day it belongs to stands beside it."""

    ONLINE = "online", _("Tiếp nhận trực tuyến")
    DIRECT = "direct", _("Tiếp nhận trực tiếp")
    POST = "post", _("Tiếp nhận qua bưu chính")
    EARLY = "early", _("Giải quyết trước hạn")
    ON_TIME = "on_time", _("Giải quyết đúng hạn")
    LATE = "late", _("Giải quyết quá hạn")
    WITHDRAWN = "withdrawn", _("Rút, trả lại")
    OVERRUN = "overrun", _("Hết ngày hẹn mà chưa có kết quả")


class ReportOrigin(models.TextChoices):
    """Whether the portal counted the figures of a report, or somebody keyed them from it."""

    COUNTED = "counted", _("Chốt từ hồ sơ trên cổng")
    KEYED = "keyed", _("Nhập từ báo cáo")


# --- who is at the counter ----------------------------------------------------------------------


class DayPart(models.TextChoices):
    ALL_DAY = "day", _("Cả ngày")
    MORNING = "morning", _("Buổi sáng")
    AFTERNOON = "afternoon", _("Buổi chiều")


class Weekday(models.IntegerChoices):
    """As Python counts them; a week of work here begins on a Monday."""

    MONDAY = 0, _("Thứ Hai")
    TUESDAY = 1, _("Thứ Ba")
    WEDNESDAY = 2, _("Thứ Tư")
    THURSDAY = 3, _("Thứ Năm")
    FRIDAY = 4, _("Thứ Sáu")
    SATURDAY = 5, _("Thứ Bảy")
