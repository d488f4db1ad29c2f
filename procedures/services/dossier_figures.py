"""The figures of a period on dossiers, as the official form has them. Read from counts, never from a dossier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import AgencySettings, Unit
from cms.core.periods import Period
from procedures.enums import ApologyReason, DossierChannel, TallyMeasure, TallyScope
from procedures.figures import RECEIVED, RESOLVED, DossierCounts, Sums, as_of, counts_from, figure_values
from procedures.models import Apology, DossierReport, DossierTally, ProcedureField
from procedures.services.dossier_ratings import DossierRatings, dossier_ratings
from surveys.services.ratings import PartRating

COUNTS = (
    *("received", "received_in_period", "received_online", "received_offline", "received_direct", "received_post"),
    *("carried_over", "resolved", "early", "on_time", "late", "withdrawn"),
    *("in_progress", "in_progress_on_time", "in_progress_late"),
)
SHARES = ("resolved_share", "early_share", "on_time_share", "late_share", "in_time_share")
KEYS = (*COUNTS, *SHARES, "rating_mean")
_NOTHING = PartRating()


@dataclass(frozen=True)
class FigureRow:
    """One line of a table. Counts are never hidden (ADR 0043); what people said may be."""

    code: str
    name: str
    counts: DossierCounts
    rating: PartRating = _NOTHING

    @property
    def values(self) -> dict[str, Any]:
        """The figures under their public keys; None where there is nothing to make one of."""
        mean = self.rating.mean
        return {**figure_values(self.counts), "rating_mean": None if mean is None else round(mean, 2)}

    @property
    def hidden(self) -> tuple[str, ...]:
        return ("rating_mean",) if self.rating.hidden else ()


@dataclass(frozen=True)
class MonthRow:
    """What came and what was resolved in one month."""

    month: date
    received_in_period: int = 0
    resolved: int = 0
    late: int = 0


@dataclass(frozen=True)
class CauseRow:
    """How many letters of apology for lateness gave one class of reason."""

    code: str
    name: str
    letters: int


@dataclass(frozen=True)
class DossierFigures:
    """Everything that is told of one period. The three tables are None when it is not of whole months."""

    period: Period
    total: FigureRow
    months: tuple[MonthRow, ...]
    units: tuple[FigureRow, ...] | None
    fields: tuple[FigureRow, ...] | None
    channels: tuple[FigureRow, ...] | None
    causes: tuple[CauseRow, ...]
    reports: tuple[DossierReport, ...]
    smallest: int
    counted_at: datetime

    @property
    def is_only_stated(self) -> bool:
        """Whether there were dossiers, of which the portal knows no more than what reports stated."""
        return self.total.counts.is_empty and any(report.received for report in self.reports)


def dossier_figures(period: Period, *, today: date | None = None) -> DossierFigures:
    """Return the figures of ``period``; a constant number of statements, whatever the number of dossiers."""
    today = today or timezone.localdate()
    smallest = AgencySettings.load().smallest_cell
    total = whole_between(period.starts_on, period.ends_on, today=today)
    months = period.months(today)
    ratings = dossier_ratings(months, smallest=smallest)
    units = fields = channels = None
    if months:
        units, fields, channels = _tables(period, today, ratings)
    return DossierFigures(
        period=period,
        total=FigureRow("", str(_("Toàn cơ quan")), total, ratings.total),
        months=_months(period),
        units=units,
        fields=fields,
        channels=channels,
        causes=_causes(period),
        reports=tuple(DossierReport.objects.public().of_period(period.key)) if period.key else (),
        smallest=smallest,
        counted_at=timezone.now(),
    )


def whole_between(first: date, last: date, *, today: date) -> DossierCounts:
    """Return the line of the whole agency between two days; one statement."""
    rows = DossierTally.objects.whole().lines(first, last, as_of(last, today))
    return _lines(rows)[str(TallyScope.ALL), ""]


def _lines(rows: Iterable[tuple[str, str, str, int, int, int]]) -> Mapping[tuple[str, str], DossierCounts]:
    """Return a line of the form for each scope and key that ``rows`` are of."""
    before: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    within: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    overrun: dict[tuple[str, str], int] = defaultdict(int)
    for scope, key, measure, earlier, inside, over in rows:
        before[scope, key][measure], within[scope, key][measure] = earlier, inside
        if measure == TallyMeasure.OVERRUN:
            overrun[scope, key] = over
    found: dict[tuple[str, str], DossierCounts] = defaultdict(DossierCounts)
    for line, past in before.items():
        found[line] = counts_from(Sums(past, within[line], overrun[line]))
    return found


def _tables(
    period: Period, today: date, ratings: DossierRatings
) -> tuple[tuple[FigureRow, ...], tuple[FigureRow, ...], tuple[FigureRow, ...]]:
    first, last = period.starts_on, period.ends_on
    lines = _lines(DossierTally.objects.broken_down().lines(first, last, as_of(last, today)))
    units = [(str(pk), code, name) for pk, code, name in Unit.objects.in_order().values_list("pk", "code", "name")]
    fields = [(str(pk), str(pk), name) for pk, name in ProcedureField.objects.in_order().values_list("pk", "name")]
    fields.append(("", "", str(_("Chưa rõ lĩnh vực"))))
    ways = [(str(way), str(way), str(way.label)) for way in DossierChannel]

    def table(scope: TallyScope, names: list[tuple[str, str, str]], rated: Mapping[str, PartRating]) -> Any:
        rows = ((key, code, name, lines[str(scope), key]) for key, code, name in names)
        return tuple(
            FigureRow(code, name, counts, rated.get(key, _NOTHING))
            for key, code, name, counts in rows
            if not counts.is_empty
        )

    return (
        table(TallyScope.UNIT, units, ratings.units),
        table(TallyScope.FIELD, fields, ratings.fields),
        table(TallyScope.CHANNEL, ways, {}),
    )


def _months(period: Period) -> tuple[MonthRow, ...]:
    """What came and was resolved, month by month; a month at an edge counts its days in the period."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for month, measure, count in DossierTally.objects.whole().by_month(period.starts_on, period.ends_on):
        if measure in RECEIVED:
            found[month]["received_in_period"] += count
        if measure in RESOLVED:
            found[month]["resolved"] += count
        if measure == TallyMeasure.LATE:
            found[month]["late"] += count
    return tuple(MonthRow(month, **counts) for month, counts in sorted(found.items()))


def _causes(period: Period) -> tuple[CauseRow, ...]:
    """Why dossiers were late, as the letters of the period that still hold say; the most frequent first."""
    letters = Apology.objects.standing().in_late_kinds().sent_within(period).by_reason()
    rows = (
        CauseRow(reason, str(ApologyReason(reason).label), letters[reason])
        for reason in ApologyReason.values
        if reason in letters
    )
    return tuple(sorted(rows, key=lambda row: -row.letters))
