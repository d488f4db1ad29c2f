"""Which counts of a survey may be told, and the only way to them: what is hidden here cannot be had from here.

A survey is counted by question, by month, and in a tree: the agency, its levels (kinds of unit), their units. A *cell*
is one question at one place of the tree over a stretch of months. It is told when neither it nor anything that can be
subtracted from it is a small number (ADR 0050):

* the agency is cut into stretches of months by what it has itself; its levels within these stretches, the units of a
  level within those of the level; so no part is ever told where its whole is not;
* a question is cut within the stretches in which the number of responses is told at the same place;
* hidden parts of a told whole are at least two, and have together as many as may be told.

Everything that results say – indices, margins, ranks, trends, missing answers – is reckoned from told cells alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cms.core.disclosure import is_told, own_cuts, part_cuts

YEAR = 12
RESPONSES = ""  # the key under which whole responses are counted
Node = tuple[str, str | int]
WHOLE: Node = ("whole", "")
Counts = Mapping[str, tuple[int, Mapping[str, int]]]
NOTHING: frozenset[int] = frozenset()


def kind_node(kind: str) -> Node:
    """Return the place of all units of one kind."""
    return ("kind", kind)


def unit_node(unit: int) -> Node:
    """Return the place of one unit; 0 for what is about none."""
    return ("unit", unit)


@dataclass(frozen=True)
class Cell:
    """What is told: how many answered, and how many of them chose what."""

    n: int
    levels: Mapping[str, int]


class Told:
    """The told cells of one survey.

    Args:
        rows: unit (0: none), first day of the month, and by key how many answered and what they chose; of every month
            of the years that are asked about, for what is hidden depends on whole years.
        kinds: the kind of every unit that there is, those without a response too.
        smallest: the least count above nought that may be told.

    """

    def __init__(self, rows: Iterable[tuple[int, date, Counts]], *, kinds: Mapping[int, str], smallest: int) -> None:
        self.kinds, self.smallest = {**kinds, 0: ""}, smallest
        self._n: dict[tuple[str, Node, int], list[int]] = defaultdict(lambda: [0] * YEAR)
        self._levels: dict[tuple[str, Node, date], Counter[str]] = defaultdict(Counter)
        self._cuts: dict[tuple[str, int], dict[Node, frozenset[int]]] = {}
        self._units = defaultdict(list)
        for unit, kind in self.kinds.items():
            self._units[kind].append(unit)
        for unit, month, counts in rows:
            if unit not in self.kinds:  # gone since; still a part of the whole
                self.kinds[unit] = ""
                self._units[""].append(unit)
            self._add(unit, month, counts)

    def _add(self, unit: int, month: date, counts: Counts) -> None:
        nodes = (WHOLE, kind_node(self.kinds[unit]), unit_node(unit))
        year, place = month.year, month.month - 1
        for key, (n, levels) in counts.items():
            for node in nodes:
                self._n[key, node, year][place] += n
                if levels:
                    found = self._levels[key, node, month]
                    for choice, count in levels.items():
                        found[choice] += count

    def cell(self, key: str, node: Node, months: Sequence[date]) -> Cell | None:
        """Return what ``months`` in a row say; None when it is hidden."""
        if not months or not self.is_told(key, node, months):
            return None
        levels: Counter[str] = Counter()
        for month in months:
            if found := self._levels.get((key, node, month)):
                levels.update(found)
        return Cell(self._sum(key, node, months), levels)

    def is_told(self, key: str, node: Node, months: Sequence[date]) -> bool:
        """Say whether the sum of ``months`` in a row may be told."""
        for year in {month.year for month in months}:
            mine = [month.month for month in months if month.year == year]
            if not is_told(self.cuts(key, year).get(node, NOTHING), min(mine) - 1, max(mine)):
                return False
        return True

    def nodes(self) -> list[Node]:
        """Return every place of the tree."""
        return [WHOLE, *map(kind_node, self._units), *map(unit_node, self.kinds)]

    def kinds_used(self) -> list[str]:
        """Return the kinds that have a response in any year that was read."""
        return [kind for kind in self._units if any(self._has(kind_node(kind), year) for year in self._years())]

    def cuts(self, key: str, year: int) -> dict[Node, frozenset[int]]:
        """Return for every place of the tree between which borders of months it is told."""
        if (key, year) not in self._cuts:
            self._cuts[key, year] = self._cut(key, year)
        return self._cuts[key, year]

    def _cut(self, key: str, year: int) -> dict[Node, frozenset[int]]:
        base = self.cuts(RESPONSES, year) if key != RESPONSES else None
        whole = own_cuts([self._year(key, WHOLE, year)], smallest=self.smallest, within=base and base[WHOLE])
        found = {WHOLE: whole}
        found |= self._parts(key, year, [kind_node(kind) for kind in self._units], whole, base)
        for kind, units in self._units.items():
            found |= self._parts(key, year, [unit_node(unit) for unit in units], found[kind_node(kind)], base)
        return found

    def _parts(
        self,
        key: str,
        year: int,
        nodes: Sequence[Node],
        whole: frozenset[int],
        base: Mapping[Node, frozenset[int]] | None,
    ) -> dict[Node, frozenset[int]]:
        rows = {node: [self._year(key, node, year)] for node in nodes}
        return part_cuts(rows, smallest=self.smallest, whole=whole, within=base)

    def _year(self, key: str, node: Node, year: int) -> list[int]:
        return self._n.get((key, node, year), [0] * YEAR)

    def _sum(self, key: str, node: Node, months: Sequence[date]) -> int:
        return sum(self._year(key, node, month.year)[month.month - 1] for month in months)

    def _has(self, node: Node, year: int) -> bool:
        return any(self._year(RESPONSES, node, year))

    def _years(self) -> set[int]:
        return {year for _key, _node, year in self._n}
