"""What the responses of a period say: questions, factors, one figure, levels, units, quarters, targets, wishes.

Counts are read in a constant number of statements; everything is reckoned from cells that may be told
(``services.told``), so what is hidden has no way into any figure.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from cms.core.enums import UnitKind
from cms.core.models import AgencySettings, Unit
from cms.core.periods import Period
from surveys.enums import LEVELS, QuestionKind
from surveys.models import MonthTally, OpenWords, Question, ResultSnapshot, Section, Survey, SurveyVersion
from surveys.services.choices import chosen_told
from surveys.services.closing import Span, borders_of, months_told, published_spans, running_month
from surveys.services.estimates import Estimate, estimate, mean_of
from surveys.services.index import Index, factor_index, overall_index, ranking
from surveys.services.plan import Plan, is_counted, plan_of
from surveys.services.quotes import QuotedQuestion, quotes_of, words_read
from surveys.services.result_lines import FactorResult, PartResult, QuarterResult, QuestionResult, SurveyResults
from surveys.services.samples import read_sample, targets_met
from surveys.services.told import RESPONSES, WHOLE, Cell, Node, Told, kind_node, kinds_counted, unit_node, unit_tree
from surveys.services.weights import Weighted
from surveys.services.wishes import wishes_of


def survey_results(
    survey: Survey,
    period: Period,
    *,
    unit: Unit | None = None,
    kind: str = "",
    today: date | None = None,
    publishing: bool = False,
) -> SurveyResults:
    """Return the results of ``period``; a constant number of statements, whatever the number of responses.

    Args:
        survey: with its current version.
        period: of whole months; of any other nothing is told.
        unit: tell the questions of this unit alone.
        kind: or of the units of this kind alone.
        today: for tests.
        publishing: tell what may be told once the period is published; a record to be published is made so.

    """
    today = today or timezone.localdate()
    smallest, version = AgencySettings.load().smallest_cell, version_shown(survey)
    asked, running = period.months(today), running_month(today)
    months = months_told(asked or (), running)
    if not months or version is None:
        return SurveyResults(
            survey, period, smallest, whole_months=asked is not None, running=running, version=version, unit=unit,
            kind=kind, is_waiting=bool(asked) and not months,
        )  # fmt: skip
    reader = _Reader(survey, period, months, version, smallest=smallest, running=running, publishing=publishing)
    return reader.read(unit, kind)


def quotes_published(snapshot: ResultSnapshot, *, today: date | None = None) -> tuple[QuotedQuestion, ...]:
    """Return what may be quoted beside published figures; the figures themselves are read from their copy."""
    period = Period(snapshot.period, snapshot.starts_on, snapshot.ends_on)
    today = today or timezone.localdate()
    running = running_month(today)
    months, version = months_told(period.months(today) or (), running), version_shown(snapshot.survey)
    if not months or version is None:
        return ()
    quoted = OpenWords.objects.quoted().filter(response__version__survey=snapshot.survey)
    if not quoted.in_months(months[0], months[-1]).exists():
        return ()
    smallest = AgencySettings.load().smallest_cell
    reader = _Reader(snapshot.survey, period, months, version, smallest=smallest, running=running)
    return reader.quotes(unit_node(snapshot.unit_id) if snapshot.unit_id else WHOLE)


def words_of_results(found: SurveyResults, *, most: int, own: Iterable[int] | None = None) -> list[OpenWords]:
    """Return the words let through under ``found`` for those who read it in the office, in no order of time.

    Args:
        found: of a period, with what may be told of it.
        most: how many at the most.
        own: of these units alone, each as if it had been asked for by itself; None for everybody's.

    """
    if found.told is None:
        return []
    units = [found.unit.pk] if found.unit else own
    places = [WHOLE] if units is None else [unit_node(pk) for pk in units]
    return words_read(found.survey, found.told, places=places, months=found.months, kinds=found.kind_of, most=most)


def version_shown(survey: Survey) -> SurveyVersion | None:
    """Return the version by whose words results are told: the one in use, else the newest that was answered."""
    if survey.current_id:
        return survey.current
    return SurveyVersion.objects.frozen().filter(survey=survey).newest().first()


def criteria_of(plan: Plan) -> list[tuple[Section, list[Question]]]:
    """Return the factors of the index with their criteria.

    A criterion that is not published is in no index: from the index and the others it could be reckoned.
    """
    sections = (
        (section, [each for each in questions if each.kind == QuestionKind.SCORE and each.publishable])
        for section, questions in plan.sections
        if section.in_index
    )
    return [(section, criteria) for section, criteria in sections if criteria]


def told_of_survey(survey: Survey, period: Period) -> tuple[Told, dict[int, Unit]]:
    """Return what may be told of the years of ``period``, and the units by key; four statements."""
    units = list(Unit.objects.in_order())
    first, last = period.starts_on.replace(month=1, day=1), period.ends_on.replace(month=12, day=1)
    running, smallest = running_month(timezone.localdate()), AgencySettings.load().smallest_cell
    told = _told(survey, units, (first, last), smallest=smallest, published=published_spans(survey), running=running)
    return told, {unit.pk: unit for unit in units}


def _told(
    survey: Survey,
    units: Sequence[Unit],
    years: Span,
    *,
    smallest: int,
    published: Sequence[Span],
    running: date,
) -> Told:
    """Read the counts of whole years, for what is hidden depends on them; without the month that is still running."""
    read: list[tuple[tuple[Node, ...], date, Any]] = []
    rows = MonthTally.objects.filter(survey=survey).between(*years).before(running)
    # The whole is read from the groups of the sample: they are few, and units may be many.
    for _part, month, counts in rows.of_strata().cells():
        read.append(((WHOLE,), month, counts))
    of_units = [(int(part or 0), month, counts) for part, month, counts in rows.of_units().cells()]
    kinds = kinds_counted({unit.pk: unit.kind for unit in units}, (unit for unit, _month, _counts in of_units))
    for unit, month, counts in of_units:
        read.append(((kind_node(kinds[unit]), unit_node(unit)), month, counts))
    return Told(read, tree=unit_tree(kinds), smallest=smallest, borders=borders_of(published))


class _Reader:
    """Reads the counts once and makes every table of them."""

    def __init__(
        self,
        survey: Survey,
        period: Period,
        months: Sequence[date],
        version: SurveyVersion,
        *,
        smallest: int,
        running: date,
        publishing: bool = False,
    ) -> None:
        self.survey, self.period, self.months, self.version = survey, period, months, version
        self.smallest, self.running = smallest, running
        self.plan = plan_of(version)
        self.units = list(Unit.objects.in_order())
        self.sample = read_sample(survey, months)
        # The year before too: a trend wants something to be compared with.
        self.first = (
            date(months[-1].year - 1, 1, 1) if months[0].year == months[-1].year else months[0].replace(month=1)
        )
        published = published_spans(survey) + [(period.starts_on, period.ends_on)] * publishing
        years = (self.first, months[-1].replace(month=12))
        self.told = _told(survey, self.units, years, smallest=smallest, published=published, running=running)

    @property
    def kind_of(self) -> dict[int, str]:
        return {unit.pk: unit.kind for unit in self.units}

    @cached_property
    def factors(self) -> list[tuple[Section, list[Question]]]:
        return criteria_of(self.plan)

    def read(self, unit: Unit | None, kind: str) -> SurveyResults:
        """Return everything, of one unit or kind alone when it is named."""
        node = unit_node(unit.pk) if unit else kind_node(kind) if kind else WHOLE
        base = self.told.cell(RESPONSES, node, self.months)
        is_whole = node == WHOLE
        units = self._units(kind) if not unit else ()
        kinds = self._kinds() if is_whole else ()
        return SurveyResults(
            survey=self.survey,
            period=self.period,
            smallest=self.smallest,
            whole_months=True,
            running=self.running,
            told=self.told,
            months=tuple(self.months),
            kind_of=self.kind_of,
            version=self.version,
            unit=unit,
            kind=kind,
            responses=base.n if base else None,
            questions=tuple(self._question(*each, node, base) for each in self._counted()),
            factors=tuple(self._factor(*each, node) for each in self.factors),
            overall=self._index(node, self.months),
            overall_weighted=self._weighted_index() if is_whole else None,
            kinds=kinds,
            units=units,
            trend=self._trend(node),
            targets=targets_met(self.survey, self.period, lambda of: self._index(of, self.months), kind, unit),
            sample_lines=tuple(self.sample.lines(self.told)) if self.sample and is_whole else (),
            wishes=wishes_of(self.told, node, self.months, self.units if is_whole else ()),
            quotes=self.quotes(node),
        )

    def quotes(self, node: Node) -> tuple[QuotedQuestion, ...]:
        """Return what may be quoted of a place."""
        return quotes_of(self.survey, self.plan, self.told, node=node, months=self.months, kinds=self.kind_of)

    def _counted(self) -> Iterable[tuple[Section, Question]]:
        return ((section, each) for section, questions in self.plan.sections for each in questions if is_counted(each))

    def _question(self, section: Section, question: Question, node: Node, base: Cell | None) -> QuestionResult:
        cell = self.told.cell(question.key, node, self.months)
        facts: dict[str, Any] = {
            "key": question.key,
            "label": question.label,
            "kind": question.kind,
            "factor": section.key,
            "publishable": question.publishable,
        }
        if cell is None:
            return QuestionResult(**facts, n=None, missing=None, hidden=True)
        is_criterion = question.kind == QuestionKind.SCORE
        return QuestionResult(
            **facts,
            n=cell.n,
            missing=base.n - cell.n if base else None,
            chosen=chosen_told(question, cell, self.smallest),
            estimate=_estimate(question, cell.levels),
            weighted=self._weighted(question.key) if is_criterion and node == WHOLE else None,
        )

    def _criterion(self, key: str, node: Node, months: Sequence[date]) -> Estimate | None:
        cell = self.told.cell(key, node, months)
        return estimate(cell.levels) if cell else None

    def _factor(self, section: Section, criteria: Sequence[Question], node: Node) -> FactorResult:
        found = [self._criterion(each.key, node, self.months) for each in criteria]
        key = section.key or f"phan-{section.sort_order}"
        return FactorResult(key, section.title, factor_index(found, method=self.survey.index_method))

    def _index(self, node: Node, months: Sequence[date]) -> Index | None:
        found = [[self._criterion(each.key, node, months) for each in criteria] for _section, criteria in self.factors]
        return overall_index(found, method=self.survey.index_method)

    def _weighted(self, key: str) -> Weighted | None:
        return self.sample.weighted(key, self.told) if self.sample else None

    def _weighted_index(self) -> Index | None:
        found = [[_as_estimate(self._weighted(each.key)) for each in criteria] for _section, criteria in self.factors]
        return overall_index(found, method=self.survey.index_method)

    def _part(self, node: Node, **facts: object) -> PartResult | None:
        base = self.told.cell(RESPONSES, node, self.months)
        if base is not None and not base.n:
            return None  # that there is nothing may be known
        return PartResult(n=base.n if base else None, index=self._index(node, self.months), **facts)  # type: ignore[arg-type]

    def _kinds(self) -> tuple[PartResult, ...]:
        labels = {kind: str(name) for kind, name in UnitKind.choices}
        used = {unit.kind for unit in self.units}
        parts = (
            self._part(kind_node(kind), code=kind, name=labels[kind], kind=kind) for kind in labels if kind in used
        )
        return tuple(filter(None, parts))

    def _units(self, kind: str) -> tuple[PartResult, ...]:
        parts = [
            self._part(unit_node(unit.pk), code=unit.code, name=unit.name, unit_id=unit.pk, kind=unit.kind)
            for unit in self.units
            if not kind or unit.kind == kind
        ]
        found = [part for part in parts if part]
        indices: dict[Hashable, Index] = {part.unit_id: part.index for part in found if part.index}
        places = ranking(indices, least=self.survey.rank_least)
        return tuple(
            PartResult(part.code, part.name, part.n, part.index, places.get(part.unit_id), part.unit_id, part.kind)
            for part in found
        )

    def _trend(self, node: Node) -> tuple[QuarterResult, ...]:
        points: list[QuarterResult] = []
        for key, months in quarters_between(self.first, self.months[-1]):
            base = self.told.cell(RESPONSES, node, months)
            if not points and base is not None and not base.n:
                continue  # nothing was asked yet
            points.append(QuarterResult(key, base.n if base else None, self._index(node, months)))
        return tuple(points)


def quarters_between(first: date, last: date) -> list[tuple[str, list[date]]]:
    """Return the quarters from the one of ``first`` to the one of ``last``: key, and first days of its months."""
    found = []
    for number in range(first.year * 4 + (first.month - 1) // 3, last.year * 4 + (last.month - 1) // 3 + 1):
        year, quarter = divmod(number, 4)
        found.append((f"{year}-Q{quarter + 1}", [date(year, 3 * quarter + month, 1) for month in (1, 2, 3)]))
    return found


def _as_estimate(found: Weighted | None) -> Estimate | None:
    """Return a weighted criterion as one that has as many answers, worth fewer."""
    if found is None:
        return None
    return Estimate(found.n, found.mean, found.top2, found.low, found.high, found.n_effective)


def _estimate(question: Question, levels: Mapping[str, int]) -> Estimate | None:
    if question.kind == QuestionKind.SCORE:
        return estimate(levels)
    if question.kind in LEVELS:
        return Estimate(sum(levels.values()), mean_of(levels), None, None, None)
    return None
