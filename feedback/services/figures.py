"""The figures of a period: what was received, answered, answered in time. Read from counts, never from a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.disclosure import is_told, safe_cuts
from cms.core.models import AgencySettings, Unit
from cms.core.periods import Period
from feedback.enums import TallyMeasure, TallyScope
from feedback.models import CaseTally, Category
from feedback.services.answer_ratings import AnswerRatings, PartRating, answer_ratings, with_rating

KEYS = ("received", "answered", "answered_on_time", "open_late", "median_days", "reopened", "rating_mean")
# What is told together is hidden together: the share gives away whatever it is made of.
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "received": ("received",),
    "reopened": ("reopened",),
    "answered": ("answered",),
    "open_late": ("open_late",),
    "answered_on_time": ("answered", "open_late"),
}
_MONTHS = 12
M = TallyMeasure


@dataclass
class Counts:
    """What is counted of one row in one period, before anything is hidden."""

    received: int = 0
    answered: int = 0
    on_time: int = 0
    open_late: int = 0
    reopened: int = 0
    waits: list[tuple[int, int]] = field(default_factory=list)  # days waited, answers; in order

    def add(self, measure: str, count: int) -> None:
        setattr(self, measure, getattr(self, measure) + count)

    @property
    def judged(self) -> int:
        """Everything of which can be said whether it was in time: what was answered, and what is late."""
        return self.answered + self.open_late

    def values(self) -> dict[str, Any]:
        """Return the figures under their public keys; None where there is nothing to make one of."""
        return {
            "received": self.received,
            "answered": self.answered,
            "answered_on_time": round(self.on_time / self.judged, 4) if self.judged else None,
            "open_late": self.open_late,
            "median_days": median(self.waits),
            "reopened": self.reopened,
            "rating_mean": None,
        }


@dataclass(frozen=True)
class FigureRow:
    """One line of a table: its figures, and which of them are hidden."""

    code: str
    name: str
    values: Mapping[str, Any]
    hidden: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.hidden and not any(self.values.values())


@dataclass(frozen=True)
class LateDay:
    """Cases that should have been answered by one day, and are not."""

    due_on: date
    days: int
    count: int


@dataclass(frozen=True)
class CaseFigures:
    """Everything that is told of one period. ``units`` and ``categories`` are None when it is not of whole months."""

    period: Period
    total: FigureRow
    months: tuple[FigureRow, ...]
    units: tuple[FigureRow, ...] | None
    categories: tuple[FigureRow, ...] | None
    late: tuple[LateDay, ...]
    smallest: int
    counted_at: Any


def case_figures(period: Period, *, today: date | None = None) -> CaseFigures:
    """Return the figures of ``period``; a constant number of statements, whatever the number of cases."""
    today = today or timezone.localdate()
    smallest = AgencySettings.load().smallest_cell
    late = _late_days(period, today)
    total, by_month = _whole(period, late)
    months = period.months(today)
    tables, ratings = ((None, None), AnswerRatings()) if not months else _tables(months, today, smallest)
    return CaseFigures(
        period=period,
        total=_rated(total, ratings.total),
        months=by_month,
        units=tables[0],
        categories=tables[1],
        late=late,
        smallest=smallest,
        counted_at=timezone.now(),
    )


def counts_between(first: date, last: date, *, today: date) -> Counts:
    """Return what the whole agency received, answered and left late between two days; two statements."""
    counts = Counts()
    for _scope, _key, measure, _day, count in CaseTally.objects.whole().of_days(first, last).cells():
        if measure != M.RUNNING:
            counts.add(measure, count)
    late = CaseTally.objects.whole().overdue(today).of_days(first, last).cells()
    counts.open_late = sum(count for *_cell, count in late)
    return counts


def median(waits: Iterable[tuple[int, int]]) -> float | int | None:
    """Return the middle of days waited, each given with how often; None of nothing."""
    counted = list(waits)
    total = sum(count for _days, count in counted)
    if not total:
        return None
    low, high = _nth(counted, (total + 1) // 2), _nth(counted, total // 2 + 1)
    middle = (low + high) / 2
    return int(middle) if middle == int(middle) else middle


def _nth(waits: list[tuple[int, int]], place: int) -> int:
    for days, count in waits:
        place -= count
        if place <= 0:
            return days
    return waits[-1][0]


def _whole(period: Period, late: Iterable[LateDay]) -> tuple[FigureRow, tuple[FigureRow, ...]]:
    """The whole agency, and by month; these numbers are never hidden, they say nothing about anybody (ADR 0021)."""
    rows = CaseTally.objects.whole().of_days(period.starts_on, period.ends_on)
    total = Counts()
    months: dict[date, Counts] = defaultdict(Counts)
    for _scope, _key, measure, day, count in rows.cells():
        if measure != M.RUNNING:
            total.add(measure, count)
            months[day.replace(day=1)].add(measure, count)
    total.open_late = sum(day.count for day in late)
    total.waits = [(took, count) for _scope, _key, took, count in rows.waits()]
    by_month = (
        FigureRow(f"{month:%Y-%m}", f"{month:%m/%Y}", {"received": each.received, "answered": each.answered})
        for month, each in sorted(months.items())
    )
    return FigureRow("", str(_("Toàn cơ quan")), total.values()), tuple(by_month)


def _late_days(period: Period, today: date) -> tuple[LateDay, ...]:
    rows = CaseTally.objects.whole().overdue(today).of_days(period.starts_on, period.ends_on)
    days = ((day, count) for _scope, _key, _measure, day, count in rows.cells().order_by("day"))
    return tuple(LateDay(day, (today - day).days, count) for day, count in days)


# --- tables with small numbers hidden ---------------------------------------------------------------


class _History:
    """The counts of units or categories, by year and month: what is hidden depends on whole years."""

    def __init__(self) -> None:
        self.waits: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.counts: dict[tuple[int, str, int], list[int]] = defaultdict(lambda: [0] * _MONTHS)

    def add(self, measure: str, key: int, day: date, count: int) -> None:
        self.counts[day.year, measure, key][day.month - 1] += count

    def told(self, keys: Iterable[int], months: list[date], smallest: int) -> dict[str, set[int]]:
        """Return, for each figure, the rows of which it may be told for ``months``."""
        wanted = list(keys)
        pieces = _pieces(months)
        found = {name: set(wanted) for name in _TOLD_BY}
        for year, (first, last) in pieces.items():
            for name, measures in _TOLD_BY.items():
                rows = {key: [self.counts[year, measure, key] for measure in measures] for key in wanted}
                cuts = safe_cuts(rows, smallest=smallest)
                found[name] = {key for key in found[name] if is_told(cuts[key], first, last)}
        return found

    def of(self, key: int, months: list[date]) -> Counts:
        counts = Counts()
        for month in months:
            for measure in ("received", "answered", "on_time", "open_late", "reopened"):
                counts.add(measure, self.counts[month.year, measure, key][month.month - 1])
        return counts


def _pieces(months: list[date]) -> dict[int, tuple[int, int]]:
    """Return the borders of the period in each of its years."""
    found: dict[int, tuple[int, int]] = {}
    for month in months:
        first = found.get(month.year, (month.month - 1, 0))[0]
        found[month.year] = (first, month.month)
    return found


def _rated(row: FigureRow, rating: PartRating | None) -> FigureRow:
    """Return the row with what senders said of its answers, or that this is hidden."""
    hidden = (*row.hidden, "rating_mean") if rating is not None and rating.hidden else row.hidden
    return replace(row, values=with_rating(row.values, rating), hidden=hidden)


def _tables(
    months: list[date], today: date, smallest: int
) -> tuple[tuple[tuple[FigureRow, ...], tuple[FigureRow, ...]], AnswerRatings]:
    histories = {str(TallyScope.UNIT): _History(), str(TallyScope.CATEGORY): _History()}
    years = date(months[0].year, 1, 1), date(months[-1].year, 12, 31)
    for scope, key, measure, day, count in CaseTally.objects.broken_down().of_days(*years).cells():
        if measure != M.RUNNING:
            histories[scope].add(measure, key, day, count)
        elif day < today:
            histories[scope].add("open_late", key, day, count)
    # Kept by the month: a period that ends today has the whole of its last month.
    for scope, key, took, count in CaseTally.objects.broken_down().of_days(months[0], months[-1]).waits():
        histories[scope].waits[key].append((took, count))
    units = [(0, "", str(_("Chưa rõ đơn vị"))), *Unit.objects.in_order().values_list("pk", "code", "name")]
    categories = list(Category.objects.in_order().values_list("pk", "code", "name"))
    keys, codes = [key for key, _code, _name in units], [code for _key, code, _name in categories]
    ratings = answer_ratings(months, units=keys, categories=codes, smallest=smallest)
    by_unit = _table(histories[str(TallyScope.UNIT)], units, months, smallest)
    by_category = _table(histories[str(TallyScope.CATEGORY)], categories, months, smallest)
    rated_units = tuple(_rated(row, ratings.units[key]) for key, row in zip(keys, by_unit, strict=True))
    rated_categories = tuple(_rated(row, ratings.categories[row.code]) for row in by_category)
    return (rated_units, rated_categories), ratings


def _table(
    history: _History, names: Sequence[tuple[int, str, str]], months: list[date], smallest: int
) -> tuple[FigureRow, ...]:
    told = history.told((key for key, _code, _name in names), months, smallest)
    rows = []
    for key, code, name in names:
        counts = history.of(key, months)
        counts.waits = history.waits.get(key, [])
        values = counts.values()
        hidden = {each for each in _TOLD_BY if key not in told[each]}
        if hidden & {"answered", "open_late"}:
            # A share to four digits gives its base away.
            hidden.add("answered_on_time")
        if "answered" in hidden:
            hidden.add("median_days")
        shown = {each: None if each in hidden else value for each, value in values.items()}
        rows.append(FigureRow(code, name, shown, tuple(each for each in KEYS if each in hidden)))
    return tuple(rows)
