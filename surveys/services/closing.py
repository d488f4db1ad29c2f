"""Published periods are closed: what they said stays true, and what is told later cannot be subtracted from it.

A published record and every later table stand side by side for good. So a publication draws two lines:

* **no later count**: of the months up to the end of a published period nothing is counted any more. A paper that comes
  late counts in the month in which it is keyed in; a paper that is in stays in; wishes sorted later are not counted.
* **a border**: what is hidden depends on whole years (``services.told``), and a year goes on after a part of it was
  published. From then on the months before and after the border are cut each for themselves, so that the part that
  was published is cut as it was, and no sum that reaches over the border is told unless both of its sides are.

A record also tells the quarters before its period, down to the first of the year before; they are closed with it. A
period that lies in what is closed already draws no border: it is told as it was (ADR 0051). Withdrawn records were read
too, so they count.

Nor is anything told of the month that runs: with every response figures would change by just that response, and whoever
saw who answered would read what. A closed survey is no other: it is opened again. ADR 0054 says what is not prevented.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from surveys.models import ResultSnapshot, Survey

YEAR = 12
Span = tuple[date, date]  # first and last day of a published period


def closed_until(survey: Survey) -> date | None:
    """Return the last day of which nothing is counted any more; None while nothing was published."""
    last: date | None = ResultSnapshot.objects.filter(survey=survey).aggregate(last=Max("ends_on"))["last"]
    return last


def is_closed(survey: Survey, day: date) -> bool:
    """Say whether ``day`` lies in what was published."""
    last = closed_until(survey)
    return last is not None and day <= last


def published_spans(survey: Survey) -> list[Span]:
    """Return the periods that were published, in the order in which they were."""
    rows = ResultSnapshot.objects.filter(survey=survey).order_by("published_at", "pk")
    return list(rows.values_list("starts_on", "ends_on"))


def spans_of_kind(kind: str) -> Mapping[int, list[Span]]:
    """Return the published periods of every survey of ``kind`` by its key, in the order of :func:`published_spans`."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = ResultSnapshot.objects.filter(survey__kind=kind).order_by("published_at", "pk")
    for survey, *span in rows.values_list("survey", "starts_on", "ends_on"):
        found[survey].append((span[0], span[1]))
    return found


def running_month(today: date) -> date:
    """Return the first day of the month of which nothing is told yet, be the survey open or not."""
    return today.replace(day=1)


def months_told(months: Iterable[date], running: date) -> list[date]:
    """Return the months that are over."""
    return [month for month in months if month < running]


def borders_of(spans: Iterable[Span]) -> Mapping[int, frozenset[int]]:
    """Return by year the borders between months over which nothing is told that is not told on both sides.

    ``spans`` stand in the order in which they were published: none changes anything in what an earlier one closed.
    """
    found: dict[int, set[int]] = defaultdict(set)
    closed: dict[int, int] = defaultdict(int)  # by year, up to which border it is closed
    for first, last in spans:
        for year in range(first.year - 1, last.year + 1):
            start = first.month - 1 if year == first.year else 0
            end = last.month if year == last.year else YEAR
            if end > closed[year]:
                if year >= first.year:
                    found[year] |= {max(start, closed[year]), end}
                closed[year] = end
    return {year: frozenset(border for border in borders if 0 < border < YEAR) for year, borders in found.items()}
