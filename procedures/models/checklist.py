"""“Before you go” (S82): read from the address, computed, kept nowhere."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict

from cms.core.models import CalendarDay
from cms.core.querysets.facets import whole_number
from cms.core.working_days import MAX_DAYS, add_working_days
from procedures.enums import TimeUnit
from procedures.models.lines import CheckLine, Checklist

CASE, WAY, READY = "truong-hop", "cach", "co"


def checklist_of(procedure: Any, query: QueryDict, *, now: datetime) -> Checklist:
    """Return the checklist that an address asks for; nonsense in it is the first case, the first way, nothing ready.

    Args:
        procedure: the page.
        query: ``truong-hop`` and ``cach`` count from 1, ``co`` is there once for each paper that is ready.
        now: the moment from which the day of the result is counted.

    """
    cases = [block.value for block in procedure.dossier if block.value.shown_papers]
    ways = list(procedure.ways.all())
    case = _chosen(query.get(CASE, ""), len(cases))
    way = ways[_chosen(query.get(WAY, ""), len(ways))] if ways else None
    ready = {whole_number(given) for given in query.getlist(READY)[:200]}
    papers = cases[case].shown_papers if cases else []
    lines = [CheckLine(number, paper, number in ready) for number, paper in enumerate(papers, start=1)]
    due, due_on = _due(way, now) if way else (None, None)
    return Checklist(cases, case, ways, way, lines, due, due_on)


def _chosen(given: str, count: int) -> int:
    number = whole_number(given) or 1
    return number - 1 if number <= count else 0


def _due(way: Any, now: datetime) -> tuple[Any, date | None]:
    """Return the day of the result when the dossier is handed in ``now``, with its explanation where there is one."""
    if way.unit == TimeUnit.WORKING_DAY and way.quantity and way.quantity <= MAX_DAYS:
        deadline = add_working_days(now, way.quantity, CalendarDay.objects.work_calendar())
        return deadline, deadline.due_on
    if way.unit == TimeUnit.DAY and way.quantity:
        return None, now.date() + timedelta(days=way.quantity)
    if way.unit == TimeUnit.SESSION:
        return None, now.date()
    return None, None
