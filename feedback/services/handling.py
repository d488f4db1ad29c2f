"""The work itself: start, ask the sender, go on, and what the sender may do."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from feedback.enums import OPEN_STATES, CaseState
from feedback.models import Case, Message, Note
from feedback.permissions import case_can
from feedback.services.deadlines import due_on, pause_begin, pause_end
from feedback.services.moves import (
    SUBJECT,
    NotAllowedError,
    Step,
    TransitionRefusedError,
    case_locked,
    case_move,
    case_touch,
)
from feedback.services.notices import notices_queue
from feedback.services.publication import public_case_hide
from feedback.transitions import SENDER, SYSTEM

MOST_ADDED = 10  # messages of a sender to one case, answers to questions included


def case_start(*, case: Case, actor: Any, expected_version: int | None = None) -> Case:
    """Begin to work on a case (T7)."""
    return case_move(case, Step("start", actor=actor, expected_version=expected_version))


@transaction.atomic
def case_ask(*, case: Case, actor: Any, question: str, expected_version: int | None = None) -> Case:
    """Ask the sender for more (T8); the clock stands still until the reply. Twice at most."""
    now = timezone.now()
    case_move(case, Step("ask", actor=actor, expected_version=expected_version, at=now))
    Message.objects.create(case=case, from_office=True, body=question.strip(), author=actor, created_at=now)
    pause_begin(case, now)
    return case


@transaction.atomic
def case_reply(*, case: Case, text: str, expected_version: int | None = None) -> Case:
    """Take the sender's reply to a question (T9); the clock runs on, later by the working days waited."""
    now = timezone.now()
    changes = {"due_on": pause_end(case_locked(case), now)}
    case_move(case, Step("reply", by=SENDER, expected_version=expected_version, changes=changes, at=now))
    Message.objects.create(case=case, from_office=False, body=text.strip(), created_at=now)
    return case


@transaction.atomic
def case_add(*, case: Case, text: str) -> Message:
    """Take what the sender adds of their own accord while the case is open; whoever has it in hand is told.

    No step of the table, but the case has changed: an answer that is being written, or approved, was made without it.
    The same words sent twice are one message. Refused for a case that is over, and after ``MOST_ADDED`` messages.
    """
    case_touch(case, expected_version=None)
    if case.state not in OPEN_STATES | {CaseState.QUARANTINED}:
        raise TransitionRefusedError(_("Phản ánh đã xong nên không bổ sung được nữa. Bạn có thể gửi phản ánh mới."))
    own, words = case.messages.filter(from_office=False), text.strip()
    last = own.last()
    if last is not None and last.body == words:
        return last
    if own.count() >= MOST_ADDED:
        raise TransitionRefusedError(_("Bạn đã bổ sung nhiều lần. Hãy chờ cơ quan trả lời, hoặc gọi điện."))
    message = Message.objects.create(case=case, from_office=False, body=words, created_at=timezone.now())
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb="case.added",
        actor_kind=SENDER,
        unit_id=case.unit_id,
        public=True,
        data={},
    )
    if case.officer_id:
        notices_queue(case=case, kinds=("task_added",), turn=f"added{message.pk}")
    return message


@transaction.atomic
def case_resume(*, case: Case, actor: Any, expected_version: int | None = None) -> Case:
    """Go on without the sender's reply (T9), for instance when it came by telephone."""
    now = timezone.now()
    changes = {"due_on": pause_end(case_locked(case), now)}
    return case_move(case, Step("resume", actor=actor, expected_version=expected_version, changes=changes, at=now))


@transaction.atomic
def case_lapse(*, case: Case) -> Case:
    """Close a case whose sender never replied (T10); refused while there is still time."""
    now = timezone.now()
    case_move(case, Step("lapse", by=SYSTEM, changes={"closed_at": now}, at=now))
    pause_end(case_locked(case), now)
    return case


@transaction.atomic
def case_withdraw(*, case: Case, expected_version: int | None = None) -> Case:
    """Take back a case at its sender's wish (T17); whatever of it was public is public no more."""
    now = timezone.now()
    changes = {"closed_at": now, "due_on": pause_end(case_locked(case), now)}
    case_move(case, Step("withdraw", by=SENDER, expected_version=expected_version, changes=changes, at=now))
    public_case_hide(case=case, reason="withdrawn")
    return case


@transaction.atomic
def case_reopen(*, case: Case, reason: str, expected_version: int | None = None) -> Case:
    """Ask for a second look (T14), once and within the window; ``reason`` is kept as the sender's message."""
    now = timezone.now()
    step = Step(
        "reopen", by=SENDER, expected_version=expected_version, changes=_new_clock(case, now), reason=reason, at=now
    )
    case_move(case, step)
    Message.objects.create(case=case, from_office=False, body=reason.strip(), created_at=now)
    return case


@transaction.atomic
def case_review(*, case: Case, actor: Any, reason: str, expected_version: int | None = None) -> Case:
    """Take an answered case up again (T14), as its leader; ``reason`` is kept as a note of the office."""
    now = timezone.now()
    changes = _new_clock(case, now)
    step = Step("review", actor=actor, expected_version=expected_version, changes=changes, reason=reason, at=now)
    case_move(case, step)
    Note.objects.create(case=case, author=actor, body=reason.strip(), created_at=now)
    return case


def case_close(*, case: Case) -> Case:
    """Close an answered case once nobody may ask for a second look any more (T15)."""
    now = timezone.now()
    return case_move(case, Step("close", by=SYSTEM, changes={"closed_at": now}, at=now))


@transaction.atomic
def note_add(*, case: Case, actor: Any, text: str) -> Note:
    """Write a note for the office; NotAllowedError for those who may not read notes."""
    if not case_can(actor, "case_notes", case):
        raise NotAllowedError(_("Bạn không có quyền ghi chú cho phản ánh này."))
    return Note.objects.create(case=case, author=actor, body=text.strip(), created_at=timezone.now())


def _new_clock(case: Case, now: Any) -> dict[str, Any]:
    wanted = case_locked(case)
    wanted.clock_started_at = now
    return {
        "clock_started_at": now,
        "due_on": due_on(wanted),
        "answered_at": None,
        "closed_at": None,
        "outcome": "",
        "reopen_count": wanted.reopen_count + 1,
    }
