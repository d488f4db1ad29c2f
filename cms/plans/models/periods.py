"""When a recurring task is due: once in each period. Pure: days and rows come in, days go out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cms.core.periods import Period, period_label, read_period
from cms.core.working_days import WorkCalendar
from cms.plans.enums import Recurrence

# A plan that runs for five years and reports every month; more would be a slip of the pen.
MOST_OCCURRENCES = 60


@dataclass(frozen=True)
class Occurrence:
    """One time that a recurring task is due."""

    key: str
    label: str
    due_on: date


def occurrences_of(task: Any, issued_on: date | None, calendar: WorkCalendar | None = None) -> list[Occurrence]:
    """Return when ``task`` is due, in order; an empty list when it does not recur or nothing says from when.

    Args:
        task: a row with ``recurrence``, ``recurs_from``, ``recurs_until``, ``due_shift`` and ``shift_in_working_days``.
        issued_on: day of the plan; a task without days of its own recurs from it to the end of that year.
        calendar: needed only where the shift counts working days.

    """
    start = task.recurs_from or issued_on
    if not task.recurrence or start is None:
        return []
    until = task.recurs_until or date(start.year, 12, 31)
    found = []
    for period in _periods(Recurrence(task.recurrence), start.year):
        if period.starts_on > until or len(found) == MOST_OCCURRENCES:
            break
        if period.ends_on >= start:
            due = _shifted(period.ends_on, task.due_shift, calendar if task.shift_in_working_days else None)
            found.append(Occurrence(period.key, period_label(period.key), due))
    return found


def _periods(recurrence: Recurrence, year: int) -> Iterator[Period]:
    """Yield periods from the beginning of ``year`` on, in the order of their ends."""
    while year < 2100:
        match recurrence:
            case Recurrence.MONTH:
                keys = [f"{year}-{month:02d}" for month in range(1, 13)]
            case Recurrence.QUARTER:
                keys = [f"{year}-Q{quarter}" for quarter in range(1, 5)]
            case Recurrence.HALF_YEAR:
                keys = [f"{year}-6T", str(year)]
            case _:
                keys = [str(year)]
        yield from (period for key in keys if (period := read_period(key)))
        year += 1


def _shifted(day: date, days: int, calendar: WorkCalendar | None) -> date:
    """Move ``day``; with a calendar only working days count, and a day off moves on to the next one that counts."""
    if calendar is None:
        return day + timedelta(days=days)
    step = timedelta(days=1 if days > 0 else -1)
    left = abs(days)
    while left or not calendar.is_working_day(day):
        day += step
        left -= 1 if left and calendar.is_working_day(day) else 0
    return day
