"""The one way in which a case changes its state."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from feedback.enums import CaseState
from feedback.models import Case
from feedback.permissions import case_can
from feedback.services.guards import GUARDS, STANDING, Attempt
from feedback.services.notices import notices_queue
from feedback.services.tallies import tally_change
from feedback.transitions import SENDER, SYSTEM, Transition, leaving, transition

SUBJECT = "case"


class TransitionRefusedError(Exception):
    """A step that may not be taken; the message is a Vietnamese sentence for the person who tried."""


class NotAllowedError(TransitionRefusedError):
    """The person does not hold the right; the state itself would allow the step."""


class CaseChangedError(TransitionRefusedError):
    """Somebody else changed the case since this person looked at it."""


@dataclass(frozen=True)
class Step:
    """What a service asks for.

    Args:
        verb: a verb of the table.
        actor: the officer; None for the sender and the system.
        by: ``sender`` or ``system`` when there is no officer.
        expected_version: the version the person saw; None where nobody looked at a screen.
        changes: fields that change with the state.
        reason: why, for steps that need it; stored by the service, never in the ledger.
        data: codes and keys for the ledger.
        target: the state a correction leads to.
        at: the moment; now when absent.

    """

    verb: str
    actor: Any = None
    by: str = ""
    expected_version: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    target: CaseState | None = None
    at: datetime | None = None


@transaction.atomic
def case_move(case: Case, step: Step) -> Case:
    """Take one step of the table: lock, check, change, log, queue mails, all or nothing. Return the fresh row.

    Raises:
        CaseChangedError: the row is not what the person saw.
        NotAllowedError: the person may not take this step.
        TransitionRefusedError: the table or a guard forbids it; the message says why.

    """
    row = transition(step.verb)
    locked = case_locked(case)
    before = copy(locked)
    _check_version(locked, step.expected_version)
    if locked.state not in row.sources:
        message = _("Phản ánh đang ở tình trạng “%(state)s” nên không làm được việc này.")
        raise TransitionRefusedError(message % {"state": locked.get_state_display()})
    _check_permission(row, step, locked)
    if row.needs_reason and not step.reason.strip():
        raise TransitionRefusedError(_("Hãy ghi lý do."))
    for name, value in step.changes.items():
        setattr(locked, name, value)
    target = step.target if row.target is None else row.target
    if target is None:
        raise TransitionRefusedError(_("Hãy chọn tình trạng."))
    _check_guards(row, Attempt(locked, before, step.actor, target, step.at or timezone.now()))
    locked.state = target
    locked.version += 1
    locked.save()
    _record(row, step, locked, before.state)
    tally_change(before=before, after=locked)
    notices_queue(case=locked, kinds=row.mails, turn=str(locked.version))
    case.refresh_from_db()
    return case


def case_locked(case: Case) -> Case:
    """Return the stored row of ``case``, held until the caller's transaction ends."""
    return Case.objects.select_for_update().get(pk=case.pk)


@transaction.atomic
def case_touch(case: Case, *, expected_version: int | None) -> Case:
    """Lock ``case`` and count one change that is no step, such as a saved answer; return the fresh row.

    Raises CaseChangedError as ``case_move`` does.
    """
    locked = case_locked(case)
    _check_version(locked, expected_version)
    locked.version += 1
    locked.save(update_fields=["version"])
    case.refresh_from_db()
    return case


def case_born(case: Case, *, actor: Any = None) -> None:
    """Log a case that has just been stored and queue its receipt (T1); the caller holds the transaction."""
    row = transition("submit")
    step = Step("submit", actor=actor, by="" if actor else SENDER)
    _check_permission(row, step, case)
    _check_guards(row, Attempt(case, case, actor, CaseState.SUBMITTED, case.received_at))
    _record(row, step, case, "")
    tally_change(before=None, after=case)
    notices_queue(case=case, kinds=row.mails, turn=str(case.version))


def steps_open_to(case: Case, actor: Any) -> list[Transition]:
    """Return the steps that ``actor`` may take by a button now, in the order of the table.

    Guards that only ask who somebody is are asked here too, so that no button leads to a sure refusal.
    """
    found = []
    for row in leaving(case.state):
        attempt = Attempt(case, case, actor, row.target or CaseState(case.state), timezone.now())
        stands = all(GUARDS[name](attempt) is None for name in row.guards if name in STANDING)
        if row.by_hand and stands and _permitted(row, actor, "", case):
            found.append(row)
    return found


def _check_version(case: Case, expected: int | None) -> None:
    if expected is not None and case.version != expected:
        message = _("Người khác vừa cập nhật phản ánh này. Hãy xem lại tình trạng mới rồi làm tiếp.")
        raise CaseChangedError(message)


def _check_permission(row: Transition, step: Step, case: Case) -> None:
    if not _permitted(row, step.actor, step.by, case):
        raise NotAllowedError(_("Bạn không có quyền làm việc này với phản ánh này."))


def _permitted(row: Transition, actor: Any, by: str, case: Case) -> bool:
    if actor is None:
        return by in row.who and by in {SENDER, SYSTEM}
    return any(case_can(actor, name, case) for name in row.who if name not in {SENDER, SYSTEM})


def _check_guards(row: Transition, attempt: Attempt) -> None:
    for name in row.guards:
        if sentence := GUARDS[name](attempt):
            raise TransitionRefusedError(str(sentence))


def _record(row: Transition, step: Step, case: Case, before: str) -> None:
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb=f"{SUBJECT}.{row.verb}",
        actor=step.actor,
        actor_kind="officer" if step.actor else step.by,
        unit_id=case.unit_id,
        public=bool(row.told),
        data={"from": str(before), "to": str(case.state), "version": case.version, **step.data},
        at=step.at,
    )
