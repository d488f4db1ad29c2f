"""What happened to a dossier, in plain words, from the ledger: one telling for anybody, one for the office."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.core.models import LedgerEvent
from cms.core.text import format_vietnamese_date
from procedures.models import Dossier
from procedures.services.deadlines import MOVED
from procedures.services.moves import SUBJECT
from procedures.transitions import TRANSITIONS

_ROWS = {f"{SUBJECT}.{row.verb}": row for row in TRANSITIONS}
_SYNCED = f"{SUBJECT}.sync"


@dataclass(frozen=True)
class TimelineEntry:
    """One line of the story."""

    title: str
    when: datetime
    text: str = ""
    who: str = ""


def public_timeline(dossier: Dossier) -> list[TimelineEntry]:
    """Return the steps that anybody may see, oldest first: no person, no reason, no paper is named.

    A dossier of the one-stop system has a few known moments instead of events: those that its file told.
    """
    if dossier.is_imported:
        return _known_moments(dossier)
    events = LedgerEvent.objects.about(SUBJECT, dossier.code).public()
    return [TimelineEntry(_told(event), event.at, _detail(event)) for event in events if _told(event)]


def office_timeline(dossier: Dossier) -> list[TimelineEntry]:
    """Return everything that happened, oldest first, with who did it."""
    events = LedgerEvent.objects.about(SUBJECT, dossier.code).select_related("actor")
    return [TimelineEntry(_done(event), event.at, _detail(event), _who(event)) for event in events]


def _known_moments(dossier: Dossier) -> list[TimelineEntry]:
    told = (
        (_("Được tiếp nhận"), dossier.received_at),
        (_("Đã xử lý xong"), dossier.completed_at),
        (dossier.get_state_display(), None if dossier.completed_at else dossier.ended_at),
        (_("Đã trả kết quả"), dossier.returned_at),
    )
    return [TimelineEntry(title, when) for title, when in told if when]


def _told(event: LedgerEvent) -> str:
    row = _ROWS.get(event.verb)
    return str(row.told) if row else _other_words(event.verb)


def _done(event: LedgerEvent) -> str:
    row = _ROWS.get(event.verb)
    return str(row.label) if row else _other_words(event.verb)


def _other_words(verb: str) -> str:
    words = {
        MOVED: _("Ngày hẹn trả thay đổi theo lịch làm việc"),
        "dossier.step_begun": _("Bắt đầu một bước giải quyết"),
        "dossier.step_done": _("Xong một bước giải quyết"),
        "dossier.step_reopened": _("Lấy lại một bước giải quyết"),
        "dossier.corrected": _("Sửa người nộp, giấy tờ ghi nhầm"),
        "dossier.identity_viewed": _("Xem cách liên hệ của người nộp"),
        "dossier.applicant_erased": _("Xóa tên và cách liên hệ của người nộp"),
    }
    return words.get(verb, "")


def _detail(event: LedgerEvent) -> str:
    """Return what the codes of an event say; events hold no words of people."""
    data: dict[str, Any] = event.data
    if due := _day(data.get("due_on")):
        return _("Ngày hẹn trả: %(date)s.") % {"date": due}
    if event.verb == MOVED and (due := _day(data.get("to"))):
        return _("Ngày hẹn mới: %(date)s.") % {"date": due}
    if work := data.get("number"):
        return _("Bước %(number)s.") % {"number": work}
    return ""


def _day(value: Any) -> str:
    try:
        return format_vietnamese_date(date.fromisoformat(str(value)))
    except ValueError:
        return ""


def _who(event: LedgerEvent) -> str:
    return str(event.actor) if event.actor else _("Hệ thống")
