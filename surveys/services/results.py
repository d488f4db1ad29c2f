"""What the responses of a period say, read from counts. Small numbers are hidden so that none can be subtracted."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cms.core.disclosure import is_told, safe_cuts
from cms.core.models import AgencySettings, Unit
from cms.core.periods import Period
from surveys.enums import LEVELS, QuestionKind
from surveys.models import Question, ResponseTally, Survey
from surveys.services.estimates import Estimate, estimate, mean_of
from surveys.services.plan import is_counted, plan_of

_YEAR = 12
_TWIN = "twin"


@dataclass(frozen=True)
class ChoiceCount:
    """How many chose one thing."""

    code: str
    label: str
    count: int
    share: float


@dataclass(frozen=True)
class QuestionResult:
    """One line of the table. With ``hidden`` nothing of it is told but that there is something."""

    key: str
    label: str
    kind: str
    n: int | None
    missing: int | None
    choices: tuple[ChoiceCount, ...] = ()
    estimate: Estimate | None = None
    hidden: bool = False

    @property
    def levels(self) -> dict[str, int]:
        return {choice.code: choice.count for choice in self.choices}


@dataclass(frozen=True)
class UnitResult:
    """What people said of one unit in answer to the leading question."""

    unit_id: int
    name: str
    n: int | None
    estimate: Estimate | None
    hidden: bool


@dataclass(frozen=True)
class SurveyResults:
    """Everything that is told of one period; nothing when it is not made of ``whole_months``."""

    survey: Survey
    period: Period
    responses: int | None
    questions: tuple[QuestionResult, ...]
    units: tuple[UnitResult, ...]
    smallest: int
    whole_months: bool


class History:
    """Counts by row and month of the years of a period: what is hidden depends on whole years (ADR 0021)."""

    def __init__(self, months: Sequence[date], smallest: int) -> None:
        self.months, self.smallest = list(months), smallest
        self._n: dict[tuple[Hashable, int], list[int]] = defaultdict(lambda: [0] * _YEAR)
        self._levels: dict[Hashable, Counter[str]] = defaultdict(Counter)
        self._asked = set(self.months)

    def add_base(self, row: Hashable, month: date, count: int) -> None:
        """Add to how many answered at all."""
        self._n[row, month.year][month.month - 1] += count

    def add_level(self, row: Hashable, month: date, choice: str, count: int) -> None:
        """Add to how many chose one thing; months outside the period only decide what is hidden."""
        if month in self._asked:
            self._levels[row][choice] += count

    def n(self, row: Hashable) -> int:
        return sum(self._n[row, month.year][month.month - 1] for month in self.months)

    def levels(self, row: Hashable) -> Mapping[str, int]:
        return self._levels[row]

    def told(self, rows: Iterable[Hashable]) -> set[Hashable]:
        """Return the rows of a table whose counts may be told: none of them can be had by subtracting others."""
        wanted = list(rows)
        found = set(wanted)
        for year in {month.year for month in self.months}:
            mine = [month.month for month in self.months if month.year == year]
            cuts = safe_cuts({row: [self._n[row, year]] for row in wanted}, smallest=self.smallest)
            found = {row for row in found if is_told(cuts[row], mine[0] - 1, mine[-1])}
        return found

    def is_told_alone(self, row: Hashable) -> bool:
        """Say whether a row that stands in no table may be told: a twin keeps it company."""
        found = True
        for year in {month.year for month in self.months}:
            mine = [month.month for month in self.months if month.year == year]
            months = [self._n[row, year]]
            cuts = safe_cuts({row: months, _TWIN: months}, smallest=self.smallest)
            found = found and is_told(cuts[row], mine[0] - 1, mine[-1])
        return found


def survey_results(
    survey: Survey, period: Period, *, unit_ids: Iterable[int] | None = None, unit_id: int | None = None,
    today: date | None = None,
) -> SurveyResults:  # fmt: skip
    """Return the results of ``period``; a constant number of statements, whatever the number of responses.

    Args:
        survey: with its current version.
        period: of whole months; of any other nothing is told.
        unit_ids: units of which lines are returned; None for all.
        unit_id: tell the questions of this unit alone.
        today: for tests.

    """
    smallest = AgencySettings.load().smallest_cell
    months = period.months(today or timezone.localdate())
    questions = _questions(survey)
    if not months:
        return SurveyResults(survey, period, None, (), (), smallest, whole_months=False)
    history = _read(survey, months, smallest)
    units = list(Unit.objects.in_order().values_list("pk", "name"))
    keys = [pk for pk, _name in units] + [0]
    lines = tuple(_question(history, each, keys, unit_id) for each in questions if is_counted(each))
    responses = _base(history, "", keys, unit_id)
    lead = next((each for each in questions if each.kind == QuestionKind.SCORE), None)
    return SurveyResults(
        survey=survey,
        period=period,
        responses=responses,
        questions=lines,
        units=tuple(_units(history, lead, units, unit_ids)) if lead else (),
        smallest=smallest,
        whole_months=True,
    )


def _questions(survey: Survey) -> tuple[Question, ...]:
    return plan_of(survey.current).questions if survey.current else ()


def _read(survey: Survey, months: Sequence[date], smallest: int) -> History:
    """Read the counts of whole years: rows are (key, unit), and (key, None) for all units together."""
    history = History(months, smallest)
    years = date(months[0].year, 1, 1), date(months[-1].year, 12, 31)
    for key, choice, unit_key, _about, month, count in (
        ResponseTally.objects.filter(survey=survey).of_months(*years).cells()
    ):
        for row in ((key, unit_key), (key, None)):
            if choice:
                history.add_level(row, month, choice, count)
            else:
                history.add_base(row, month, count)
    return history


def _base(history: History, key: str, units: Sequence[int], unit_id: int | None) -> int | None:
    return history.n((key, unit_id)) if _is_told(history, key, units, unit_id) else None


def _is_told(history: History, key: str, units: Sequence[int], unit_id: int | None) -> bool:
    if unit_id is None:
        return history.is_told_alone((key, None))
    return (key, unit_id) in history.told((key, each) for each in units)


def _question(history: History, question: Question, units: Sequence[int], unit_id: int | None) -> QuestionResult:
    row = (question.key, unit_id)
    n = history.n(row)
    if not _is_told(history, question.key, units, unit_id):
        return QuestionResult(question.key, question.label, question.kind, None, None, hidden=True)
    responses = _base(history, "", units, unit_id)
    missing = None if responses is None else responses - n
    if missing is not None and 0 < missing < history.smallest:
        missing = None
    return QuestionResult(
        key=question.key,
        label=question.label,
        kind=question.kind,
        n=n,
        missing=missing,
        choices=_choices(question, history.levels(row), n),
        estimate=_estimate(question, history.levels(row)),
    )


def _choices(question: Question, levels: Mapping[str, int], n: int) -> tuple[ChoiceCount, ...]:
    known = dict(question.counted) or {"1": question.label}
    # What an earlier version let people choose is told by its code.
    labels = {**known, **{code: code for code in levels if code not in known}}
    return tuple(
        ChoiceCount(code, str(label), levels.get(code, 0), levels.get(code, 0) / n if n else 0.0)
        for code, label in labels.items()
    )


def _estimate(question: Question, levels: Mapping[str, int]) -> Estimate | None:
    if question.kind == QuestionKind.SCORE:
        return estimate(levels)
    if question.kind in LEVELS:
        return Estimate(sum(levels.values()), mean_of(levels), None, None, None)
    return None


def _units(
    history: History, lead: Question, units: Sequence[tuple[int, str]], unit_ids: Iterable[int] | None
) -> Iterable[UnitResult]:
    told = history.told((lead.key, pk) for pk in [*(pk for pk, _name in units), 0])
    wanted = None if unit_ids is None else set(unit_ids)
    for pk, name in units:
        row = (lead.key, pk)
        is_told_here, n = row in told, history.n(row)
        # A unit without a response is left out only when that may be known.
        if (wanted is not None and pk not in wanted) or (is_told_here and not n):
            continue
        if is_told_here:
            yield UnitResult(pk, name, n, estimate(history.levels(row)), hidden=False)
        else:
            yield UnitResult(pk, name, None, None, hidden=True)


def result_record(line: QuestionResult) -> dict[str, Any]:
    """Return a line for programs: shares as fractions, nothing of what is hidden (DESIGN §4)."""
    found = line.estimate
    return {
        "key": line.key,
        "label": line.label,
        "n": line.n,
        "missing": line.missing,
        "levels": " ".join(f"{choice.code}={choice.count}" for choice in line.choices) if not line.hidden else None,
        "top2": _rounded(found.top2 if found else None),
        "mean": _rounded(found.mean if found else None),
        "wilson_low": _rounded(found.wilson_low if found else None),
        "wilson_high": _rounded(found.wilson_high if found else None),
        "hidden": line.hidden,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
