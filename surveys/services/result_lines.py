"""The parts of results as they are handed on: questions, factors, levels, units, quarters, everything of a period."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cms.core.models import Unit
from cms.core.periods import Period
from surveys.models import Survey, SurveyVersion
from surveys.services.choices import NOTHING_CHOSEN, Chosen
from surveys.services.estimates import Estimate
from surveys.services.index import Index, Place
from surveys.services.quotes import QuotedQuestion
from surveys.services.samples import GroupLine, TargetResult
from surveys.services.told import Told
from surveys.services.weights import Weighted
from surveys.services.wishes import Wishes


@dataclass(frozen=True)
class QuestionResult:
    """One line of the table. With ``hidden`` nothing of it is told but that there is something."""

    key: str
    label: str
    kind: str
    factor: str
    n: int | None
    missing: int | None
    chosen: Chosen = NOTHING_CHOSEN
    estimate: Estimate | None = None
    weighted: Weighted | None = None
    hidden: bool = False
    publishable: bool = True


@dataclass(frozen=True)
class FactorResult:
    """A section that makes a part of the index; without an index none of its criteria may be told."""

    key: str
    title: str
    index: Index | None


@dataclass(frozen=True)
class PartResult:
    """A level or a unit: how many responses, its index, its place among others."""

    code: str
    name: str
    n: int | None
    index: Index | None
    place: Place | None = None
    unit_id: int = 0
    kind: str = ""

    @property
    def hidden(self) -> bool:
        return self.index is None


@dataclass(frozen=True)
class QuarterResult:
    """One point of the trend."""

    key: str
    n: int | None
    index: Index | None


@dataclass(frozen=True)
class SurveyResults:
    """Everything that is told of one period; nothing when it is not made of ``whole_months``.

    ``running`` is the month of which nothing is told before it is over (ADR 0054); ``is_waiting`` says that the period
    has no earlier one.
    """

    survey: Survey
    period: Period
    smallest: int
    whole_months: bool
    running: date
    is_waiting: bool = False
    # What it was read from, for what is read of the same cells besides.
    told: Told | None = None
    months: tuple[date, ...] = ()
    kind_of: Mapping[int, str] = field(default_factory=dict)
    version: SurveyVersion | None = None
    unit: Unit | None = None
    kind: str = ""
    responses: int | None = None
    questions: tuple[QuestionResult, ...] = ()
    factors: tuple[FactorResult, ...] = ()
    overall: Index | None = None
    overall_weighted: Index | None = None
    kinds: tuple[PartResult, ...] = ()
    units: tuple[PartResult, ...] = ()
    trend: tuple[QuarterResult, ...] = ()
    targets: tuple[TargetResult, ...] = ()
    sample_lines: tuple[GroupLine, ...] = ()
    wishes: Wishes | None = None
    # Only ever on pages: words are taken back and erased in time, and no copy of a file would know.
    quotes: tuple[QuotedQuestion, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.responses == 0

    @property
    def told_until(self) -> date | None:
        """The last day of which anything is told, where the period goes on after it."""
        if not self.whole_months or self.period.ends_on < self.running:
            return None
        return self.running - timedelta(days=1)
