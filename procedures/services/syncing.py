"""Rows of the one-stop system's file become dossiers, or change those they became before (S79)."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from procedures.enums import CLOSED_STATES, RESULT_STATES, DossierOrigin, DossierState, DueSource, TimeUnit
from procedures.models import Dossier, DossierApplicant, ProcedurePage
from procedures.services.deadlines import Clock, clock_now, due_after
from procedures.services.intake import search_words, ways_for
from procedures.services.moves import Step, record
from procedures.services.tallies import tallies_change
from procedures.transitions import transition

_BATCH = 2_000


@dataclass(frozen=True)
class SyncRow:
    """One dossier as a file gives it, checked. ``done_at`` is the day of the result, or of the end without one."""

    code: str
    procedure_code: str
    procedure_name: str
    name: str
    phone: str
    channel: str
    state: str
    unit_id: int
    received_at: datetime
    due_on: date | None = None
    due_time: time | None = None
    done_at: datetime | None = None


def sync_facts(row: SyncRow) -> dict[str, Any]:
    """Return the columns of a dossier that ``row`` decides; a date that the file leaves out decides nothing."""
    has_result, is_closed = row.state in RESULT_STATES, row.state in CLOSED_STATES
    facts = {
        "procedure_code": row.procedure_code,
        "procedure_name": row.procedure_name,
        "channel": row.channel,
        "state": row.state,
        "unit_id": row.unit_id,
        "filed_at": row.received_at,
        "received_at": None if row.state == DossierState.REGISTERED else row.received_at,
        "completed_at": row.done_at if has_result else None,
        "ended_at": row.done_at if has_result or is_closed else None,
        "returned_at": row.done_at if row.state == DossierState.RETURNED else None,
    }
    if row.due_on and facts["received_at"]:
        facts |= {"due_on": row.due_on, "due_time": row.due_time, "due_source": str(DueSource.FILE)}
    return facts


def sync_differs(dossier: Dossier, row: SyncRow) -> bool:
    """Say whether ``row`` tells anything else than what is stored. A person who was erased stays erased."""
    if any(getattr(dossier, name) != value for name, value in sync_facts(row).items()):
        return True
    applicant = getattr(dossier, "applicant", None)
    said = {"name": row.name, "phone": row.phone}
    return applicant is not None and any(value and getattr(applicant, name) != value for name, value in said.items())


@transaction.atomic
def dossiers_sync(*, rows: Sequence[SyncRow], actor: Any) -> list[str]:
    """Write ``rows``, all or none, and return the codes of what is new or changed.

    A dossier that was keyed in or adopted here is left as it is; a row that says nothing new writes nothing.

    Raises PermissionDenied without the right to import; UnreadableFileError for a row of a unit that is not the
    actor's.
    """
    if actor is not None and not can(actor, "dossiers_import"):
        raise PermissionDenied
    there = dossiers_called([row.code for row in rows], lock=True)
    _check_units(rows, there, actor)
    pages = _pages([row.procedure_code for row in rows])
    clock, now, written = clock_now(), timezone.now(), []
    counted: list[tuple[Dossier | None, Dossier]] = []
    for row in rows:
        stored, before = there.get(row.code), copy(there.get(row.code))
        if stored is None:
            stored = there[row.code] = _new(row, pages.get(row.procedure_code), clock, now, actor)
        elif stored.origin != DossierOrigin.IMPORTED or not sync_differs(stored, row):
            continue
        else:
            _change(stored, row, pages.get(row.procedure_code), now, actor)
        written.append(row.code)
        counted.append((before, copy(stored)))
    tallies_change(counted)
    return written


@transaction.atomic
def dossiers_heard_of(*, rows: Sequence[SyncRow], actor: Any) -> None:
    """Note that a file came that tells of these dossiers, though it told nothing new; nothing else of them changes.

    Those kept here are left alone, and so are those of another unit than the actor's.
    """
    if actor is not None and not can(actor, "dossiers_import"):
        raise PermissionDenied
    codes, now = [row.code for row in rows], timezone.now()
    mine = Dossier.objects.all() if actor is None else Dossier.objects.visible_to(actor, "dossiers_import")
    for start in range(0, len(codes), _BATCH):
        mine.imported().called(codes[start : start + _BATCH]).update(last_synced_at=now)


def rows_refused(*, rows: Sequence[SyncRow], actor: Any) -> dict[str, str]:
    """Return why ``actor`` may not bring these rows in, by code: they are of another unit, or were so far."""
    return _of_other_units(rows, dossiers_called([row.code for row in rows]), actor)


def dossiers_called(codes: Sequence[str], *, lock: bool = False) -> dict[str, Dossier]:
    """Return the dossiers of ``codes`` that are there, in questions that a database with few parameters can take."""
    found: dict[str, Dossier] = {}
    for start in range(0, len(codes), _BATCH):
        rows = Dossier.objects.for_sync(codes[start : start + _BATCH])
        found |= {row.code: row for row in (rows.select_for_update(of=("self",)) if lock else rows)}
    return found


def _check_units(rows: Sequence[SyncRow], there: Mapping[str, Dossier], actor: Any) -> None:
    for code, why in _of_other_units(rows, there, actor).items():
        raise UnreadableFileError(_("Hồ sơ %(code)s: %(why)s") % {"code": code, "why": why})


def _of_other_units(rows: Sequence[SyncRow], there: Mapping[str, Dossier], actor: Any) -> dict[str, str]:
    if actor is None:
        return {}
    refused = {}
    for row in rows:
        stored = there.get(row.code)
        if not can(actor, "dossiers_import", Dossier(unit_id=row.unit_id)):
            refused[row.code] = _("bạn không nhập được hồ sơ của đơn vị này.")
        elif stored and not can(actor, "dossiers_import", stored):
            refused[row.code] = _("mã này đang là hồ sơ của đơn vị khác.")
    return refused


def _pages(codes: Sequence[str]) -> dict[str, ProcedurePage]:
    """Return the pages of these codes, of two with one code the one in force."""
    rows = ProcedurePage.objects.with_code(set(codes) - {""}).order_by("-abolished", "pk").defer_streamfields()
    return {page.code: page for page in rows.prefetch_related("ways")}


def _new(row: SyncRow, page: ProcedurePage | None, clock: Clock, now: datetime, actor: Any) -> Dossier:
    facts = {**({} if row.due_on else _computed(row, page, clock)), **sync_facts(row)}
    dossier = Dossier.objects.create(
        code=row.code,
        procedure=page,
        field_id=page.field_id if page else None,
        origin=DossierOrigin.IMPORTED,
        last_synced_at=now,
        search_text=search_words(row.code, row.procedure_code, row.procedure_name),
        **facts,
    )
    dossier.applicant = DossierApplicant.objects.create(dossier=dossier, name=row.name, phone=row.phone)
    _tell(dossier, "", actor)
    return dossier


def _computed(row: SyncRow, page: ProcedurePage | None, clock: Clock) -> dict[str, Any]:
    """Return the date of a row whose file has none: from the procedure's time, else there is no limit."""
    none = {"due_source": str(DueSource.NONE), "time_unit": str(TimeUnit.NONE)}
    ways = ways_for(page, row.channel) if page else ()
    if row.state == DossierState.REGISTERED or not ways:
        return none
    strip = due_after(row.received_at, ways[0].quantity, ways[0].unit, clock)
    if strip.due_on is None:
        return none
    return {
        "time_quantity": ways[0].quantity,
        "time_unit": ways[0].unit,
        "clock_started_at": row.received_at,
        "due_on": strip.due_on,
        "due_time": strip.due_time,
        "due_source": str(DueSource.COMPUTED),
    }


def _change(dossier: Dossier, row: SyncRow, page: ProcedurePage | None, now: datetime, actor: Any) -> None:
    before = dossier.state
    for name, value in sync_facts(row).items():
        setattr(dossier, name, value)
    if dossier.received_at is None:
        dossier.due_on, dossier.due_time, dossier.due_source = None, None, DueSource.NONE
    elif row.due_on and dossier.time_unit == TimeUnit.NONE:
        dossier.time_unit = ""  # whoever sets a day has a limit, whatever the page said
    if page is not None:
        dossier.procedure, dossier.field_id = page, page.field_id
    dossier.search_text = search_words(row.code, row.procedure_code, row.procedure_name)
    dossier.last_synced_at = now
    dossier.version += 1
    dossier.save()
    applicant = getattr(dossier, "applicant", None)
    if applicant is not None and (row.name or row.phone):
        applicant.name, applicant.phone = row.name or applicant.name, row.phone or applicant.phone
        applicant.save()
    _tell(dossier, before, actor)


def _tell(dossier: Dossier, before: str, actor: Any) -> None:
    data = {"due_on": dossier.due_on.isoformat()} if dossier.due_on else {}
    record(transition("sync"), Step("sync", actor, data=data), dossier, before)
