"""The closed sets of words of feedback. The value is stored, the label is what officers read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where the work on a case stands. Being late is computed, never a state."""

    QUARANTINED = "quarantined", _("Nghi là thư rác")
    SUBMITTED = "submitted", _("Mới gửi, chờ tiếp nhận")
    NEED_INFO = "need_info", _("Chờ người gửi bổ sung")
    ACCEPTED = "accepted", _("Đã tiếp nhận, chờ giao")
    ASSIGNED = "assigned", _("Đã giao")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    PENDING_APPROVAL = "pending_approval", _("Chờ duyệt câu trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Kết thúc")
    TRANSFERRED = "transferred", _("Đã chuyển cơ quan khác")
    DECLINED = "declined", _("Không tiếp nhận")
    DUPLICATE = "duplicate", _("Gộp vào phản ánh khác")
    WITHDRAWN = "withdrawn", _("Người gửi rút")
    REOPENED = "reopened", _("Xem xét lại")
    ANONYMISED = "anonymised", _("Đã lưu trữ ẩn danh")


NEW_STATES = frozenset({CaseState.SUBMITTED})
# The office holds the case and the clock of the answer runs.
WORKING_STATES = frozenset(
    {
        CaseState.ACCEPTED,
        CaseState.ASSIGNED,
        CaseState.IN_PROGRESS,
        CaseState.PENDING_APPROVAL,
        CaseState.REOPENED,
    }
)
# The next word is the sender's; the clock stands still.
WAITING_STATES = frozenset({CaseState.NEED_INFO})
OPEN_STATES = NEW_STATES | WORKING_STATES | WAITING_STATES
ANSWERED_STATES = frozenset({CaseState.ANSWERED, CaseState.CLOSED})
ENDED_STATES = frozenset(
    {
        CaseState.ANSWERED,
        CaseState.CLOSED,
        CaseState.TRANSFERRED,
        CaseState.DECLINED,
        CaseState.DUPLICATE,
        CaseState.WITHDRAWN,
        CaseState.ANONYMISED,
    }
)
# What a leader may set right by hand: stations of the work, never an answer that nobody approved.
CORRECTABLE_TO = frozenset({CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.ASSIGNED, CaseState.IN_PROGRESS})


class CaseOutcome(models.TextChoices):
    """What came of it; “answered” alone does not say “put right”."""

    ACCEPTED_AND_FIXED = "accepted_and_fixed", _("Tiếp thu, đã khắc phục")
    WILL_FIX = "will_fix", _("Tiếp thu, sẽ khắc phục")
    EXPLAINED = "explained", _("Giải thích, hướng dẫn")
    PARTLY_UPHELD = "partly_upheld", _("Đúng một phần")
    NOT_UPHELD = "not_upheld", _("Không đúng với thực tế")
    NO_AUTHORITY = "no_authority", _("Không thuộc thẩm quyền")


class CaseSource(models.TextChoices):
    WEB = "web", _("Trang web")
    PAPER = "paper", _("Thư, hòm thư góp ý")
    PHONE = "phone", _("Điện thoại")
    COUNTER = "counter", _("Trực tiếp tại quầy")
    EMAIL = "email", _("Thư điện tử")


class SenderKind(models.TextChoices):
    CITIZEN = "citizen", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")


class NameShown(models.TextChoices):
    """How the sender's name may stand beside a published answer."""

    HIDDEN = "hidden", _("Không hiện tên (ghi “Một người dân”)")
    INITIALS = "initials", _("Chỉ hiện chữ cái đầu của họ tên")
    FULL = "full", _("Hiện họ tên đầy đủ")


class ConsentPurpose(models.TextChoices):
    """One box a purpose: agreeing to one is never agreeing to another."""

    HANDLE = "handle", _("cho dùng thông tin của tôi để xử lý và trả lời phản ánh này")
    PUBLISH = "publish", _("cho đăng công khai nội dung phản ánh và câu trả lời, theo cách hiện tên tôi đã chọn")
    CONTACT = "contact", _("nhận tin báo vào hộp thư của tôi khi phản ánh có tiến triển")


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    PROPOSED = "proposed", _("Chờ duyệt")
    RETURNED = "returned", _("Trả lại để sửa")
    SUPERSEDED = "superseded", _("Được người khác sửa thành bản sau")
    APPROVED = "approved", _("Đã duyệt")


UNFINISHED_ANSWERS = (AnswerState.DRAFT, AnswerState.PROPOSED)


class DueStanding(models.TextChoices):
    """How a case stands to its date; computed from the working-day calendar."""

    NONE = "none", _("chưa có hạn")
    AHEAD = "ahead", _("còn hạn")
    SOON = "soon", _("sắp đến hạn")
    LATE = "late", _("quá hạn")
    PAUSED = "paused", _("tạm dừng tính hạn")
    DONE_ON_TIME = "done_on_time", _("xong đúng hạn")
    DONE_LATE = "done_late", _("xong quá hạn")
