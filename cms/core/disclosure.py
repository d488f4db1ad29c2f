"""Which cells of a table of counts may be told, so that small numbers stay hidden from whoever can subtract.

A table has a row a unit (or any other part of a whole) and a column a month. What is told of a row are the sums
between *cuts*, a few of the borders between its months: of any two cuts the sum between them is told, hence whoever
subtracts one told period from another gets a third that is told too, and nothing else. Cuts are chosen so that every
such sum is nought or large enough. The sums of all rows together are told for every month; therefore no row is left
alone with a hidden stretch: another one hides the same months, and has something in them (ADR 0021).

Cuts depend on the counts alone, never on what somebody asks for.

A row may have parts of its own (a level of schools has schools). Then its parts are cut ``within`` its cuts, so that
who knows the parts never knows more of it than is told; and what the hidden parts have together is large enough too.
"""

from bisect import bisect_left, insort
from collections.abc import Hashable, Mapping, Sequence
from itertools import accumulate, combinations, pairwise
from typing import TypeVar

# Where a year is cut first: what offices report by goes before single months.
YEAR_ORDER = (6, 3, 9, 1, 2, 4, 5, 7, 8, 10, 11)
Block = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


class _Row:
    """One row: running sums a measure, and the cuts chosen so far (none at all: even its whole is hidden)."""

    def __init__(
        self,
        measures: Sequence[Sequence[int]],
        smallest: int,
        order: Sequence[int],
        within: frozenset[int] | None = None,
        outer: Sequence[int] | None = None,
        *,
        bends: bool = True,
    ):
        self.bends = bends
        self.sums = [[0, *accumulate(measure)] for measure in measures]
        self.outer = None if outer is None else [0, *accumulate(outer)]
        self.smallest = smallest
        self.size = len(measures[0])
        borders = range(self.size + 1) if within is None else sorted(within)
        if within is not None and not within >= {0, self.size}:
            self.cuts: list[int] = []
        elif all(self._is_safe(*part) for part in pairwise(borders)):
            self.cuts = list(borders)  # the usual case: nothing is small
        else:
            self.cuts = self._chosen(order, frozenset(borders))

    def _chosen(self, order: Sequence[int], borders: frozenset[int]) -> list[int]:
        """Return borders tried one after the other, as long as no part between them is small."""
        cuts = [0, self.size] if self.bends and self._is_safe(0, self.size) else []
        for month in order:
            place = bisect_left(cuts, month)
            if not 0 < place < len(cuts) or month not in borders:
                continue
            if self._is_safe(cuts[place - 1], month) and self._is_safe(month, cuts[place]):
                insort(cuts, month)
        return cuts

    def _is_safe(self, first: int, last: int) -> bool:
        for sums in self.sums:
            count = sums[last] - sums[first]
            if 0 < count < self.smallest or (not count and self._tells_by_nothing(first, last)):
                return False
        return True

    def _tells_by_nothing(self, first: int, last: int) -> bool:
        """Say whether a nought tells where the rest is: then the counts that hold these would be known too closely."""
        return self.outer is not None and last - first < self.size and self.outer[last] > self.outer[first]

    def within(self, block: Block) -> list[int]:
        """Return the count of each measure in ``block``."""
        first, last = max(0, block[0]), min(self.size, block[1])
        return [sums[last] - sums[first] for sums in self.sums]

    @property
    def whole(self) -> Block:
        """A block larger than the row: of a row without cuts not even the sum is known."""
        return -1, self.size + 1

    def blocks(self) -> list[Block]:
        """Return the stretches of which the inside is hidden and holds something."""
        if not self.cuts:
            return [self.whole]
        return [block for block in pairwise(self.cuts) if block[1] - block[0] > 1 and any(self.within(block))]

    def around(self, block: Block) -> Block:
        """Return the smallest stretch between cuts that holds ``block``."""
        if block == self.whole or not self.cuts:
            return self.whole
        return (
            max(cut for cut in self.cuts if cut <= block[0]),
            min(cut for cut in self.cuts if cut >= block[1]),
        )

    def lost(self, block: Block) -> int:
        """Return how many cuts lie inside ``block``: nought when all of it is hidden already."""
        return sum(block[0] < cut < block[1] for cut in self.cuts)

    def merge(self, block: Block) -> None:
        self.cuts = [cut for cut in self.cuts if not block[0] < cut < block[1]] if self.bends else []

    def tells(self, block: Block) -> bool:
        return block[0] in self.cuts and block[1] in self.cuts

    def blur(self, block: Block, order: Sequence[int]) -> None:
        """Tell ``block`` no more but a larger stretch that holds it; nothing at all when it is the whole."""
        inner = [border for border in block if 0 < border < self.size]
        if inner and self.bends:
            # The border that reports miss least.
            self.cuts.remove(max(inner, key=lambda border: order.index(border) if border in order else len(order)))
        else:
            self.cuts = []


def safe_cuts(
    rows: Mapping[Key, Sequence[Sequence[int]]], *, smallest: int, order: Sequence[int] = YEAR_ORDER
) -> dict[Key, frozenset[int]]:
    """Return for each row the borders between months at which its sums may be told; none when it is hidden whole.

    Args:
        rows: for each row one or more measures that are told together, each a count a month.
        smallest: the least count above nought that may be told.
        order: in which order borders are tried; the first ones have the best chance.

    A table of a single row says what the sums of all rows say anyway: all of it is told.

    """
    if len(rows) < 2:
        return {key: frozenset(range(len(measures[0]) + 1)) for key, measures in rows.items()}
    table = {key: _Row(measures, smallest, order) for key, measures in rows.items()}
    while lonely := _lonely(table):
        _give_company(table, *lonely)
    return {key: frozenset(row.cuts) for key, row in table.items()}


