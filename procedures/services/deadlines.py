"""By when: a pure function of receipt, the procedure's time, the calendar, the cut-off hour and the pauses.

The clock starts when the office takes a dossier in, stands still while papers or a fee are waited for, and starts
anew when the papers have come, where the office's settings say so. A date that a clerk or a file gave is kept.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import CalendarDay, LedgerEvent
from cms.core.services.ledger import event_record
from cms.core.services.outbox import mails_queue_late
from cms.core.working_days import MAX_DAYS, WorkCalendar, add_working_days, working_days_between
from procedures.enums import PAUSED_STATES, RUNNING_STATES, DossierDue, DossierState, DueSource, TimeUnit
from procedures.models import Dossier, DossierSettings
from procedures.notifications import mail_address
from procedures.notifications.due import DUE_MOVED
from procedures.services.tallies import tally_change

MOVED = "dossier.deadline_moved"
MOST_DAYS = 3
# An office that corrects its calendar saves several days in a row; people are told once of where that ended.
TELL_AFTER = timedelta(minutes=10)
_NOT_COUNTED = frozenset({TimeUnit.NONE, ""})


@dataclass(frozen=True)
class StripDay:
    """One date on the way to the appointment, and why it counts or does not."""

    date: date
    weekday: str
    counted: int | None
    why: str
    paused: bool = False


@dataclass(frozen=True)
class DueStrip:
    """How a date was found: the rule in words, every day that was looked at, and what still waits for confirmation."""

    due_on: date | None
    due_time: time | None
    rule: str
    legal_basis: str = ""
    days: tuple[StripDay, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True)
class Standing:
    """How a dossier stands to its date; ``days`` are working days."""

    kind: DossierDue
    days: int
    text: str


@dataclass(frozen=True)
class Clock:
    """What a date is found from, loaded once for many dossiers."""

    calendar: WorkCalendar
    settings: DossierSettings

    @property
    def cut_off(self) -> time | None:
        return self.settings.cut_off


def clock_now() -> Clock:
    """Return the whole calendar and the office's settings; lists load it once and ask it for every row."""
    return Clock(CalendarDay.objects.work_calendar(), DossierSettings.load())


def due_after(start: datetime, quantity: int | None, unit: str, clock: Clock, *, waited: int = 0) -> DueStrip:
    """Return the day of the result for what is received at ``start``.

    Args:
        start: aware moment of receipt.
        quantity: of the time unit; not asked where the unit does not count.
        unit: ``TimeUnit``; without one, or “không quy định”, there is no date.
        clock: calendar and settings.
        waited: working days in which the office waited for the citizen.

    """
    if unit in _NOT_COUNTED or (quantity is None and unit != TimeUnit.SESSION):
        return DueStrip(None, None, _("Thủ tục không quy định thời hạn."))
    days = min((quantity or 0) if unit == TimeUnit.WORKING_DAY else 0, MAX_DAYS)
    counted = add_working_days(start, min(days + waited, MAX_DAYS), clock.calendar, cut_off=clock.cut_off)
    due_on, due_time = counted.due_on, None
    if unit == TimeUnit.HOUR:
        due_on, due_time = _after_hours(start, quantity or 0, waited, counted.received_on, clock)
    elif unit in {TimeUnit.DAY, TimeUnit.MONTH}:
        plain = _plain_end(counted.received_on, quantity or 0, unit)
        due_on = _later(_working(plain, clock.calendar), waited, clock.calendar)
    strip = tuple(StripDay(day.date, day.weekday, day.counted, day.why) for day in counted.days)
    rule = _rule(quantity, unit)
    return DueStrip(due_on, due_time, rule, clock.settings.cut_off_basis, strip, _sure(counted, clock))


def due_strip(dossier: Dossier, clock: Clock | None = None) -> DueStrip | None:
    """Explain the date of ``dossier`` day by day; None before the office has taken it in."""
    if dossier.received_at is None:
        return None
    if dossier.due_source in {DueSource.KEYED, DueSource.FILE}:
        source = str(DueSource(dossier.due_source).label)
        return DueStrip(dossier.due_on, dossier.due_time, source[:1].upper() + source[1:] + ".")
    clock, spans = clock or clock_now(), _pause_spans(dossier)
    start = dossier.clock_started_at or dossier.received_at
    found = due_after(start, dossier.time_quantity, dossier.time_unit, clock, waited=_waited(dossier, clock.calendar))
    days = tuple(
        StripDay(day.date, day.weekday, day.counted, day.why, any(first < day.date <= last for first, last in spans))
        for day in found.days
    )
    return DueStrip(found.due_on, found.due_time, found.rule, found.legal_basis, days, found.confirmed)


