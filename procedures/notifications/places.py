"""What the mails about dossiers may say, and what each place means to those who edit the words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.ports import Letter, Place, register_letter

READERS = _("Người nộp hồ sơ")
SITE = "https://cong.example.vn"

CODE = Place("code", _("mã hồ sơ"), _("Mã ghi trên giấy tiếp nhận."), "H26.12-250703-0001")
PROCEDURE = Place(
    "procedure", _("tên thủ tục"), _("Thủ tục mà hồ sơ xin giải quyết."), _("Chuyển trường trung học"), private=True
)
UNIT = Place("unit", _("đơn vị giải quyết"), _("Đơn vị giải quyết hồ sơ."), _("Phòng Giáo dục Mẫu"), private=True)
RECEIVED = Place("received", _("ngày tiếp nhận"), _("Ngày cơ quan nhận hồ sơ."), "03/07/2026")
DUE = Place(
    "due",
    _("ngày hẹn trả"),
    _("Ngày hẹn trả kết quả; trống khi thủ tục không quy định thời hạn."),
    "10/07/2026",
    optional=True,
)
OLD_DUE = Place("old_due", _("ngày hẹn cũ"), _("Ngày hẹn trước khi lịch đổi."), "08/07/2026", needed=True)
ASKED = Place(
    "asked",
    _("điều cần bổ sung"),
    _("Giấy tờ, khoản phải nộp mà cơ quan yêu cầu."),
    _("Bản sao học bạ."),
    private=True,
    needed=True,
)
REASON = Place("reason", _("lý do"), _("Lý do và căn cứ."), _("Hồ sơ thiếu học bạ."), private=True, needed=True)
PLACE = Place("place", _("nơi nhận kết quả"), _("Tên nơi tiếp nhận và trả kết quả."), _("Bộ phận Một cửa"))
EARLY = Place(
    "early",
    _("báo sớm"),
    _("Một câu khi có kết quả trước ngày hẹn; trống khi không."),
    _("Kết quả có sớm hơn ngày hẹn."),
    optional=True,
)
POSTAL = Place("postal_number", _("mã bưu gửi"), _("Có thể trống."), "EE123456789VN", private=True, optional=True)
FOLLOW = Place("follow", _("trang tra cứu"), _("Trang gõ mã hồ sơ."), f"{SITE}/tra-cuu-ho-so/", link=True, needed=True)

RATING = Place(
    "rating",
    _("các mức hài lòng"),
    _("Mỗi mức một liên kết, mỗi liên kết một dòng; trống khi không hỏi."),
    f"5 – Rất hài lòng: {SITE}/khao-sat/",
    private=True,
    optional=True,
)

PLACES: dict[str, tuple[Place, ...]] = {
    "dossier_received": (CODE, PROCEDURE, UNIT, RECEIVED, DUE, PLACE, FOLLOW),
    "dossier_due_moved": (CODE, OLD_DUE, DUE, FOLLOW),
    "dossier_supplement": (CODE, PROCEDURE, UNIT, ASKED, PLACE, FOLLOW),
    "dossier_payment": (CODE, PROCEDURE, UNIT, ASKED, PLACE, FOLLOW),
    "dossier_ready": (CODE, PROCEDURE, UNIT, DUE, EARLY, PLACE, FOLLOW),
    "dossier_posted": (CODE, PROCEDURE, UNIT, POSTAL, FOLLOW),
    "dossier_returned": (CODE, PROCEDURE, UNIT, RATING, FOLLOW),
    "dossier_refused": (CODE, PROCEDURE, UNIT, RECEIVED, REASON, PLACE),
    "dossier_withdrawn": (CODE, PROCEDURE, UNIT, RECEIVED),
    "dossier_stopped": (CODE, PROCEDURE, UNIT, RECEIVED, REASON, PLACE),
}


def register_words(name: str, label: Any, subject: Any) -> None:
    """Hand the words of one mail to the kernel, so that the office may change them."""
    register_letter(Letter(name, label, READERS, f"emails/procedures/{name}.txt", subject, PLACES[name]))
