"""Which counts of a survey may be told, and the only way to them: what is hidden here cannot be had from here.

A survey is counted by question, by month, and in a tree: the agency, its levels (kinds of unit), their units. A *cell*
is one question at one place of the tree over a stretch of months. It is told when neither it nor anything that can be
subtracted from it is a small number (ADR 0050):

* the agency is cut into stretches of months by what it has itself; its levels within these stretches, the units of a
  level within those of the level; so no part is ever told where its whole is not;
* a question is cut within the stretches in which the number of responses is told at the same place, and not where
  people responded and nobody answered it: such a nought would say that all its answers lie elsewhere;
* a question is told of a part in the stretches of its responses, or not at all in that year;
* hidden parts of a told whole are at least two, and have together as many as may be told.

A part of a year that was published is cut for itself, and so is the rest (``services.closing``).

Everything that results say – indices, margins, ranks, trends, missing answers – is reckoned from told cells alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cms.core.disclosure import YEAR_ORDER, is_told, own_cuts, part_cuts

YEAR = 12
RESPONSES = ""  # the key under which whole responses are counted
Node = tuple[str, str | int]
WHOLE: Node = ("whole", "")
Counts = Mapping[str, tuple[int, Mapping[str, int]]]
Tree = Mapping[Node, Sequence[Sequence[Node]]]
NOTHING: frozenset[int] = frozenset()
Stretch = tuple[int, int]  # of the months of a year, from border to border


def kind_node(kind: str) -> Node:
    """Return the place of all units of one kind."""
    return ("kind", kind)


def unit_node(unit: int) -> Node:
    """Return the place of one unit; 0 for what is about none."""
    return ("unit", unit)


def kinds_counted(kinds: Mapping[int, str], counted: Iterable[int]) -> dict[int, str]:
    """Return the kind of every unit of a tree: of those there are, of none (0), of those that are gone but counted.

    Always in one order: which of two equal parts is hidden depends on it, and every table has to hide the same one.
    """
    gone = sorted(set(counted) - kinds.keys() - {0})
    return {0: "", **kinds, **dict.fromkeys(gone, "")}


def unit_tree(kinds: Mapping[int, str]) -> Tree:
    """Return the tree of the agency, its kinds of unit, and their units, given the kind of each."""
    by_kind: dict[str, list[Node]] = defaultdict(list)
    for unit, kind in kinds.items():
        by_kind[kind].append(unit_node(unit))
    return {WHOLE: [list(map(kind_node, by_kind))]} | {kind_node(kind): [units] for kind, units in by_kind.items()}


@dataclass(frozen=True)
class Cell:
    """What is told: how many answered, and how many of them chose what."""

    n: int
    levels: Mapping[str, int]


class Told:
    """The told cells of one survey.

    Args:
        rows: the places that a count belongs to, first day of the month, and by key how many answered and what they
            chose; of every month of the years that are asked about, for what is hidden depends on whole years.
        tree: for every place that has parts, each way in which it has them; together they are the place. Parts
            without a response belong in it too.
        smallest: the least count above nought that may be told.
        borders: by year, between which months a part of it was published for itself (``services.closing``).

    """

    def __init__(
        self,
        rows: Iterable[tuple[Sequence[Node], date, Counts]],
        *,
        tree: Tree,
        smallest: int,
        borders: Mapping[int, frozenset[int]] | None = None,
    ) -> None:
        self.tree, self.smallest, self.borders = tree, smallest, borders or {}
        self._n: dict[tuple[str, Node, int], list[int]] = defaultdict(lambda: [0] * YEAR)
        self._rows: dict[tuple[Node, date], list[Counts]] = defaultdict(list)
        self._cuts: dict[tuple[str, int, Stretch], dict[Node, frozenset[int]]] = defaultdict(dict)
        self._wholes = {node: whole for whole, ways in tree.items() for nodes in ways for node in nodes}
        for nodes, month, counts in rows:
            self._add(nodes, month, counts)

    def _add(self, nodes: Sequence[Node], month: date, counts: Counts) -> None:
        year, place = month.year, month.month - 1
        for node in nodes:
            self._rows[node, month].append(counts)
            for key, (n, _levels) in counts.items():
                self._n[key, node, year][place] += n

    def cell(self, key: str, node: Node, months: Sequence[date]) -> Cell | None:
        """Return what ``months`` in a row say; None when it is hidden."""
        if not months or not self.is_told(key, node, months):
            return None
        levels: Counter[str] = Counter()
        for month in months:
            for counts in self._rows.get((node, month), ()):
                for choice, count in counts[key][1].items() if key in counts else ():
                    levels[choice] += count
        return Cell(self._sum(key, node, months), levels)

    def is_told(self, key: str, node: Node, months: Sequence[date]) -> bool:
        """Say whether the sum of ``months`` in a row may be told."""
        for year in {month.year for month in months}:
            mine = [month.month for month in months if month.year == year]
            for start, end in self._stretches(year):
                first, last = max(start, min(mine) - 1), min(end, max(mine))
                if first < last and not is_told(self.cuts(key, node, year, (start, end)), first, last):
                    return False
        return True

    def _stretches(self, year: int) -> list[Stretch]:
        """Return the parts of ``year`` that are cut each for itself: one, unless a part of it was published."""
        return list(pairwise([0, *sorted(self.borders.get(year, ())), YEAR]))

    def around(self, key: str, node: Node, month: date) -> list[date]:
        """Return the months of the shortest told stretch around ``month``; nothing where it is hidden all year."""
        stretch = next(each for each in self._stretches(month.year) if each[0] < month.month <= each[1])
        cuts = self.cuts(key, node, month.year, stretch)
        before = [cut for cut in cuts if cut < month.month]
        after = [cut for cut in cuts if cut >= month.month]
        if not before or not after:
            return []
        return [date(month.year, number + 1, 1) for number in range(max(before), min(after))]

    def cuts(self, key: str, node: Node, year: int, stretch: Stretch) -> frozenset[int]:
        """Return between which borders of the months of a stretch a place is told; none for one that there is not."""
        found = self._cuts[key, year, stretch]
        if node not in found:
            if node == WHOLE:
                within, outer = None, None
                if key != RESPONSES:
                    within = _moved(self.cuts(RESPONSES, WHOLE, year, stretch), -stretch[0])
                    outer = self._part(RESPONSES, WHOLE, year, stretch)
                own = own_cuts(
                    [self._part(key, WHOLE, year, stretch)],
                    smallest=self.smallest, order=_order(stretch), within=within, outer=outer,
                )  # fmt: skip
                found[WHOLE] = _moved(own, stretch[0])
            elif node in self._wholes:
                self._cut_parts(key, self._wholes[node], year, stretch)
        return found.get(node, NOTHING)

    def _cut_parts(self, key: str, whole: Node, year: int, stretch: Stretch) -> None:
        """Cut every part of ``whole``: whether one is told depends on the others."""
        borders = _moved(self.cuts(key, whole, year, stretch), -stretch[0])
        for nodes in self.tree[whole]:
            rows = {node: [self._part(key, node, year, stretch)] for node in nodes}
            base, outer = None, None
            if key != RESPONSES:
                base = {node: _moved(self.cuts(RESPONSES, node, year, stretch), -stretch[0]) for node in nodes}
                outer = {node: self._part(RESPONSES, node, year, stretch) for node in nodes if node in self.tree}
            found = part_cuts(
                rows, smallest=self.smallest, whole=borders, within=base, outer=outer,
                bends=key == RESPONSES, order=_order(stretch),
            )  # fmt: skip
            self._cuts[key, year, stretch] |= {node: _moved(cuts, stretch[0]) for node, cuts in found.items()}

    def _part(self, key: str, node: Node, year: int, stretch: Stretch) -> list[int]:
        return self._year(key, node, year)[stretch[0] : stretch[1]]

    def _year(self, key: str, node: Node, year: int) -> list[int]:
        return self._n.get((key, node, year)) or [0] * YEAR

    def _sum(self, key: str, node: Node, months: Sequence[date]) -> int:
        return sum(self._year(key, node, month.year)[month.month - 1] for month in months)


def _moved(cuts: Iterable[int], by: int) -> frozenset[int]:
    """Return borders counted from another month."""
    return frozenset(cut + by for cut in cuts)


def _order(stretch: Stretch) -> list[int]:
    """Return in which order a stretch is cut, counted from its first month: what offices report by goes first."""
    start, end = stretch
    return [border - start for border in YEAR_ORDER if start < border < end]