def due_set(dossier: Dossier, clock: Clock | None = None) -> None:
    """Put the computed date of ``dossier`` into its fields; the caller stores them. A given date is kept."""
    if dossier.due_source in {DueSource.KEYED, DueSource.FILE}:
        return
    found = due_strip(dossier, clock)
    dossier.due_on, dossier.due_time = (found.due_on, found.due_time) if found else (None, None)
    if found:
        dossier.due_source = DueSource.COMPUTED if found.due_on else DueSource.NONE


def clock_resume(dossier: Dossier, *, began_at: datetime, at: datetime, anew: bool) -> None:
    """Let the clock of ``dossier`` run on after a pause; the caller has stored the pause and stores the fields.

    ``anew``: the time is counted from the beginning, where the office's settings say so. A date that was given by
    hand moves by the working days waited.
    """
    clock = clock_now()
    if dossier.due_source in {DueSource.KEYED, DueSource.FILE} and dossier.due_on:
        waited = working_days_between(timezone.localdate(began_at), timezone.localdate(at), clock.calendar)
        dossier.due_on = _later(dossier.due_on, max(0, waited), clock.calendar)
        return
    if anew and clock.settings.supplement_restarts:
        dossier.clock_started_at = at
    due_set(dossier, clock)


def standing(dossier: Dossier, today: date | None = None, clock: Clock | None = None) -> Standing:
    """Say how ``dossier`` stands to its first date, in a word that needs no colour to be understood."""
    today, clock = today or timezone.localdate(), clock or clock_now()
    if dossier.state in PAUSED_STATES:
        return Standing(DossierDue.PAUSED, 0, _("tạm dừng, chờ người nộp"))
    if dossier.state in RUNNING_STATES and dossier.due_on:
        return _running(dossier.due_on, today, clock)
    if dossier.completed_at is None or dossier.due_on is None:
        return Standing(DossierDue.NONE, 0, "" if dossier.received_at is None else _("không có hạn"))
    done_on = timezone.localdate(dossier.completed_at)
    if done_on < dossier.due_on:
        return Standing(DossierDue.DONE_EARLY, 0, _("xong trước hạn"))
    if done_on == dossier.due_on:
        return Standing(DossierDue.DONE_ON_TIME, 0, _("xong đúng hạn"))
    late = _late_days(dossier.due_on, done_on, clock.calendar)
    return Standing(DossierDue.DONE_LATE, late, _("xong quá hạn %(days)d ngày làm việc") % {"days": late})


def late_days(dossier: Dossier, today: date | None = None, clock: Clock | None = None) -> int:
    """Return how many working days ``dossier`` is, or was, behind its first date; 0 when it is not late."""
    found = standing(dossier, today, clock)
    return found.days if found.kind in {DossierDue.LATE, DossierDue.DONE_LATE} else 0


def last_day_soon(today: date, clock: Clock) -> date:
    """Return the last day that counts as soon: the settings say how many working days ahead."""
    day = today
    for _turn in range(clock.settings.soon_days):
        day = clock.calendar.next_working_day(day)
    return day


@transaction.atomic
def dossier_deadlines_recompute(dates: Iterable[date] = ()) -> int:
    """Move the date of every running dossier that the calendar now gives another; return how many moved.

    Called in the transaction that changes the calendar; each move is an event that the look-up shows. The worker tells
    those who left an address, once, when the office has had time to go on editing.
    """
    clock, moved = clock_now(), 0
    told: list[tuple[str, dict[str, str]]] = []
    days = [day.isoformat() for day in sorted(dates)[:MOST_DAYS]]
    rows = Dossier.objects.clock_runs().select_for_update(of=("self",)).select_related("applicant")
    for dossier in rows.prefetch_related("pauses").order_by("pk"):
        before = copy(dossier)
        due_set(dossier, clock)
        if (dossier.due_on, dossier.due_time) == (before.due_on, before.due_time):
            continue
        dossier.save(update_fields=["due_on", "due_time"])
        event = _moved(before, dossier, days)
        tally_change(before=before, after=dossier)
        moved += 1
        if before.due_on and dossier.state in RUNNING_STATES and mail_address(dossier):
            about = {"dossier": dossier.code, "from": before.due_on.isoformat(), "event": str(event.seq)}
            told.append((DUE_MOVED, about))
    mails_queue_late(mails=told, wait=TELL_AFTER, same=("dossier",))
    return moved