def own_cuts(
    measures: Sequence[Sequence[int]],
    *,
    smallest: int,
    order: Sequence[int] = YEAR_ORDER,
    within: frozenset[int] | None = None,
    outer: Sequence[int] | None = None,
) -> frozenset[int]:
    """Return the borders of a row that is no part of a told whole: of any two, the sum between them is large enough.

    ``outer`` counts what holds the row (everybody who was asked): of a stretch in which there is some of it, and none
    of the row, nothing is told. Whoever knew the nought would know that all of the row lies elsewhere, and so that
    there is at least as much of the outer count there.
    """
    return frozenset(_Row(measures, smallest, order, within, outer).cuts)


def part_cuts(
    rows: Mapping[Key, Sequence[Sequence[int]]],
    *,
    smallest: int,
    whole: frozenset[int],
    within: Mapping[Key, frozenset[int]] | None = None,
    outer: Mapping[Key, Sequence[int]] | None = None,
    bends: bool = True,
    order: Sequence[int] = YEAR_ORDER,
) -> dict[Key, frozenset[int]]:
    """Return the borders of the parts of a whole that is told at the borders ``whole`` and nowhere else.

    More is hidden than by :func:`safe_cuts`: no part is cut where the whole is not, and between any two borders of the
    whole the hidden parts have together either nothing or ``smallest`` at least, so that not even their sum is small.

    Args:
        rows: the parts, as in :func:`safe_cuts`; together they are the whole.
        smallest: the least count above nought that may be told.
        whole: the borders of the whole.
        within: for each part more that limits its borders, such as those of another count of it.
        outer: for parts that have parts themselves what holds them, as in :func:`own_cuts`.
        bends: whether a part may be told in longer stretches than ``within`` lets it. When it may not it is hidden for
            the whole year: a part of a count that is told in shorter ones would be known from it when the two are
            equal (everybody answered), and with it the part that it keeps company.
        order: in which order borders are tried.

    """
    limits = {key: whole & within[key] if within is not None else whole for key in rows}
    if len(rows) < 2 or not whole:
        return limits
    # Nobody knows more of the whole than its stretches, so a stretch is to its parts what a month is to a row.
    edges = sorted(whole)
    place = {edge: number for number, edge in enumerate(edges)}
    pieces = list(pairwise(edges))
    squeezed = {key: [_squeezed(measure, pieces) for measure in measures] for key, measures in rows.items()}
    held = {key: _squeezed(outer[key], pieces) if outer and key in outer else None for key in rows}
    inner = [place[border] for border in order if border in place]
    table = {
        key: _Row(measures, smallest, inner, frozenset(place[border] for border in limits[key]), held[key], bends=bends)
        for key, measures in squeezed.items()
    }
    # The longest first: what is hidden of a year is hidden of all of it.
    stretches = sorted(combinations(range(len(edges)), 2), key=lambda block: block[0] - block[1])
    while True:
        while lonely := _lonely(table):
            _give_company(table, *lonely)
        thin = _too_thin(table, stretches, smallest)
        if thin is None:
            return {key: frozenset(edges[cut] for cut in row.cuts) for key, row in table.items()}
        thin[0].blur(thin[1], inner)


def _squeezed(measure: Sequence[int], pieces: Sequence[Block]) -> list[int]:
    return [sum(measure[first:last]) for first, last in pieces]


def _too_thin(table: Mapping[Key, _Row], stretches: Sequence[Block], smallest: int) -> tuple[_Row, Block] | None:
    """Return which row is to be hidden too, where what the hidden ones have together is small; None when nowhere."""
    partly = [row for row in table.values() if len(row.cuts) <= row.size]
    for block in stretches if partly else ():
        hidden = [row.within(block) for row in partly if not row.tells(block)]
        if any(0 < sum(values) < smallest for values in zip(*hidden, strict=True)):
            told = [row for row in table.values() if row.tells(block) and any(row.within(block))]
            if told:  # without any the whole itself is told, so it is large enough
                return min(told, key=lambda row: sum(row.within(block))), block
    return None


def is_told(cuts: frozenset[int], first: int, last: int) -> bool:
    """Say whether the sum of the months from border ``first`` to border ``last`` may be told."""
    return first in cuts and last in cuts


def _lonely(table: Mapping[Key, _Row]) -> tuple[Key, Block] | None:
    """Return a hidden stretch that no other row hides with it; None when there is none left."""
    for key, row in table.items():
        for block in row.blocks():
            if not any(_covers(other, row, block) for name, other in table.items() if name != key):
                return key, block
    return None


def _covers(other: _Row, row: _Row, block: Block) -> bool:
    return other.lost(block) == 0 and _holds(other, row, block)


def _holds(other: _Row, row: _Row, block: Block) -> bool:
    """Say whether ``other`` has something to be mistaken for in ``block``; a row hidden whole needs nothing."""
    if block == row.whole:
        return True
    return all(theirs or not ours for theirs, ours in zip(other.within(block), row.within(block), strict=True))


def _give_company(table: Mapping[Key, _Row], key: Key, block: Block) -> None:
    """Hide the same months of the row that loses least; without one, hide more of the lonely row itself."""
    row = table[key]
    fit = [other for name, other in table.items() if name != key and _holds(other, row, block)]
    if fit:
        best = min(fit, key=lambda other: (other.lost(block), sum(other.within(block))))
        best.merge(block)
        return
    # Nobody has anything in these months: a larger stretch of the same row finds company, the whole at last.
    if (inner := [border for border in block if 0 < border < row.size]) and row.bends:
        row.cuts.remove(inner[0])
    else:
        row.cuts = []
