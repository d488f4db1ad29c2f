"""Taking a dossier in at the desk: code, applicant, date and event in one transaction; a retry makes no second one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.search import plain_words
from procedures.enums import Channel, DossierChannel, DossierState, DueSource, TimeUnit
from procedures.models import (
    Dossier,
    DossierApplicant,
    DossierSerial,
    DossierSettings,
    DossierStep,
    InternalStep,
    ProcedurePage,
    SubmissionWay,
    normalise_code,
)
from procedures.models.serials import series_of
from procedures.services.deadlines import clock_now, due_after
from procedures.services.moves import NotAllowedError, Step, dossier_born, dossier_move

_AHEAD = 60  # seconds that two clocks may differ


@dataclass(frozen=True)
class DossierEntry:
    """What the clerk's form says, clean. ``received`` is False for what came from afar and nobody has looked at."""

    procedure: ProcedurePage
    unit: Unit
    channel: str = DossierChannel.DIRECT
    return_channel: str = DossierChannel.DIRECT
    way: SubmissionWay | None = None
    due_on: date | None = None
    filed_at: datetime | None = None
    received: bool = True
    papers: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Taken:
    """The dossier that a form led to; ``created`` is False when the form had been taken before."""

    dossier: Dossier
    created: bool


def dossier_enter(*, entry: DossierEntry, form_token: str, actor: Any) -> Taken:
    """Store a dossier with its applicant, code, steps, event and mail.

    Args:
        entry: what was typed.
        form_token: secret of one form; the same token again returns the same dossier.
        actor: the clerk.

    Raises NotAllowedError for another unit, ValidationError with a sentence a field.

    """
    if not can(actor, "dossier_enter", Dossier(unit=entry.unit)):
        raise NotAllowedError(_("Bạn không nhận được hồ sơ của đơn vị này."))
    digest = hashlib.sha256(form_token.encode()).hexdigest()
    if found := Dossier.objects.filter(form_token_digest=digest).first():
        return Taken(found, created=False)
    _check(entry)
    try:
        with transaction.atomic():
            return Taken(_store(entry, digest, actor), created=True)
    except IntegrityError:
        # The same form, sent twice at once: the other one was a moment faster.
        found = Dossier.objects.filter(form_token_digest=digest).first()
        if found is None:
            raise
        return Taken(found, created=False)


def ways_for(procedure: ProcedurePage, channel: str) -> Sequence[SubmissionWay]:
    """Return the rows of “Cách thức thực hiện” whose time holds for this channel, one a time limit."""
    rows = [way for way in procedure.ways.all() if way.channel in {channel, Channel.ANY}]
    return list({(way.quantity, way.unit, way.audience_note): way for way in rows if way.unit}.values())


@transaction.atomic
def code_take(*, unit: Unit, day: date) -> str:
    """Return the next free code of ``unit`` on ``day``. The series stays locked until the caller is done.

    A number that a file brought in with the same pattern is passed over.
    """
    series = series_of(DossierSettings.load().code_pattern, day=day, unit=unit.code)
    DossierSerial.objects.get_or_create(series=series)
    serial = DossierSerial.objects.select_for_update().get(series=series)
    while True:
        serial.last += 1
        code = f"{series}{serial.last:04d}"
        if not Dossier.objects.with_code(code).exists():
            break
    serial.save(update_fields=["last"])
    return code


def search_words(code: str, procedure_code: str, procedure_name: str) -> str:
    """Return what a dossier is found by: its code and its procedure, never a person."""
    return plain_words(f"{code} {procedure_code} {procedure_name}")


def _check(entry: DossierEntry) -> None:
    now = timezone.now()
    if entry.filed_at and (entry.filed_at - now).total_seconds() > _AHEAD:
        raise ValidationError({"filed_at": _("Ngày nộp không thể ở tương lai.")})
    if entry.due_on and entry.due_on < timezone.localdate(entry.filed_at or now):
        raise ValidationError({"due_on": _("Ngày hẹn trả không thể trước ngày nộp.")})
    if not entry.unit.active:
        raise ValidationError({"unit": _("Đơn vị này không còn hoạt động.")})


def _store(entry: DossierEntry, digest: str, actor: Any) -> Dossier:
    at, page = entry.filed_at or timezone.now(), entry.procedure
    code = normalise_code(code_take(unit=entry.unit, day=timezone.localdate(at)))
    name = page.name[:500]
    dossier = Dossier.objects.create(
        code=code,
        procedure=page,
        procedure_code=page.code,
        procedure_name=name,
        field_id=page.field_id,
        unit=entry.unit,
        channel=entry.channel,
        return_channel=entry.return_channel,
        state=DossierState.REGISTERED,
        papers=entry.papers,
        filed_at=at,
        form_token_digest=digest,
        search_text=search_words(code, page.code, name),
    )
    DossierApplicant.objects.create(
        dossier=dossier, name=entry.name, phone=entry.phone, email=entry.email, address=entry.address
    )
    dossier_born(dossier, actor=actor)
    if entry.received:
        dossier_receive(dossier=dossier, actor=actor, way=entry.way, due_on=entry.due_on, at=at)
    return dossier


@transaction.atomic
def dossier_receive(
    *,
    dossier: Dossier,
    actor: Any,
    way: SubmissionWay | None = None,
    due_on: date | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Take ``dossier`` in and promise a date: the given one, or what the way and the calendar say.

    Raises as ``dossier_move`` does; TransitionRefusedError without a date where the time is not free.
    """
    at = at or timezone.now()
    changes = receipt_changes(at=at, way=way, due_on=due_on, actor=actor)
    due = changes["due_on"]
    data = {"due_on": due.isoformat()} if due else {}
    dossier_move(dossier, Step("receive", actor, expected_version, changes, data=data, at=at))
    steps_copy(dossier)
    return dossier


def receipt_changes(*, at: datetime, way: SubmissionWay | None, due_on: date | None, actor: Any) -> dict[str, Any]:
    """Return the fields that taking a dossier in sets: moment, clerk, time, and the date that follows."""
    quantity, unit = (way.quantity, way.unit) if way else (None, str(TimeUnit.NONE))
    strip = None if due_on else due_after(at, quantity, unit, clock_now())
    found = strip.due_on if strip else due_on
    source = DueSource.KEYED if due_on else DueSource.COMPUTED if found else DueSource.NONE
    return {
        "received_at": at,
        "receiver_id": actor.pk if actor else None,
        "clock_started_at": at,
        "time_quantity": quantity,
        "time_unit": unit,
        "due_on": found,
        "due_time": strip.due_time if strip else None,
        "due_source": source,
    }


def steps_copy(dossier: Dossier) -> None:
    """Write the inner steps of the procedure's page into ``dossier``, once (S31, S85)."""
    if dossier.procedure_id is None or dossier.steps.exists():
        return
    rows = InternalStep.objects.filter(page=dossier.procedure_id).order_by("sort_order", "pk")
    DossierStep.objects.bulk_create(
        DossierStep(
            dossier=dossier,
            number=number,
            unit_name=row.unit_name,
            work=row.work,
            quantity=row.quantity,
            time_unit=row.unit,
        )
        for number, row in enumerate(rows, start=1)
    )
