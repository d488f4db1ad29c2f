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


class CaseClass(models.TextChoices):
    """The three things an office is asked to hear about its procedures: the rule, the handling, the manner."""

    REGULATION = "regulation", _("Quy định")
    PROCESS = "process", _("Quá trình giải quyết")
    ATTITUDE = "attitude", _("Thái độ phục vụ")


class CaseMatter(models.TextChoices):
    """What exactly is the matter, in the sender's words. Class and clause follow from it (``MATTERS``)."""

    OTHER = "other", _("Việc khác ở trường hoặc đơn vị")
    DELAY = "delay", _("Làm chậm, gây phiền hà hoặc làm không đúng quy định")
    EXTRA_PAPERS = "extra_papers", _("Đòi thêm giấy tờ ngoài quy định")
    EXTRA_STEPS = "extra_steps", _("Tự đặt thêm bước, thêm nơi phải đến")
    ATTITUDE = "attitude", _("Lời nói, cách ứng xử của người phục vụ")
    IMPRACTICAL = "impractical", _("Quy định không hợp với thực tế, khó làm theo")
    INCONSISTENT = "inconsistent", _("Các quy định mâu thuẫn nhau")
    UNLAWFUL = "unlawful", _("Quy định trái với pháp luật")
    TREATY = "treaty", _("Quy định trái với điều ước quốc tế")
    REMEDY = "remedy", _("Đề xuất cách sửa một quy định")
    INITIATIVE = "initiative", _("Sáng kiến về một quy định mới")


# Of each matter its class, and its clause in Nghị định 20/2008/NĐ-CP, Điều 5.
MATTERS: dict[CaseMatter, tuple[CaseClass, int]] = {
    CaseMatter.OTHER: (CaseClass.PROCESS, 6),
    CaseMatter.DELAY: (CaseClass.PROCESS, 1),
    CaseMatter.EXTRA_PAPERS: (CaseClass.PROCESS, 1),
    CaseMatter.EXTRA_STEPS: (CaseClass.PROCESS, 1),
    CaseMatter.ATTITUDE: (CaseClass.ATTITUDE, 1),
    CaseMatter.IMPRACTICAL: (CaseClass.REGULATION, 2),
    CaseMatter.INCONSISTENT: (CaseClass.REGULATION, 3),
    CaseMatter.UNLAWFUL: (CaseClass.REGULATION, 4),
    CaseMatter.TREATY: (CaseClass.REGULATION, 5),
    CaseMatter.REMEDY: (CaseClass.REGULATION, 7),
    CaseMatter.INITIATIVE: (CaseClass.REGULATION, 8),
}
# Somebody's conduct: the answer has to record what the office did about it.
CONDUCT_MATTERS = frozenset({CaseMatter.EXTRA_PAPERS, CaseMatter.EXTRA_STEPS, CaseMatter.ATTITUDE})


class ConductMeasure(models.TextChoices):
    """What the office did about the conduct that a case is about; for figures, never a person's name."""

    NO_FAULT = "no_fault", _("Kiểm tra, không có sai phạm")
    CORRECTED = "corrected", _("Đã bỏ giấy tờ, khâu đặt thêm; chấn chỉnh ngay")
    APOLOGY = "apology", _("Đã xin lỗi người dân")
    REPRIMAND = "reprimand", _("Đã phê bình, nhắc nhở")
    DISCIPLINE = "discipline", _("Đã xem xét hoặc xử lý kỷ luật")
    PASSED_ON = "passed_on", _("Đã chuyển cơ quan có thẩm quyền xử lý")


class QuestionKind(models.TextChoices):
    """How an extra question is answered; the words of Open311 GeoReport v2."""

    STRING = "string", _("một dòng chữ")
    TEXT = "text", _("nhiều dòng chữ")
    NUMBER = "number", _("số")
    DATE = "datetime", _("ngày")
    ONE_OF = "singlevaluelist", _("chọn một")
    SOME_OF = "multivaluelist", _("chọn nhiều")


