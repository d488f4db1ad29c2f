"""The one way in which a dossier that is kept here changes its state."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from procedures.enums import PAUSED_STATES, RUNNING_STATES, DossierState, PauseKind
from procedures.models import Dossier, DossierMove
from procedures.permissions import dossier_can
from procedures.services.deadlines import clock_resume
from procedures.services.guards import GUARDS, STANDING, Attempt
from procedures.services.notices import notices_queue
from procedures.services.tallies import tally_change
from procedures.transitions import SYSTEM, Transition, leaving, transition

SUBJECT = "dossier"
# What a step may change, and taking it back puts right.
CHANGING = (
    *("state", "filed_at", "received_at", "receiver_id", "time_quantity", "time_unit", "clock_started_at"),
    *("due_on", "due_time", "due_source", "reappointed_on", "completed_at", "ended_at", "returned_at"),
    *("notified_at", "end_reason", "supplement_count", "postal_number", "return_channel", "origin"),
)
_KINDS = {DossierState.NEED_SUPPLEMENT: PauseKind.SUPPLEMENT, DossierState.NEED_PAYMENT: PauseKind.PAYMENT}


class TransitionRefusedError(Exception):
    """A step that may not be taken; the message is a Vietnamese sentence for the person who tried."""


class NotAllowedError(TransitionRefusedError):
    """The person does not hold the right; the state itself would allow the step."""


class DossierChangedError(TransitionRefusedError):
    """Somebody else changed the dossier since this person looked at it."""


@dataclass(frozen=True)
class Step:
    """What a service asks for.

    Args:
        verb: a verb of the table.
        actor: the officer; None for the system.
        expected_version: the version the person saw; None where nobody looked at a screen.
        changes: fields that change with the state.
        reason: words for steps that need them; stored here, never in the ledger.
        data: codes and keys for the ledger.
        at: the moment; now when absent.

    """

    verb: str
    actor: Any = None
    expected_version: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@transaction.atomic
def dossier_move(dossier: Dossier, step: Step) -> Dossier:
    """Take one step of the table: lock, check, change, log, queue mails, all or nothing. Return the fresh row.

    Raises:
        DossierChangedError: the row is not what the person saw.
        NotAllowedError: the person may not take this step.
        TransitionRefusedError: the table or a guard forbids it; the message says why.

    """
    row, at = transition(step.verb), step.at or timezone.now()
    locked = dossier_locked(dossier)
    before = copy(locked)
    _check(row, step, locked)
    for name, value in step.changes.items():
        setattr(locked, name, value)
    target = DossierState(before.state) if row.target is None else row.target
    locked.state = target
    _clock_follows(before, locked, step, at)
    check_guards(row, Attempt(locked, before, step.actor, target, at))
    locked.version += 1
    locked.save()
    DossierMove.objects.create(
        dossier=locked, verb=row.verb, at=at, actor=step.actor, before=changed(before, locked), reason=step.reason
    )
    record(row, step, locked, before.state)
    tally_change(before=before, after=locked)
    notices_queue(dossier=locked, kinds=row.mails, turn=str(locked.version))
    dossier.refresh_from_db()
    return dossier


@transaction.atomic
def dossier_undo(*, dossier: Dossier, actor: Any, reason: str, expected_version: int | None = None) -> Dossier:
    """Take back the last step of ``dossier``: every field as it was before, and the clock with it.

    Raises as ``dossier_move`` does; TransitionRefusedError when nothing is left to take back.
    """
    row, step = transition("undo"), Step("undo", actor, expected_version, reason=reason)
    locked = dossier_locked(dossier)
    before = copy(locked)
    _check(row, step, locked)
    check_guards(row, Attempt(locked, before, actor, DossierState(locked.state), timezone.now()))
    last = locked.moves.filter(undone=False).latest("pk")
    for name, value in last.before.items():
        setattr(locked, name, _field(name).to_python(value))
    _clock_back(before, locked, last.at)
    locked.version += 1
    locked.save()
    last.undone = True
    last.save(update_fields=["undone"])
    record(row, Step("undo", actor, data={"step": last.verb}), locked, before.state)
    tally_change(before=before, after=locked)
    dossier.refresh_from_db()
    return dossier


def dossier_locked(dossier: Dossier) -> Dossier:
    """Return the stored row of ``dossier``, held until the caller's transaction ends."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


@transaction.atomic
def dossier_touch(dossier: Dossier, *, expected_version: int | None) -> Dossier:
    """Lock ``dossier`` and count one change that is no step of the table; return the fresh row.

    Raises DossierChangedError as ``dossier_move`` does.
    """
    locked = dossier_locked(dossier)
    _check_version(locked, expected_version)
    locked.version += 1
    locked.save(update_fields=["version"])
    dossier.refresh_from_db()
    return dossier


