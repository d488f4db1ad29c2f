"""Changing the working-day calendar, and telling those whose deadlines rest on it."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.enums import CalendarDayKind
from cms.core.models import CalendarDay
from cms.core.official_days import official_days
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line
from cms.core.working_days import SATURDAY

CalendarListener = Callable[[frozenset[datetime.date]], object]

_SEEDED_FIELDS = ("kind", "label", "source", "confirmed")
_listeners: list[CalendarListener] = []


def on_calendar_change(callback: CalendarListener) -> None:
    """Call ``callback(dates)`` in the same transaction whenever days change; an error in it undoes the change.

    Apps register in ``AppConfig.ready()``; registering twice has no effect.
    """
    if callback not in _listeners:
        _listeners.append(callback)


@transaction.atomic
def calendar_day_save(
    *,
    date: datetime.date,
    kind: str,
    label: str,
    source: str = "",
    confirmed: bool = False,
    day: CalendarDay | None = None,
    actor: Any = None,
) -> CalendarDay:
    """Add a day to the calendar, or change ``day``; the seed leaves it alone from now on.

    Raises PermissionDenied when ``actor`` (None is the system) may not edit the calendar, ValidationError with a
    sentence a field when the day cannot be.
    """
    _refuse_unless_allowed(actor)
    values = _checked(date=date, kind=kind, label=label, source=source, confirmed=confirmed)
    stored = CalendarDay.objects.select_for_update().get(pk=day.pk) if day and day.pk else None
    there = CalendarDay.objects.select_for_update().filter(date=date).first()
    if there and not there.removed and there != stored:
        raise ValidationError({"date": _("Ngày này đã có trong lịch.")})
    left = stored.date if stored and stored.date != date else None
    if stored and there and there != stored:
        there.delete()
    row = stored or there or CalendarDay(date=date)
    for name, value in values.items():
        setattr(row, name, value)
    row.edited, row.removed = True, False
    row.save()
    if left:
        # The day moved away: this note keeps the seed from filling its old date again.
        CalendarDay.objects.create(date=left, kind=row.kind, label=row.label, edited=True, removed=True)
    _announce({date, left or date})
    _record("calendar.day_saved", date.isoformat(), actor, kind=row.kind, confirmed=row.confirmed)
    return row


@transaction.atomic
def calendar_day_delete(*, day: CalendarDay, actor: Any = None) -> None:
    """Take ``day`` out of the calendar, so that its weekday decides again; the seed does not bring it back.

    Raises PermissionDenied when ``actor`` (None is the system) may not edit the calendar.
    """
    _refuse_unless_allowed(actor)
    stored = CalendarDay.objects.select_for_update().get(pk=day.pk)
    stored.edited = stored.removed = True
    stored.save(update_fields=["edited", "removed"])
    _announce({stored.date})
    _record("calendar.day_removed", stored.date.isoformat(), actor, kind=stored.kind)


@transaction.atomic
def calendar_seed(*, first_year: int = 2020, last_year: int = 2027) -> int:
    """Fill the years with what law and notices say; return how many days were added or corrected.

    Safe to run at every start: rows that people changed or took out stay as they are.
    """
    stored = {row.date: row for row in CalendarDay.objects.filter(date__year__range=(first_year, last_year))}
    missing: list[CalendarDay] = []
    corrected: list[CalendarDay] = []
    for date, official in official_days(first_year, last_year):
        values = {name: getattr(official, name) for name in _SEEDED_FIELDS}
        row = stored.get(date)
        if row is None:
            missing.append(CalendarDay(date=date, **values))
        elif not row.edited and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            corrected.append(row)
    CalendarDay.objects.bulk_create(missing)
    CalendarDay.objects.bulk_update(corrected, _SEEDED_FIELDS)
    changed = {row.date for row in (*missing, *corrected)}
    if changed:
        _announce(changed)
        _record("calendar.seeded", f"{first_year}-{last_year}", None, added=len(missing), corrected=len(corrected))
    return len(changed)


def _checked(*, date: datetime.date, kind: str, label: str, source: str, confirmed: bool) -> dict[str, Any]:
    errors: dict[str, str] = {}
    words: dict[str, str] = {}
    for name, text in (("label", label), ("source", source)):
        try:
            words[name] = clean_line(text)
        except TextError as error:
            errors[name] = str(error)
    is_weekend = date.weekday() >= SATURDAY
    if kind not in CalendarDayKind.values:
        errors["kind"] = _("Hãy chọn loại ngày.")
    elif kind == CalendarDayKind.MAKE_UP_WORKDAY and not is_weekend:
        errors["kind"] = _("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.")
    elif kind == CalendarDayKind.COMPENSATORY_OFF and is_weekend:
        errors["kind"] = _("Ngày nghỉ bù phải từ thứ Hai đến thứ Sáu.")
    if words.get("label") == "":
        errors["label"] = _("Hãy ghi tên ngày.")
    if confirmed and words.get("source") == "":
        errors["source"] = _("Ngày đã xác nhận phải có căn cứ.")
    if errors:
        raise ValidationError(errors)
    row = CalendarDay(date=date, kind=kind, confirmed=confirmed, **words)
    row.clean_fields()
    return {"date": date, "kind": kind, "confirmed": confirmed, **words}


def _refuse_unless_allowed(actor: Any) -> None:
    if actor is not None and not can(actor, "calendar_edit"):
        raise PermissionDenied(_("Bạn không được giao quyền sửa lịch ngày làm việc."))


def _record(verb: str, key: str, actor: Any, **data: Any) -> None:
    event_record(subject_type="calendar", subject_key=key, verb=verb, actor=actor, data=data)


def _announce(dates: Iterable[datetime.date]) -> None:
    """Tell the listeners, before the change is noted: they take rows, and whoever has the ledger waits for none."""
    for listener in tuple(_listeners):
        listener(frozenset(dates))
