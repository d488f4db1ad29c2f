"""What happened to a case, in plain words, from the ledger: one telling for the sender, one for the office."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.core.models import LedgerEvent
from cms.core.text import format_vietnamese_date
from feedback.enums import CaseState
from feedback.models import Case
from feedback.transitions import TRANSITIONS

_ROWS = {f"case.{row.verb}": row for row in TRANSITIONS}


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the story; ``state`` is ``done``, or ``next`` for what the sender waits for."""

    title: str
    when: datetime
    text: str = ""
    who: str = ""
    state: str = "done"


def sender_timeline(case: Case) -> list[TimelineEntry]:
    """Return the steps that the sender may see, oldest first; no officer is named."""
    events = LedgerEvent.objects.about("case", case.reference).public()
    return [TimelineEntry(_told(event), event.at, _detail(event)) for event in events if _told(event)]


def office_timeline(case: Case) -> list[TimelineEntry]:
    """Return everything that happened, oldest first, with who did it."""
    events = LedgerEvent.objects.about("case", case.reference).select_related("actor")
    return [TimelineEntry(_done(event), event.at, _detail(event, office=True), _who(event)) for event in events]


def _told(event: LedgerEvent) -> str:
    row = _ROWS.get(event.verb)
    return str(row.told) if row else _other_words(event.verb)


def _done(event: LedgerEvent) -> str:
    row = _ROWS.get(event.verb)
    return str(row.label) if row else _other_words(event.verb)


def _other_words(verb: str) -> str:
    words = {
        "case.deadline_moved": _("Hạn trả lời thay đổi theo lịch làm việc"),
        "case.extended": _("Gia hạn trả lời, có lý do"),
        "case.added": _("Người gửi viết thêm thông tin"),
        "case.consent_taken_back": _("Người gửi rút lại một điều đã đồng ý"),
        "case.letter_entered": _("Ghi văn bản trả lời đã ký"),
        "case.identity_viewed": _("Xem tên và cách liên hệ của người gửi"),
        "case.publication_barred": _("Quyết định không đăng công khai"),
        "case.entered": _("Nhập từ sổ giấy"),
        "case.entry_corrected": _("Sửa phần nhập từ sổ giấy"),
        "case.code_reissued": _("Cấp mã theo dõi mới để in biên nhận"),
        "case.code_changed": _("Mã theo dõi mới được dùng, mã cũ hết hiệu lực"),
        "case.lane_changed": _("Đổi diện xem"),
        "case.access_named": _("Ghi tên người được xem"),
        "case.access_revoked": _("Bỏ tên người được xem"),
        "case.glass_broken": _("Tự mở phản ánh kín, có lý do"),
        "case.consulted": _("Xin ý kiến đơn vị khác"),
        "case.opinion_given": _("Đơn vị được hỏi cho ý kiến"),
        "case.consult_withdrawn": _("Thôi xin ý kiến"),
        "public_case.proposed": _("Soạn bản công khai"),
        "public_case.published": _("Câu hỏi và câu trả lời được đăng công khai"),
        "public_case.unpublished": _("Bản công khai được gỡ"),
        "public_case.masked": _("Che dữ liệu cá nhân trong bản công khai"),
        "public_case.waived": _("Giữ lại một chỗ trong bản công khai, có lý do"),
        "public_case.waiver_undone": _("Bỏ quyết định giữ lại"),
        "public_case.picture_covered": _("Che và chọn một ảnh cho bản công khai"),
        "public_case.picture_left_out": _("Bỏ một ảnh khỏi bản công khai"),
        "public_case.withdrawn": _("Gỡ bản công khai, có lý do"),
    }
    return words.get(verb, "")


def _detail(event: LedgerEvent, *, office: bool = False) -> str:
    """Return what the codes of an event say; events hold no words of people."""
    data: dict[str, Any] = event.data
    if event.verb == "case.accept" and (due := _day(data.get("due_on"))):
        return _("Hạn trả lời: %(date)s.") % {"date": due}
    if event.verb in {"case.deadline_moved", "case.extended"} and (due := _day(data.get("to"))):
        return _("Hạn mới: %(date)s.") % {"date": due}
    if event.verb == "case.correct" and data.get("to") in CaseState.values:
        return _("Tình trạng mới: %(state)s.") % {"state": CaseState(data["to"]).label}
    if event.verb == "case.join" and office:
        return str(data.get("into", ""))
    return ""


def _day(value: Any) -> str:
    try:
        return format_vietnamese_date(date.fromisoformat(str(value)))
    except ValueError:
        return ""


def _who(event: LedgerEvent) -> str:
    if event.actor:
        return str(event.actor)
    return _("Người gửi") if event.actor_kind == "sender" else _("Hệ thống")
