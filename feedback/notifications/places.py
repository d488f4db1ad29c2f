"""What the mails of feedback may say: the places of each, and what they mean to those who edit the words.

What tells of a case or of a person – its field, its unit, its reason, its outcome – is ``private`` as the words of it
are: no subject says more than the reference.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.ports import Letter, Place, register_letter

SENDERS, OFFICERS, READERS = _("Người gửi phản ánh"), _("Cán bộ"), _("Bạn đọc gửi ý kiến")
SITE = "https://cong.example.vn"

REFERENCE = Place("reference", _("số phản ánh"), _("Số của phản ánh, không phải mã theo dõi."), "PA-2026-000123")
UNIT = Place(
    "unit", _("đơn vị xử lý"), _("Đơn vị xử lý phản ánh."), _("Trường Tiểu học Mẫu"), private=True, optional=True
)
CATEGORY = Place("category", _("lĩnh vực"), _("Lĩnh vực của phản ánh."), _("Tuyển sinh"), private=True)
DUE = Place(
    "due", _("hạn trả lời"), _("Ngày cuối phải trả lời; trống khi chưa tiếp nhận."), "15/06/2026", optional=True
)
RECEIVED = Place("received", _("ngày nhận"), _("Ngày phản ánh được gửi."), "01/06/2026")
FOLLOW = Place("follow", _("trang theo dõi"), _("Trang gõ mã theo dõi."), f"{SITE}/tra-cuu/", link=True, needed=True)
MAY_FOLLOW = Place("follow", _("trang theo dõi"), _("Trang gõ mã theo dõi."), f"{SITE}/tra-cuu/", link=True)
DESK = Place(
    "desk", _("trang phản ánh"), _("Phản ánh ở bàn việc; phải đăng nhập."), f"{SITE}/quan-tri/", link=True, needed=True
)
TRIAGE_TIME = Place("triage_time", _("thời gian tiếp nhận"), _("Số ngày để tiếp nhận."), _("2 ngày làm việc"))
REPLY_TIME = Place("reply_time", _("thời gian bổ sung"), _("Số ngày người gửi có để bổ sung."), _("5 ngày làm việc"))
REOPEN_TIME = Place(
    "reopen_time",
    _("thời gian xin xem lại"),
    _("Số ngày được đề nghị xem xét lại; trống khi đã xem xét lại một lần."),
    _("5 ngày làm việc"),
    optional=True,
)
OUTCOME = Place("outcome", _("kết quả"), _("Kết quả giải quyết."), _("Đã giải quyết"), private=True)
ANSWER = Place(
    "answer",
    _("câu trả lời"),
    _("Toàn văn câu trả lời đã duyệt."),
    _("Nhà trường đã kiểm tra và sửa xong cổng."),
    private=True,
    needed=True,
)
RATING = Place(
    "rating",
    _("các mức hài lòng"),
    _("Mỗi mức một liên kết, mỗi liên kết một dòng; trống khi không hỏi."),
    _("5 – Rất hài lòng: https://cong.example.vn/khao-sat/"),
    private=True,
    optional=True,
)
QUESTION = Place(
    "question",
    _("câu hỏi"),
    _("Điều cơ quan cần người gửi cho biết thêm."),
    _("Sự việc xảy ra ngày nào?"),
    private=True,
    needed=True,
)
REASON = Place("reason", _("lý do"), _("Lý do, như trong danh mục."), _("Không đủ thông tin"), private=True)
GUIDANCE = Place(
    "guidance",
    _("hướng dẫn"),
    _("Lời hướng dẫn của lý do."),
    _("Xin gửi lại kèm tên trường."),
    private=True,
    optional=True,
)
NOTE = Place(
    "note",
    _("lời giải thích"),
    _("Lời cán bộ viết thêm; có thể trống."),
    _("Xin liên hệ nhà trường."),
    private=True,
    optional=True,
)
BODY = Place("body", _("cơ quan nhận"), _("Cơ quan được chuyển phản ánh đến."), _("Công an phường Mẫu"), private=True)
NUMBER = Place("number", _("số văn bản"), _("Số của văn bản chuyển."), _("12/CV-SGDĐT"), private=True)
OFFICER = Place(
    "officer", _("người xử lý"), _("Tên người đang xử lý."), _("Nguyễn Văn Mẫu"), private=True, optional=True
)
COMMENT = Place(
    "comment", _("ý kiến người duyệt"), _("Vì sao câu trả lời được trả lại."), _("Nêu rõ ngày xong."), private=True
)
CODE = Place("code", _("mã theo dõi mới"), _("Mã bí mật của người gửi."), "ABCD-EFGH-JKLM", private=True, needed=True)
CONSULT_DUE = Place("consult_due", _("hạn cho ý kiến"), _("Ngày cuối để cho ý kiến."), "10/06/2026")
CONSULT = Place(
    "consult", _("trang cho ý kiến"), _("Trang trả lời; phải đăng nhập."), f"{SITE}/quan-tri/", link=True, needed=True
)
OLD_DUE = Place("old_due", _("hạn cũ"), _("Hạn trả lời trước khi đổi."), "15/06/2026", needed=True)
NEW_DUE = Place("new_due", _("hạn mới"), _("Hạn trả lời bây giờ."), "17/06/2026", needed=True)
MOVE_REASON = Place(
    "move_reason",
    _("lý do đổi hạn"),
    _("Ngày nào của lịch làm việc thay đổi, hay thời hạn nào được sửa."),
    _("lịch ngày làm việc thay đổi (10/06/2026: Nghỉ bù)"),
    needed=True,
)
EXTENSION_REASON = Place(
    "extension_reason",
    _("lý do gia hạn"),
    _("Vì sao cần thêm thời gian, lời của lãnh đạo."),
    _("Cần kiểm tra thực tế tại hai điểm trường."),
    private=True,
    needed=True,
)
LETTER_NUMBER = Place(
    "letter_number", _("số văn bản trả lời"), _("Số của văn bản đã ký."), "34/UBND-VP", private=True, needed=True
)
LETTER_DATE = Place("letter_date", _("ngày văn bản trả lời"), _("Ngày của văn bản đã ký."), "12/06/2026", private=True)
PAGE = Place("title", _("tên trang"), _("Trang có ý kiến."), _("Lịch tuyển sinh"), private=True)
PAGE_URL = Place(
    "page_url", _("địa chỉ trang"), _("Trang có ý kiến."), f"{SITE}/tin-tuc/#y-kien", link=True, optional=True
)
FORM_URL = Place(
    "form_url",
    _("trang gửi phản ánh"),
    _("Biểu mẫu phản ánh; trống khi ý kiến không phải là phản ánh."),
    f"{SITE}/gui/",
    link=True,
    optional=True,
)

_TASK = (REFERENCE, CATEGORY, UNIT, DUE, DESK)
# What each mail may say beside the office's name and telephone; the ones not named here say what every task says.
PLACES: dict[str, tuple[Place, ...]] = {
    "case_receipt": (REFERENCE, TRIAGE_TIME, RECEIVED, CATEGORY, FOLLOW),
    "case_accepted": (REFERENCE, UNIT, CATEGORY, DUE, RECEIVED, FOLLOW),
    "case_declined": (REFERENCE, REASON, GUIDANCE, NOTE, RECEIVED),
    "case_transferred": (REFERENCE, BODY, NUMBER, RECEIVED),
    "case_question": (REFERENCE, QUESTION, REPLY_TIME, FOLLOW),
    "case_question_reminder": (REFERENCE, QUESTION, REPLY_TIME, FOLLOW),
    "case_lapsed": (REFERENCE, RECEIVED),
    "case_answer": (REFERENCE, OUTCOME, ANSWER, REOPEN_TIME, RATING, UNIT, FOLLOW),
    "case_reopened": (REFERENCE, DUE, FOLLOW),
    "case_reviewed": (REFERENCE, FOLLOW),
    "case_joined": (REFERENCE, RECEIVED, MAY_FOLLOW),
    "case_withdrawn": (REFERENCE, RECEIVED),
    "case_code_again": (REFERENCE, RECEIVED, CODE, FOLLOW),
    "case_extended": (REFERENCE, DUE, EXTENSION_REASON, FOLLOW),
    "case_letter": (REFERENCE, LETTER_NUMBER, LETTER_DATE, FOLLOW),
    "case_due_moved": (REFERENCE, OLD_DUE, NEW_DUE, MOVE_REASON, FOLLOW),
    "task_due_moved": (REFERENCE, OLD_DUE, NEW_DUE, MOVE_REASON, CATEGORY, DESK),
    "task_late_leader": (*_TASK, OFFICER),
    "task_returned": (*_TASK, COMMENT),
    "task_named": (REFERENCE, DESK),
    "task_glass": (REFERENCE, DESK),
    "task_opinion": (REFERENCE, DESK),
    "task_consult": (REFERENCE, CONSULT_DUE, CONSULT),
    "task_consult_due": (REFERENCE, CONSULT_DUE, CONSULT),
    "comment_published": (PAGE, PAGE_URL),
    "comment_refused": (PAGE, REASON, NOTE, FORM_URL),
    "comment_withdrawn": (PAGE, REASON, NOTE, FORM_URL),
}


def register_words(name: str, label: Any, subject: Any, template: str = "") -> None:
    """Hand the words of one mail to the kernel, so that the office may change them."""
    readers = READERS if name.startswith("comment_") else SENDERS if name.startswith("case_") else OFFICERS
    path = f"emails/feedback/{template or name}.txt"
    register_letter(Letter(name, label, readers, path, subject, PLACES.get(name, _TASK)))
