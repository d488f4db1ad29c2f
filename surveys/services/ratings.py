"""What several parts of a whole were rated, for apps that ask a survey about their own work.

The results of such a survey may be published too, and both stand side by side. So a cell is told here exactly where
the results tell it: by the same tree, the same counts and the same borders (``services.told``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from cms.core.models import Unit
from surveys.enums import QuestionKind
from surveys.models import Question, ResponseTally, Survey
from surveys.services.closing import Span, borders_of, running_month, spans_of_kind
from surveys.services.estimates import mean_of
from surveys.services.told import RESPONSES, WHOLE, Node, Told, kind_node, kinds_counted, unit_node, unit_tree


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
    """Return the answers to the leading question of all surveys of ``kind``; a constant number of statements.

    Several surveys are told one by one and then added: what any of them hides is in no sum.

    Args:
        kind: of the surveys; an earlier survey that asked by the same key counts too.
        months: first days of the months of a period.
        units: keys of the units that are asked about, 0 for responses about none.
        abouts: what else responses are about; what is counted beside them is a part of the whole too.
        smallest: the least count that is told; what could be subtracted from others is hidden as well.

    """
    years, key = (date(months[0].year, 1, 1), date(months[-1].year, 12, 31)), _lead_key(kind)
    cells = list(ResponseTally.objects.filter(survey__kind=kind).of_months(*years).cells_of_keys(RESPONSES, key))
    # Most offices read these figures long before anybody has rated anything.
    told, waiting = _each_told(kind, key, cells, abouts, smallest) if cells else ([], set())
    if waiting and min(months) >= min(waiting):
        later = PartRating(None, None, hidden=True)
        return Ratings(later, dict.fromkeys(units, later), dict.fromkeys(abouts, later))
    return Ratings(
        total=_part(told, key, WHOLE, months),
        units={unit: _part(told, key, unit_node(unit), months) for unit in units},
        abouts={about: _part(told, key, ("about", about), months) for about in abouts},
    )


def ratings_mark(kind: str) -> int:
    """Return a number that grows with every response to a survey of ``kind`` and with everything published of one.

    Copies of figures are known by it and by the day: on another day other months are over.
    """
    surveys = Survey.objects.filter(kind=kind).with_counts(ResponseTally.objects.all())
    counted = surveys.annotate(published=Count("snapshots")).values_list("responses", "published")
    return sum(responses + published for responses, published in counted)


class _Cell(NamedTuple):
    key: str
    choice: str
    unit: int
    about: str
    month: date
    times: int


def _each_told(
    kind: str, key: str, cells: Iterable[Sequence], abouts: Sequence[str], smallest: int
) -> tuple[list[Told], set[date]]:
    """Return what may be told of every survey of ``kind`` in which ``key`` was answered, and months not told yet."""
    running = running_month(timezone.localdate())
    kinds, spans = dict(Unit.objects.in_order().values_list("pk", "kind")), spans_of_kind(kind)
    rows, waiting = defaultdict[int, list[_Cell]](list), set[date]()
    for survey, *values in cells:
        cell = _Cell(*values)
        if cell.month < running:
            rows[survey].append(cell)
        else:
            waiting.add(cell.month)
    told = [
        _told(rows[survey], kinds, abouts, smallest, spans.get(survey, ()))
        for survey in sorted(rows)
        if any(cell.key == key for cell in rows[survey])
    ]
    return told, waiting


def _told(
    cells: Sequence[_Cell], kinds: Mapping[int, str], abouts: Iterable[str], smallest: int, published: Sequence[Span]
) -> Told:
    """Return what may be told of one survey; its results cut the same counts in the same tree, without the abouts."""
    kinds, counted = kinds_counted(kinds, (cell.unit for cell in cells)), []
    # A part that is not asked about could else be had by subtracting all that are.
    every_about = sorted({*abouts, *(cell.about for cell in cells)})
    for cell in cells:
        nodes = (WHOLE, kind_node(kinds[cell.unit]), unit_node(cell.unit), ("about", cell.about))
        counts = (0, {cell.choice: cell.times}) if cell.choice else (cell.times, {})
        counted.append((nodes, cell.month, {cell.key: counts}))
    tree = unit_tree(kinds)
    tree = {**tree, WHOLE: [*tree[WHOLE], [("about", about) for about in every_about]]}
    return Told(counted, tree=tree, smallest=smallest, borders=borders_of(published))


def _lead_key(kind: str) -> str:
    current = Survey.objects.filter(kind=kind, current__isnull=False).newest().values("current")[:1]
    lead = Question.objects.filter(section__version__in=current, kind=QuestionKind.SCORE)
    return str(lead.order_by("section__sort_order", "sort_order", "pk").values_list("key", flat=True).first() or "-")


def _part(surveys: Iterable[Told], key: str, node: Node, months: Sequence[date]) -> PartRating:
    """Return the sum of what every survey tells of a part; nothing where one of them hides it."""
    n, levels = 0, Counter[str]()
    for told in surveys:
        cell = told.cell(key, node, months)
        if cell is None:
            return PartRating(None, None, hidden=True)
        n += cell.n
        levels.update(cell.levels)
    return PartRating(n, mean_of(levels))
