"""Counting working days, and saying of every day why it counts or does not.

Pure: the caller loads a ``WorkCalendar`` once (``CalendarDay.objects.work_calendar()``) and asks it as often as
it likes. The rule: the day of receipt is day zero, the next working day is day one, the deadline is the end of
day N. What arrives after the cut-off hour or on a day off counts as received on the next working day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.enums import CalendarDayKind, DayReason
from cms.core.text import format_vietnamese_date, weekday_name

MAX_DAYS = 1000
ONE_DAY = timedelta(days=1)
SATURDAY = 5
_WEEK = 7

_REASON_OF_KIND = {
    CalendarDayKind.HOLIDAY: DayReason.HOLIDAY,
    CalendarDayKind.COMPENSATORY_OFF: DayReason.COMPENSATORY_OFF,
    CalendarDayKind.MAKE_UP_WORKDAY: DayReason.MAKE_UP_WORKDAY,
}
_WORKING = frozenset({DayReason.WORKING_DAY, DayReason.MAKE_UP_WORKDAY})


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """What the office decided about one date, and by which document."""

    kind: CalendarDayKind
    label: str
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class WorkCalendar:
    """The special days between ``first`` and ``last``, both included; without bounds it holds them all."""

    special_days: Mapping[date, SpecialDay] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def reason(self, day: date) -> DayReason:
        """Say what ``day`` is by itself. Raises ValueError outside the bounds: a guess there would be a wrong date."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            raise ValueError(f"{day} lies outside the loaded calendar")
        if special := self.special_days.get(day):
            return _REASON_OF_KIND[CalendarDayKind(special.kind)]
        return DayReason.WEEKEND if day.weekday() >= SATURDAY else DayReason.WORKING_DAY

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on ``day``; raises ValueError as ``reason`` does."""
        return self.reason(day) in _WORKING

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return next(later for later in days_after(day) if self.is_working_day(later))

    def is_confirmed(self, year: int) -> bool:
        """Tell whether the schedule of ``year`` is there and no row of it waits for confirmation."""
        rows = [special.confirmed for day, special in self.special_days.items() if day.year == year]
        return bool(rows) and all(rows)


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One date on the way to a deadline; ``counted`` is 0 on the day of receipt, None when it does not count."""

    date: date
    counted: int | None
    reason: DayReason
    label: str = ""
    source: str = ""
    confirmed: bool = True

    @property
    def weekday(self) -> str:
        return weekday_name(self.date)

    @property
    def why(self) -> str:
        """Return the reason in words, with the name of the holiday and the document behind it."""
        words = str(self.reason.label)
        if self.label:
            words = f"{words}: {self.label}"
        return f"{words} ({self.source})" if self.source else words

    def as_json(self) -> dict[str, Any]:
        return {
            "date": self.date.isoformat(),
            "weekday": self.weekday,
            "counted": self.counted,
            "reason": self.reason.value,
            "label": self.label,
            "source": self.source,
            "confirmed": self.confirmed,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which an answer is on time, and how it was found, from the day of receipt on."""

    due_on: date
    days: tuple[ExplainedDay, ...]
    confirmed: bool = True

    @property
    def received_on(self) -> date:
        """The day zero: the working day on which the office counts the matter as received."""
        return next(day.date for day in self.days if day.counted == 0)

    def as_json(self) -> dict[str, Any]:
        return {"due_on": self.due_on.isoformat(), "days": [day.as_json() for day in self.days]}

    def __str__(self) -> str:
        return f"{weekday_name(self.due_on)}, {format_vietnamese_date(self.due_on)}"


def add_working_days(start: datetime, days: int, calendar: WorkCalendar, *, cut_off: time | None = None) -> Deadline:
    """Return the end of the ``days``-th working day after receipt, explained day by day.

    Args:
        start: moment of receipt; an aware one is read in the site's time zone.
        days: working days, 0 to 1000; 0 is the end of the day of receipt.
        calendar: must reach the deadline.
        cut_off: receipt later than this hour counts from the next working day; None means no such hour.

    Raises ValueError for a count out of range or a calendar that ends too early.

    """
    if not 0 <= days <= MAX_DAYS:
        raise ValueError(f"the number of working days must lie between 0 and {MAX_DAYS}")
    local = timezone.localtime(start) if timezone.is_aware(start) else start
    explained = list(_receipt(local, calendar, cut_off))
    explained += _count(explained[-1].date, days, calendar)
    years = {day.date.year for day in explained}
    return Deadline(
        due_on=explained[-1].date,
        days=tuple(explained),
        confirmed=all(calendar.is_confirmed(year) for year in years),
    )


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Count the working days after ``start`` up to and including ``end``; negative when ``end`` lies before.

    Whole weeks and the days that the office decided about, not day by day: lists ask it of every row, for years.
    """
    if end <= start:
        return -working_days_between(end, start, calendar) if end < start else 0
    for edge in (start + ONE_DAY, end):
        calendar.reason(edge)  # a day outside the calendar is nobody's guess
    decided = (day for day in calendar.special_days if start < day <= end)
    moved = sum(calendar.is_working_day(day) - (day.weekday() < SATURDAY) for day in decided)
    return _weekdays_until(end) - _weekdays_until(start) + moved


def _weekdays_until(day: date) -> int:
    """Return how many days from Monday to Friday there are up to ``day``; the first day of all was a Monday."""
    weeks, rest = divmod(day.toordinal(), _WEEK)
    return weeks * SATURDAY + min(rest, SATURDAY)


@dataclass(frozen=True)
class DayCell:
    """One cell of the calendar that explains a deadline; without a day it lies outside."""

    day: Any = None
    kind: str = "out"
    word: str = ""


def calendar_weeks(days: Sequence[Any], due_on: date) -> list[list[DayCell]]:
    """Lay the days out as a calendar that begins on a Monday; nothing when there are none.

    A day has its ``date``, which one it is (``counted``), and whether the clock stood still (``paused``).
    """
    if not days:
        return []
    known = {day.date: day for day in days}
    first, last = min(known), max(known)
    begin = first - first.weekday() * ONE_DAY
    count = (last - begin).days // _WEEK + 1
    return [
        [_cell(known.get(begin + (_WEEK * week + place) * ONE_DAY), due_on) for place in range(_WEEK)]
        for week in range(count)
    ]


def _cell(day: Any, due_on: date) -> DayCell:
    if day is None:
        return DayCell()
    if day.date == due_on:
        return DayCell(day, "due", _("hạn"))
    if day.counted == 0:
        return DayCell(day, "start", _("nhận"))
    if day.counted is None:
        return DayCell(day, "off", _("nghỉ"))
    return DayCell(day, "paused", _("tạm dừng")) if day.paused else DayCell(day, "work")


def days_after(day: date) -> Iterator[date]:
    """Yield the days after ``day``, without end."""
    while True:
        day += ONE_DAY
        yield day


def _receipt(moment: datetime, calendar: WorkCalendar, cut_off: time | None) -> Iterator[ExplainedDay]:
    """Explain the days from the moment of receipt to the day zero, which comes last."""
    day = moment.date()
    if calendar.is_working_day(day):
        if cut_off is None or moment.time() <= cut_off:
            yield _explain(day, calendar, counted=0, reason=DayReason.RECEIVED)
            return
        yield _explain(day, calendar, reason=DayReason.RECEIVED_AFTER_CUT_OFF)
    else:
        yield _explain(day, calendar, reason=DayReason.RECEIVED_ON_DAY_OFF)
    for later in days_after(day):
        if calendar.is_working_day(later):
            yield _explain(later, calendar, counted=0, reason=DayReason.RECEIVED)
            return
        yield _explain(later, calendar)


def _count(day_zero: date, days: int, calendar: WorkCalendar) -> Iterator[ExplainedDay]:
    counted = 0
    later = days_after(day_zero)
    while counted < days:
        day = next(later)
        if calendar.is_working_day(day):
            counted += 1
            yield _explain(day, calendar, counted=counted)
        else:
            yield _explain(day, calendar)


def _explain(
    day: date, calendar: WorkCalendar, *, counted: int | None = None, reason: DayReason | None = None
) -> ExplainedDay:
    special = calendar.special_days.get(day)
    return ExplainedDay(
        date=day,
        counted=counted,
        reason=reason or calendar.reason(day),
        label=special.label if special else "",
        source=special.source if special else "",
        confirmed=special.confirmed if special else True,
    )
