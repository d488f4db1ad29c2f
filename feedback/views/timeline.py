"""What somebody with the code is told of a case: the public side of its history, never a name of the office."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.models import LedgerEvent
from cms.core.working_days import DayCell, calendar_weeks
from feedback.enums import OPEN_STATES, CaseState
from feedback.models import Answer, Case, PublicCase
from feedback.models.leaks import leak_errors
from feedback.services.consents import consents_held
from feedback.services.deadlines import DueStrip, due_strip, reopen_until
from feedback.services.letters import letter_of
from feedback.transitions import transition

# While the office asks, the same words are its answer; afterwards they are another case.
_ADDABLE = OPEN_STATES - {CaseState.NEED_INFO} | {CaseState.QUARANTINED}


@dataclass(frozen=True)
class Story:
    """Everything the page of a followed case shows."""

    label: str
    facts: list[tuple[str, Any]]
    events: list[dict[str, Any]]
    strip: DueStrip | None
    weeks: list[list[DayCell]]
    answer: str
    answer_needs_sender: bool
    answered_on: date | None
    public_url: str
    explanation: list[str]
    asks_sender: bool
    may_add: bool
    may_withdraw: bool
    reopen_until: date | None
    may_reopen: bool
    files: list[Any]
    messages: list[Any]
    letter: Any
    extensions: list[str]
    may_take_back: bool


def case_story(case: Case, *, is_sender: bool) -> Story:
    """Gather what the code alone shows and, for the sender, what they wrote themselves."""
    strip = due_strip(case)
    public = PublicCase.objects.public().filter(case=case).first()
    approved = case.answers.approved().newest().first() if case.answered_at or case.reopen_count else None
    answer, needs_sender = _answer(case, approved, public, is_sender=is_sender)
    until = _reopen_until(case)
    return Story(
        label=case.public_label,
        facts=_facts(case),
        events=_events(case),
        strip=strip,
        weeks=calendar_weeks(strip.days, strip.due_on) if strip else [],
        answer=answer,
        answer_needs_sender=needs_sender,
        answered_on=timezone.localdate(approved.decided_at) if approved and approved.decided_at else None,
        public_url=public.get_absolute_url() if public else "",
        explanation=_explanation(case),
        asks_sender=case.state == CaseState.NEED_INFO,
        may_add=is_sender and case.state in _ADDABLE,
        may_withdraw=is_sender and case.state in OPEN_STATES | {CaseState.QUARANTINED},
        reopen_until=until,
        may_reopen=is_sender and until is not None,
        files=list(case.attachments.all()) if is_sender else [],
        messages=list(case.messages.all()) if is_sender else [],
        letter=letter_of(case) if answer else None,
        # The words of the office to one person; the code alone is told that there is another date.
        may_take_back=is_sender and bool(consents_held(case)),
        extensions=[row.reason for row in case.extensions.all()] if is_sender else [],
    )


def _facts(case: Case) -> list[tuple[str, Any]]:
    return [
        (_("Số phản ánh"), case.reference),
        (_("Lĩnh vực"), case.category.name),
        (_("Đơn vị"), case.unit.name if case.unit else ""),
        (_("Kết quả"), case.get_outcome_display() if case.answered_at else ""),
    ]


def _events(case: Case) -> list[dict[str, Any]]:
    """Return the public events of the ledger in plain words; what the table does not tell stays untold."""
    found = []
    for event in LedgerEvent.objects.about("case", case.reference).public():
        title = _told(event.verb)
        if title and not (found and found[-1]["title"] == title):
            found.append({"title": title, "when": event.at, "text": ""})
    return found


def _told(verb: str) -> str:
    name = verb.partition(".")[2]
    if words := _BESIDE.get(name):
        return str(words)
    try:
        return str(transition(name).told)
    except KeyError:
        return ""


# What happens beside the table of steps.
_BESIDE = {
    "deadline_moved": _lazy("Hạn trả lời được tính lại theo lịch làm việc"),
    "extended": _lazy("Hạn trả lời được gia hạn"),
    "added": _lazy("Bạn viết thêm thông tin"),
    "consent_taken_back": _lazy("Bạn rút lại một điều đã đồng ý"),
    "letter_entered": _lazy("Có văn bản trả lời đã ký"),
}


def _reopen_until(case: Case) -> date | None:
    """Return the last day for asking for a second look, while the sender still may."""
    if case.state != CaseState.ANSWERED or case.reopen_count:
        return None
    until = reopen_until(case)
    return until if until and timezone.localdate() <= until else None


def _answer(case: Case, approved: Answer | None, public: PublicCase | None, *, is_sender: bool) -> tuple[str, bool]:
    """Return the answer, and whether it is withheld until the sender is known.

    An answer that names its sender is for the sender alone; the published copy is for everybody. While the case is
    looked at again, the answer of last time stays to be read.
    """
    if approved is None:
        return "", False
    if is_sender:
        return approved.body, False
    if public is not None and public.answer_number == approved.number:
        return public.answer, False
    names_sender = bool(leak_errors(getattr(case, "sender", None), {"answer": approved.body}))
    return ("", True) if names_sender or case.confidential else (approved.body, False)


def _explanation(case: Case) -> list[str]:
    """Say why a case ended without an answer, and where to go."""
    if case.state == CaseState.DECLINED and case.decline_reason:
        return [text for text in (case.decline_reason.text, case.decline_reason.guidance, case.decline_note) if text]
    if case.state == CaseState.TRANSFERRED:
        number = _("Văn bản chuyển số %(number)s.") % {"number": case.transfer_number} if case.transfer_number else ""
        place = _("Nơi nhận: %(place)s.") % {"place": case.transferred_to}
        return [text for text in (place, number) if text]
    return []
