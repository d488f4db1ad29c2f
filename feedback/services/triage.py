"""First steps of the office: receive, decline, pass on, give to somebody, set aside, join, set right."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core.models import Unit
from feedback.enums import OFFICE_SOURCES, CaseMatter, CaseState
from feedback.models import Case, Category, DeclineReason, Note
from feedback.services.deadlines import due_on, pause_end
from feedback.services.moves import Step, case_locked, case_move
from feedback.transitions import SYSTEM


@transaction.atomic
def case_accept(
    *,
    case: Case,
    actor: Any,
    category: Category | None = None,
    unit: Unit | None = None,
    matter: str = "",
    complicated: bool = False,
    confidential: bool = False,
    expected_version: int | None = None,
) -> Case:
    """Receive a case (T3): settle category, matter, unit and secrecy, and start the clock. Only now there is a date.

    For paper it counts from the day in the book.

    Raises TransitionRefusedError with a sentence when the step is not allowed.
    """
    now = timezone.now()
    wanted = case_locked(case)
    wanted.category = category or wanted.category
    wanted.unit = unit or wanted.unit or wanted.category.unit
    # What came on paper lay with the office from the day in its book; a web form waits to be received.
    started = wanted.received_at if wanted.source in OFFICE_SOURCES else now
    wanted.complex, wanted.clock_started_at = complicated, started
    changes = {
        "category": wanted.category,
        "matter": CaseMatter(matter or wanted.matter),
        "unit": wanted.unit,
        "complex": complicated,
        # What protects a child is not taken away by a box that somebody left open.
        "confidential": confidential or wanted.child_protection,
        "accepted_at": now,
        "clock_started_at": started,
        "due_on": due_on(wanted),
    }
    data = {"due_on": str(changes["due_on"]), "category": wanted.category.code, "matter": str(changes["matter"])}
    step = Step("accept", actor=actor, expected_version=expected_version, changes=changes, data=data, at=now)
    return case_move(case, step)


def case_decline(
    *, case: Case, actor: Any, reason: DeclineReason, note: str = "", expected_version: int | None = None
) -> Case:
    """Decline a case with a reason of the catalogue (T4); ``note`` goes to the sender beside its guidance."""
    now = timezone.now()
    changes = {"decline_reason": reason, "decline_note": note.strip(), "closed_at": now}
    data = {"reason": reason.code}
    step = Step("decline", actor=actor, expected_version=expected_version, changes=changes, data=data, at=now)
    return case_move(case, step)


def case_transfer(*, case: Case, actor: Any, body_name: str, number: str, expected_version: int | None = None) -> Case:
    """Pass a case on to the body that is competent (T5; Decree 20/2008/NĐ-CP art. 9: within 5 working days)."""
    now = timezone.now()
    changes = {"transferred_to": body_name.strip(), "transfer_number": number.strip(), "closed_at": now}
    step = Step("transfer", actor=actor, expected_version=expected_version, changes=changes, at=now)
    return case_move(case, step)


def case_assign(
    *, case: Case, actor: Any, officer: Any, unit: Unit | None = None, expected_version: int | None = None
) -> Case:
    """Give a case to an officer (T6), to another unit if ``unit`` says so; again as long as nobody has answered."""
    changes = {"officer": officer, "unit": unit or case.unit}
    data = {"officer": officer.pk if officer else None}
    return case_move(case, Step("assign", actor=actor, expected_version=expected_version, changes=changes, data=data))


def case_quarantine(*, case: Case, actor: Any = None, expected_version: int | None = None) -> Case:
    """Set a case aside as likely spam (T2); the sender is not told. Without ``actor`` the rules did it."""
    step = Step("quarantine", actor=actor, by="" if actor else SYSTEM, expected_version=expected_version)
    return case_move(case, step)


def case_release(*, case: Case, actor: Any, expected_version: int | None = None) -> Case:
    """Put a case that was set aside back into the queue (T2)."""
    return case_move(case, Step("release", actor=actor, expected_version=expected_version))


@transaction.atomic
def case_join(*, case: Case, actor: Any, target: Case, expected_version: int | None = None) -> Case:
    """Join a case to another of the same content (T16); the other is judged as it stands now."""
    now = timezone.now()
    locked = case_locked(case)
    target.refresh_from_db()
    changes = {"duplicate_of": target, "closed_at": now, "due_on": pause_end(locked, now)}
    step = Step(
        "join",
        actor=actor,
        expected_version=expected_version,
        changes=changes,
        data={"into": target.reference},
        at=now,
    )
    return case_move(case, step)


@transaction.atomic
def case_correct(*, case: Case, actor: Any, target: str, reason: str, expected_version: int | None = None) -> Case:
    """Set a wrong state right (T19); the reason stays with the case as a note of the office."""
    now, state = timezone.now(), CaseState(target)
    locked = case_locked(case)
    changes: dict[str, Any] = {"closed_at": None, "answered_at": None, "outcome": "", "due_on": pause_end(locked, now)}
    if state == CaseState.SUBMITTED:
        changes |= {"accepted_at": None, "clock_started_at": None, "due_on": None, "officer": None}
    step = Step(
        "correct",
        actor=actor,
        expected_version=expected_version,
        changes=changes,
        reason=reason,
        target=state,
        at=now,
    )
    case_move(case, step)
    Note.objects.create(case=case, author=actor, body=reason.strip(), created_at=now)
    return case
