"""What the sample stands for, and what was to be reached: strata with their populations, targets with the figures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.periods import Period
from surveys.enums import ChannelKind, TargetMeasure
from surveys.models import MonthTally, ResponseTally, Stratum, Survey, SurveyTarget
from surveys.services.index import Index
from surveys.services.told import RESPONSES, WHOLE, Node, Told, kind_node, unit_node
from surveys.services.weights import Group, Weighted, collapsed, joined, weighted

_QUARTER = 3


@dataclass(frozen=True)
class GroupLine:
    """One group of one quarter as it may be told: small ones stand together."""

    label: str
    quarter: date
    population: int
    n: int


class Sample:
    """The strata of the quarters of a period, and what each of them answered."""

    def __init__(
        self,
        quarters: Sequence[Sequence[date]],
        strata: Sequence[Stratum],
        rows: Sequence[tuple],
        places: Sequence[tuple[date, int, str]],
    ) -> None:
        self.quarters = quarters
        self._units: dict[date, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for month, unit, code in places:
            self._units[_quarter_of(month)][code].add(unit)
        self.labels = {stratum.code: stratum.label for stratum in strata}
        self._population = {(stratum.quarter, stratum.code): stratum.population for stratum in strata}
        self._counts: dict[date, list[tuple[str, Mapping]]] = defaultdict(list)
        for code, month, counts in rows:
            self._counts[_quarter_of(month)].append((code, counts))

    def weighted(self, key: str, told: Told) -> Weighted | None:
        """Return a criterion with weights; None unless each of its quarters may be told by itself."""
        found = self._groups(key, told)
        return weighted(found) if found else None

    def lines(self, told: Told) -> list[GroupLine]:
        """Return the groups with their sizes; nothing unless each quarter may be told by itself."""
        return [
            GroupLine(self._called(group), quarter, group.population, group.n)
            for quarter, group in self._by_quarter(RESPONSES, told)
        ]

    def _called(self, group: Group) -> str:
        kinds = {str(kind): str(label) for kind, label in ChannelKind.choices}
        return " + ".join(self.labels.get(code) or kinds.get(code) or code or "–" for code in group.codes)

    def _groups(self, key: str, told: Told) -> list[Group]:
        return [group for _quarter, group in self._by_quarter(key, told)]

    def _by_quarter(self, key: str, told: Told) -> list[tuple[date, Group]]:
        if not all(told.is_told(key, WHOLE, months) for months in self.quarters):
            return []
        return [
            (months[0], group)
            for months in self.quarters
            for group in collapsed(joined(self._of_quarter(key, months[0]), self._blocks(months, told)), told.smallest)
        ]

    def _blocks(self, months: Sequence[date], told: Told) -> list[frozenset[str]]:
        """Return which groups of a quarter stand together, so that none tells hidden units apart.

        A counter may be a group of its own, and everybody knows whose counter it is: its number beside those of the
        units that are told would say what the hidden ones have. A group of all hidden units, or of none, says nothing.
        """
        units = self._units[months[0]]
        counted = {unit for each in units.values() for unit in each}
        hidden = {unit for unit in counted if not told.is_told(RESPONSES, unit_node(unit), months)}
        touching = {code for code, each in units.items() if each & hidden}
        telling = any(not hidden <= units[code] for code in touching)
        return [frozenset(touching)] if telling else []

    def _of_quarter(self, key: str, quarter: date) -> list[Group]:
        n: Counter[str] = Counter()
        levels: dict[str, Counter[str]] = defaultdict(Counter)
        for code, counts in self._counts[quarter]:
            count, chosen = counts.get(key, (0, {}))
            n[code] += count
            levels[code].update(chosen)
        codes = {code for day, code in self._population if day == quarter} | {code for code in n if n[code]}
        return [
            Group((code,), self._population.get((quarter, code), 0), n[code], levels[code]) for code in sorted(codes)
        ]


def read_sample(survey: Survey, months: Sequence[date]) -> Sample | None:
    """Return the sample of a period of whole quarters; None where no populations are known. Three statements."""
    if months[0].month % _QUARTER != 1 or len(months) % _QUARTER:
        return None
    strata = list(Stratum.objects.filter(survey=survey, quarter__range=(months[0], months[-1])))
    if not strata:
        return None
    quarters = [months[start : start + _QUARTER] for start in range(0, len(months), _QUARTER)]
    rows = MonthTally.objects.filter(survey=survey).of_strata().between(months[0], months[-1])
    places = ResponseTally.objects.filter(survey=survey).of_months(months[0], months[-1]).whole_responses()
    return Sample(quarters, strata, list(rows.cells()), list(places.values_list("month", "unit_key", "stratum")))


def _quarter_of(month: date) -> date:
    return month.replace(month=month.month - (month.month - 1) % _QUARTER)


@dataclass(frozen=True)
class TargetResult:
    """A target beside what was reached. ``actual`` is None where it is hidden or nobody answered."""

    name: str
    code: str
    measure: str
    value: float
    actual: float | None
    low: float | None
    high: float | None
    source: str

    @property
    def reached(self) -> bool | None:
        return None if self.actual is None else self.actual >= self.value

    @property
    def is_clear(self) -> bool | None:
        """Say whether chance alone cannot have made it so; None where no bounds are known."""
        if self.low is None or self.high is None:
            return None
        return not self.low <= self.value <= self.high


def targets_met(
    survey: Survey, period: Period, index_of: Callable[[Node], Index | None], kind: str = "", unit: Unit | None = None
) -> tuple[TargetResult, ...]:
    """Return the targets of the year of ``period`` with what was reached; of one kind alone when it is named."""
    if unit is not None:
        return ()
    rows = SurveyTarget.objects.filter(survey=survey).order_by("unit_kind", "measure", "year")
    chosen: dict[tuple[str, str], SurveyTarget] = {}
    for row in rows:
        if row.year in {None, period.year} and (not kind or row.unit_kind == kind):
            previous = chosen.get((row.unit_kind, row.measure))
            # A target for one year goes before the one for every year.
            if previous is None or previous.year is None:
                chosen[row.unit_kind, row.measure] = row
    return tuple(
        _target(row, index_of(kind_node(row.unit_kind) if row.unit_kind else WHOLE)) for row in chosen.values()
    )


def _target(row: SurveyTarget, index: Index | None) -> TargetResult:
    is_share = row.measure == TargetMeasure.TOP2
    return TargetResult(
        name=str(UnitKind(row.unit_kind).label) if row.unit_kind else "",
        code=row.unit_kind,
        measure=row.measure,
        value=float(row.value) / 100 if is_share else float(row.value),
        actual=(index.top2 if is_share else index.mean) if index else None,
        low=index.wilson_low if index and is_share else None,
        high=index.wilson_high if index and is_share else None,
        source=row.source,
    )