def dossier_born(dossier: Dossier, *, actor: Any) -> None:
    """Log a dossier that has just been stored; the caller holds the transaction and asked for the right."""
    record(transition("register"), Step("register", actor, at=dossier.filed_at), dossier, "")


def steps_open_to(dossier: Dossier, actor: Any) -> list[Transition]:
    """Return the steps that ``actor`` may take by a button now, in the order of the table."""
    found, now = [], timezone.now()
    for row in leaving(dossier.state):
        attempt = Attempt(dossier, dossier, actor, row.target or DossierState(dossier.state), now)
        allowed = row.by_hand and _permitted(row, actor, dossier)
        if allowed and all(GUARDS[name](attempt) is None for name in row.guards if name in STANDING):
            found.append(row)
    return found


def changed(before: Dossier, after: Dossier) -> dict[str, Any]:
    """Return the old value of every field that differs, as JSON keeps it."""
    encoder = DjangoJSONEncoder()
    old = {name: getattr(before, name) for name in CHANGING if getattr(before, name) != getattr(after, name)}
    return {name: encoder.default(value) if _is_time(value) else value for name, value in old.items()}


def check_guards(row: Transition, attempt: Attempt) -> None:
    """Raise TransitionRefusedError with the sentence of the first guard that says no."""
    for name in row.guards:
        if sentence := GUARDS[name](attempt):
            raise TransitionRefusedError(str(sentence))


def record(row: Transition, step: Step, dossier: Dossier, before: str) -> None:
    """Write the step into the ledger, in the caller's transaction."""
    event_record(
        subject_type=SUBJECT,
        subject_key=dossier.code,
        verb=f"{SUBJECT}.{row.verb}",
        actor=step.actor,
        actor_kind="officer" if step.actor else SYSTEM,
        unit_id=dossier.unit_id,
        public=bool(row.told),
        data={"from": str(before), "to": str(dossier.state), "version": dossier.version, **step.data},
        at=step.at,
    )


def _field(name: str) -> Any:
    return Dossier._meta.get_field(name)


def _is_time(value: Any) -> bool:
    return hasattr(value, "isoformat")


def _check(row: Transition, step: Step, dossier: Dossier) -> None:
    _check_version(dossier, step.expected_version)
    if dossier.state not in row.sources:
        message = _("Hồ sơ đang ở tình trạng “%(state)s” nên không làm được việc này.")
        raise TransitionRefusedError(message % {"state": dossier.get_state_display()})
    if not _permitted(row, step.actor, dossier):
        raise NotAllowedError(_("Bạn không có quyền làm việc này với hồ sơ này."))
    if row.needs_reason and not step.reason.strip():
        raise TransitionRefusedError(_("Hãy ghi: %(what)s.") % {"what": row.needs_reason})


def _check_version(dossier: Dossier, expected: int | None) -> None:
    if expected is not None and dossier.version != expected:
        message = _("Người khác vừa cập nhật hồ sơ này. Hãy xem lại tình trạng mới rồi làm tiếp.")
        raise DossierChangedError(message)


def _permitted(row: Transition, actor: Any, dossier: Dossier) -> bool:
    if actor is None:
        return SYSTEM in row.who
    return any(dossier_can(actor, name, dossier) for name in row.who if name != SYSTEM)


def _clock_follows(before: Dossier, after: Dossier, step: Step, at: datetime) -> None:
    """Begin a pause with a state that waits for the citizen, end it with the state that does not."""
    if before.state in PAUSED_STATES and after.state not in PAUSED_STATES:
        pause = after.pauses.filter(ended_at=None).first()
        after.pauses.filter(ended_at=None).update(ended_at=at)
        if pause and after.state in RUNNING_STATES and before.received_at is not None:
            clock_resume(after, began_at=pause.began_at, at=at, anew=pause.kind == PauseKind.SUPPLEMENT)
    if after.state in PAUSED_STATES and before.state not in PAUSED_STATES:
        after.pauses.create(kind=_KINDS[DossierState(after.state)], asked=step.reason, began_at=at)


def _clock_back(before: Dossier, after: Dossier, at: datetime) -> None:
    """Take away the pause that an undone step began, or open again the one that it ended."""
    if before.state in PAUSED_STATES and after.state not in PAUSED_STATES:
        after.pauses.filter(ended_at=None).delete()
    if after.state in PAUSED_STATES and before.state not in PAUSED_STATES:
        # The last of them: two may have ended at one and the same moment, and one dossier waits for one thing.
        ended = after.pauses.filter(ended_at=at).order_by("-pk").first()
        if ended:
            ended.ended_at = None
            ended.save(update_fields=["ended_at"])