class CaseSource(models.TextChoices):
    WEB = "web", _("Trang web")
    BOX = "box", _("Hòm thư góp ý")
    BOOK = "book", _("Sổ góp ý")
    PAPER = "paper", _("Thư, văn bản")
    PHONE = "phone", _("Điện thoại")
    COUNTER = "counter", _("Trực tiếp tại quầy")
    EMAIL = "email", _("Thư điện tử")
    API = "api", _("Phần mềm khác")


# What an officer keys in: it reached the office on the day that the book says, not on the day of the keying.
OFFICE_SOURCES = frozenset(CaseSource) - {CaseSource.WEB, CaseSource.API}


class Lane(models.TextChoices):
    """How many may see a case; the closer, the fewer."""

    OPEN = "open", _("Thường: người của đơn vị xem được")
    CONFIDENTIAL = "confidential", _("Kín: lãnh đạo đơn vị, người được giao và người có tên")
    CHILD = "child", _("Bảo vệ trẻ em: chỉ người được giao và người có tên")


class AccessKind(models.TextChoices):
    """Why somebody may see a case that is closed to the others of the unit."""

    NAMED = "named", _("có tên")
    GLASS = "glass", _("tự mở, có lý do")


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


class TallyScope(models.TextChoices):
    """What one count of the figures is about."""

    ALL = "all", _("Toàn cơ quan")
    UNIT = "unit", _("Đơn vị")
    CATEGORY = "category", _("Lĩnh vực")


class TallyMeasure(models.TextChoices):
    """What is counted, and by which day."""

    RECEIVED = "received", _("Gửi đến, theo ngày gửi")
    REOPENED = "reopened", _("Phải xem xét lại, theo ngày gửi")
    ANSWERED = "answered", _("Đã trả lời, theo ngày trả lời")
    ON_TIME = "on_time", _("Trả lời đúng hạn, theo ngày trả lời")
    TOOK = "took", _("Trả lời sau bấy nhiêu ngày, theo ngày trả lời")
    RUNNING = "running", _("Đang xử lý, theo hạn trả lời")


class CommentState(models.TextChoices):
    """Where a reader's comment stands; only what is published is ever shown."""

    WAITING = "waiting", _("Chờ duyệt")
    PUBLISHED = "published", _("Đã đăng")
    REFUSED = "refused", _("Không đăng")
    WITHDRAWN = "withdrawn", _("Đã gỡ")
    RETRACTED = "retracted", _("Người viết rút")


class CommentRefusal(models.TextChoices):
    """Why a comment is not shown; told to whoever wrote it, when they left an address."""

    PRIVATE = "rieng-tu", _("Có thông tin riêng tư của người viết hoặc người khác")
    OFF_TOPIC = "lac-de", _("Không liên quan đến nội dung trang")
    CASE = "phan-anh", _("Là việc cần giải quyết: xin gửi ở mục Phản ánh, kiến nghị")
    RUDE = "loi-le", _("Lời lẽ xúc phạm hoặc trái quy định của pháp luật")
    ADVERT = "quang-cao", _("Quảng cáo, thư rác")
    REPEATED = "trung", _("Đã có ý kiến giống như vậy")
    OTHER = "khac", _("Lý do khác")


class FindingKind(models.TextChoices):
    """What the finder of personal data says of a place; the keys are those of ``cms.core.personal_data``."""

    NAME = "name", _("tên người")
    PHONE = "phone", _("số điện thoại")
    EMAIL = "email", _("thư điện tử")
    ID_NUMBER = "id_number", _("số giấy tờ")
    ADDRESS = "address", _("địa chỉ")
    CLASS = "class", _("lớp")
    SCHOOL_PERSON = "school_person", _("người của trường")
    BANK = "bank", _("số tài khoản")
    PLATE = "plate", _("biển số xe")
    DOB = "dob", _("ngày sinh")
