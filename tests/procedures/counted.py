"""Dossiers that were received, resolved or are waiting on chosen days, as rows with their counts."""

from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.services.units import unit_save
from procedures.enums import CLOSED_STATES, RESULT_STATES, DossierChannel, DossierState
from procedures.models import Dossier, ProcedureField
from procedures.services.tallies import tallies_change

TODAY = date(2026, 11, 30)
_numbers = count(1)


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def unit_of(code: str = "mot-cua", name: str = "Trung tâm Mẫu") -> Unit:
    found = Unit.objects.filter(code=code).first()
    return found or unit_save(name=name, code=code, kind=UnitKind.DEPARTMENT)[0]


def field_of(name: str = "Giáo dục trung học") -> ProcedureField:
    return ProcedureField.objects.named(name).first() or ProcedureField.objects.create(name=name)


def row(received: date, *, due: date | None = None, ended: date | None = None, state: str = "", **fields) -> Dossier:
    """Return a dossier that is not stored yet; ``state`` is returned when it ended, in progress while it did not."""
    state = state or (DossierState.RETURNED if ended else DossierState.IN_PROGRESS)
    ended_at = at(ended) if ended else None
    done = ended_at if state in RESULT_STATES else None
    assert (state in RESULT_STATES | CLOSED_STATES) == (ended is not None)
    given = {
        "code": f"000.00.12.H26-{received:%y%m%d}-{next(_numbers):06d}",
        "procedure_name": "Chuyển trường đối với học sinh trung học",
        "channel": DossierChannel.DIRECT,
        **{"state": state, "filed_at": at(received), "received_at": at(received), "clock_started_at": at(received)},
        **{"due_on": due, "due_source": "file" if due else "none"},
        **{"ended_at": ended_at, "completed_at": done},
        **{"returned_at": ended_at if state == DossierState.RETURNED else None},
    }
    return Dossier(**given | {"unit": None, "field": None} | fields)


def many(number: int, received: date, *, days: int = 10, took: int | None = None, **fields) -> list[Dossier]:
    """Return ``number`` dossiers received on days in a row, due after ``days``, resolved after ``took``."""
    starts = [received + timedelta(days=place % 5) for place in range(number)]
    return [
        row(
            day,
            due=day + timedelta(days=days),
            ended=None if took is None else day + timedelta(days=took),
            **fields,
        )
        for day in starts
    ]


def store(*rows: Dossier) -> None:
    """Store dossiers and count them, as an import does."""
    unit, field = unit_of(), field_of()
    for each in rows:
        each.unit = each.unit or unit if each.unit_id else unit
        each.field = each.field if each.field_id else field
    tallies_change((None, each) for each in Dossier.objects.bulk_create(rows))
