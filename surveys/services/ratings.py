"""What several parts of a whole were rated, for apps that ask a survey about their own work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from surveys.enums import QuestionKind
from surveys.models import Question, ResponseTally, Survey
from surveys.services.estimates import mean_of
from surveys.services.told import RESPONSES, WHOLE, Node, Told, unit_node


@dataclass(frozen=True)
class PartRating:
    """How often a part was rated, and the mean level; with ``hidden`` neither is told."""

    n: int | None = 0
    mean: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Ratings:
    """The whole, its units, and what it was about."""

    total: PartRating
    units: Mapping[int, PartRating]
    abouts: Mapping[str, PartRating]


def ratings_of_kind(
    kind: str, months: Sequence[date], *, units: Sequence[int], abouts: Sequence[str], smallest: int
) -> Ratings:
    """Return the answers to the leading question of all surveys of ``kind``, in two statements.

    Args:
        kind: of the surveys; an earlier survey that asked by the same key counts too.
        months: first days of the months of a period.
        units: keys of the units that make up the whole, 0 for responses about none.
        abouts: what else responses are about, together the whole; what is counted beside them is a part of it too.
        smallest: the least count that is told; what could be subtracted from others is hidden as well.

    """
    years = date(months[0].year, 1, 1), date(months[-1].year, 12, 31)
    rows = ResponseTally.objects.filter(survey__kind=kind, key=_lead_key(kind)).of_months(*years)
    cells = list(rows.cells())
    counted = [
        ((WHOLE, unit_node(unit_key), ("about", about)), month, {RESPONSES: (0, {choice: n}) if choice else (n, {})})
        for _key, choice, unit_key, about, month, n in cells
    ]
    # A part that is not asked about could else be had by subtracting all that are.
    every_unit = dict.fromkeys([*units, *(cell[2] for cell in cells)])
    every_about = dict.fromkeys([*abouts, *(cell[3] for cell in cells)])
    parts: list[list[Node]] = [[*map(unit_node, every_unit)], [("about", about) for about in every_about]]
    told = Told(counted, tree={WHOLE: parts}, smallest=smallest)
    return Ratings(
        total=_part(told, WHOLE, months),
        units={key: _part(told, unit_node(key), months) for key in units},
        abouts={about: _part(told, ("about", about), months) for about in abouts},
    )


def ratings_mark(kind: str) -> int:
    """Return a number that grows with every response to a survey of ``kind``; copies of figures are known by it."""
    rows = ResponseTally.objects.filter(survey__kind=kind, key="", choice="")
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)


def _lead_key(kind: str) -> str:
    current = Survey.objects.filter(kind=kind, current__isnull=False).newest().values("current")[:1]
    lead = Question.objects.filter(section__version__in=current, kind=QuestionKind.SCORE)
    return str(lead.order_by("section__sort_order", "sort_order", "pk").values_list("key", flat=True).first() or "-")


def _part(told: Told, node: Node, months: Sequence[date]) -> PartRating:
    cell = told.cell(RESPONSES, node, months)
    return PartRating(None, None, hidden=True) if cell is None else PartRating(cell.n, mean_of(cell.levels))