def _moved(before: Dossier, after: Dossier, days: list[str]) -> LedgerEvent:
    """Note in the ledger that the date of a dossier moved, and which days of the calendar moved it."""
    return event_record(
        subject_type="dossier",
        subject_key=after.code,
        verb=MOVED,
        actor_kind="system",
        unit_id=after.unit_id,
        public=True,
        data={"from": str(before.due_on), "to": str(after.due_on), **({"days": days} if days else {})},
    )


def _running(due: date, today: date, clock: Clock) -> Standing:
    if today > due:
        late = _late_days(due, today, clock.calendar)
        return Standing(DossierDue.LATE, late, _("quá hạn %(days)d ngày làm việc") % {"days": late})
    if today == due:
        return Standing(DossierDue.TODAY, 0, _("hẹn trả hôm nay"))
    left = working_days_between(today, due, clock.calendar)
    kind = DossierDue.SOON if left <= clock.settings.soon_days else DossierDue.AHEAD
    return Standing(kind, left, _("còn %(days)d ngày làm việc") % {"days": left})


def _late_days(due: date, day: date, calendar: WorkCalendar) -> int:
    """A day off after the date is late as well."""
    return max(1, working_days_between(due, day, calendar))


def _waited(dossier: Dossier, calendar: WorkCalendar) -> int:
    return max(0, sum(working_days_between(first, last, calendar) for first, last in _pause_spans(dossier)))


def _pause_spans(dossier: Dossier) -> list[tuple[date, date]]:
    started = dossier.clock_started_at
    return [
        (timezone.localdate(pause.began_at), timezone.localdate(pause.ended_at))
        for pause in dossier.pauses.all()
        if pause.ended_at and started and pause.began_at >= started
    ]


def _after_hours(start: datetime, hours: int, waited: int, received_on: date, clock: Clock) -> tuple[date, time]:
    """Count hours by the clock from the receipt; what ends on a day off ends on the next working day."""
    local = timezone.localtime(start)
    if local.date() != received_on:
        # Taken in after the cut-off hour or on a day off: the hours run from the same hour of the day that counts.
        local = local.replace(year=received_on.year, month=received_on.month, day=received_on.day)
    end = local + timedelta(hours=min(hours, 24 * MAX_DAYS))
    due_on = _later(_working(end.date(), clock.calendar), waited, clock.calendar)
    return due_on, end.time().replace(second=0, microsecond=0)


def _plain_end(day: date, quantity: int, unit: str) -> date:
    if unit == TimeUnit.DAY:
        return day + timedelta(days=min(quantity, MAX_DAYS))
    months = day.year * 12 + day.month - 1 + min(quantity, 1200)
    year, month = divmod(months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def _working(day: date, calendar: WorkCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)


def _later(day: date, working_days: int, calendar: WorkCalendar) -> date:
    for _turn in range(min(working_days, MAX_DAYS)):
        day = calendar.next_working_day(day)
    return day


def _rule(quantity: int | None, unit: str) -> str:
    if unit == TimeUnit.SESSION:
        return _("Trả ngay trong buổi, kể từ khi tiếp nhận.")
    words = _("%(quantity)d %(unit)s kể từ khi tiếp nhận.")
    return words % {"quantity": quantity, "unit": TimeUnit(unit).label}


def _sure(counted: Any, clock: Clock) -> bool:
    """Whether calendar and cut-off hour are confirmed; without an hour there is nothing to confirm."""
    return counted.confirmed and (clock.cut_off is None or clock.settings.cut_off_confirmed)


def is_late(dossier: Dossier, today: date) -> bool:
    """Say whether the first date has passed while the clock runs."""
    return dossier.state in RUNNING_STATES and dossier.due_on is not None and dossier.due_on < today


def is_early(dossier: Dossier) -> bool:
    """Say whether there is a result before the day of the appointment (S84)."""
    if dossier.state != DossierState.COMPLETED or dossier.completed_at is None or dossier.appointed_on is None:
        return False
    return timezone.localdate(dossier.completed_at) < dossier.appointed_on
