"""Writing the roster of the counters. Names and turns are public at once, so every change is an event."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.models import DutyOfficer, DutySwap, DutyTurn

EDIT = "duty_edit"


@transaction.atomic
def duty_officer_save(*, officer: DutyOfficer | None, actor: Any, **facts: Any) -> DutyOfficer:
    """Make or change an officer of the counters; raises PermissionDenied without the right."""
    return _save(officer or DutyOfficer(), "duty_officer", facts, actor)


@transaction.atomic
def duty_turn_save(*, turn: DutyTurn | None, actor: Any, **facts: Any) -> DutyTurn:
    """Make or change a turn; raises PermissionDenied without the right."""
    return _save(turn or DutyTurn(), "duty_turn", facts, actor)


@transaction.atomic
def duty_swap_save(*, swap: DutySwap | None, actor: Any, **facts: Any) -> DutySwap:
    """Give one turn on one day to somebody else, or to nobody; raises PermissionDenied without the right."""
    return _save(swap or DutySwap(), "duty_swap", facts, actor)


@transaction.atomic
def duty_turn_delete(*, turn: DutyTurn, actor: Any) -> None:
    """Take a turn out of the roster; raises PermissionDenied without the right."""
    _allowed(actor)
    key = str(turn.pk)
    turn.delete()
    event_record(subject_type="duty_turn", subject_key=key, verb="duty_turn.deleted", actor=actor, data={})


@transaction.atomic
def duty_swap_delete(*, swap: DutySwap, actor: Any) -> None:
    """Let the day be as every week; raises PermissionDenied without the right."""
    _allowed(actor)
    key = str(swap.pk)
    swap.delete()
    event_record(subject_type="duty_swap", subject_key=key, verb="duty_swap.deleted", actor=actor, data={})


def _save(row: Any, kind: str, facts: dict[str, Any], actor: Any) -> Any:
    _allowed(actor)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    event_record(subject_type=kind, subject_key=str(row.pk), verb=f"{kind}.saved", actor=actor, data={})
    return row


def _allowed(actor: Any) -> None:
    if not can(actor, EDIT):
        raise PermissionDenied
