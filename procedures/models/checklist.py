"""“Before you go” (S82): read from the address, computed, kept nowhere."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict

from cms.core.models import CalendarDay
from cms.core.querysets.facets import whole_number
from cms.core.working_days import MAX_DAYS, WorkCalendar, add_working_days
from procedures.enums import TimeUnit
from procedures.models.lines import CheckLine, Checklist

CASE, WAY, READY = "truong-hop", "cach", "co"
_COUNTED = frozenset({TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.SESSION})


def checklist_of(procedure: Any, query: QueryDict, *, now: datetime) -> Checklist:
    """Return the checklist that an address asks for; nonsense in it is the first case, the first way, nothing ready.

    Args:
        procedure: the page.
        query: ``truong-hop`` and ``cach`` count from 1, ``co`` is there once for each paper that is ready, as the
            case and the place of the paper in it (``2-1``): a tick in one case says nothing of another.
        now: the moment from which the day of the result is counted.

    """
    cases = [block.value for block in procedure.dossier if block.value.shown_papers]
    ways = list(procedure.ways.all())
    case = _chosen(query.get(CASE, ""), len(cases))
    way = ways[_chosen(query.get(WAY, ""), len(ways))] if ways else None
    ready = set(query.getlist(READY)[:200])
    papers = cases[case].shown_papers if cases else []
    keys = [f"{case + 1}-{number}" for number in range(1, len(papers) + 1)]
    lines = [CheckLine(key, paper, key in ready) for key, paper in zip(keys, papers, strict=True)]
    return Checklist(cases, case, ways, way, lines, *(_due(way, now) if way else ()))


def _chosen(given: str, count: int) -> int:
    number = whole_number(given) or 1
    return number - 1 if number <= count else 0


def _due(way: Any, now: datetime) -> tuple[Any, date | None, date | None]:
    """Return the day of the result when the dossier is handed in ``now``, how it was found, and from when it counts.

    What comes on a day off is received on the next working day; nothing is handed out on a day off either.
    """
    if way.unit not in _COUNTED or (way.unit != TimeUnit.SESSION and not 0 < (way.quantity or 0) <= MAX_DAYS):
        return None, None, None
    calendar = CalendarDay.objects.work_calendar()
    if way.unit == TimeUnit.WORKING_DAY:
        deadline = add_working_days(now, way.quantity, calendar)
        return deadline, deadline.due_on, deadline.received_on
    start = _working(now.date(), calendar)
    due_on = start if way.unit == TimeUnit.SESSION else _working(start + timedelta(days=way.quantity), calendar)
    return None, due_on, start


def _working(day: date, calendar: WorkCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)
