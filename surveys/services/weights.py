"""Weights after the fact (post-stratification): each group of the sample counts as much as it has in the whole.

A group g of a quarter (a channel, say) has N people or transactions and gave n answers. With W = N / ΣN:

* weighted share p = ΣW·p_g, weighted mean = ΣW·mean_g;
* every answer of the group weighs W / (n/Σn): above 1 where too few were asked;
* unequal weights cost precision: n answers are worth n* = 1 / Σ(W²/n) (L. Kish, 1965), and the bounds are Wilson's
  for p and n*.

A group with few answers is put together with the next smallest one of the same quarter before anything is reckoned:
a weight made from two answers says nothing, and a weighted and an unweighted share together would tell both groups'
own. A group without an answer stands for nobody; how much of the whole is left is told as the coverage. Where a group
answered of which nobody knows how many it stands for, nothing is weighted: its answers would be left out in silence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from surveys.services.estimates import TOP_LEVELS, mean_of, wilson_of_share


@dataclass(frozen=True)
class Group:
    """What one group of one quarter answered, and how many it stands for."""

    codes: tuple[str, ...]
    population: int
    n: int
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Weighted:
    """Weighted share and mean; ``coverage`` is the part of the whole that belongs to groups that answered."""

    n: int
    n_effective: float
    top2: float
    mean: float
    low: float
    high: float
    coverage: float


def collapsed(groups: Iterable[Group], smallest: int) -> list[Group]:
    """Return the groups of one quarter, small ones put together until each has ``smallest`` answers or none.

    Which goes with which depends on the counts of this quarter alone. Groups without an answer stay as they are.
    """
    empty: list[Group] = []
    waiting: list[Group] = []
    for group in groups:
        (waiting if group.n else empty).append(group)
    while len(waiting) > 1:
        waiting.sort(key=lambda group: (group.n, group.codes))
        first, second, *rest = waiting
        if first.n >= smallest:
            break
        waiting = [_together(first, second), *rest]
    return sorted(waiting, key=lambda group: group.codes) + empty


def joined(groups: Iterable[Group], blocks: Iterable[frozenset[str]]) -> list[Group]:
    """Return the groups with those of each block put together; others as they are."""
    waiting = {group.codes[0]: group for group in groups}
    found: list[Group] = []
    for block in blocks:
        members = [waiting.pop(code) for code in sorted(block) if code in waiting]
        if members:
            found.append(reduce(_together, members))
    return [*waiting.values(), *found]


def _together(one: Group, other: Group) -> Group:
    levels = Counter(one.levels)
    levels.update(other.levels)
    codes = tuple(sorted((*one.codes, *other.codes)))
    return Group(codes, one.population + other.population, one.n + other.n, levels)


def weighted(groups: Sequence[Group]) -> Weighted | None:
    """Return what the groups say with their weights; None unless each that answered stands for somebody.

    Args:
        groups: of all quarters of a period, put together by :func:`collapsed` within each.

    """
    asked = [group for group in groups if group.n]
    if not asked or not all(group.population for group in asked):
        return None
    whole = sum(group.population for group in groups)
    reached = sum(group.population for group in asked)
    n = sum(group.n for group in asked)
    shares = [group.population / reached for group in asked]
    top2 = sum(share * _top2(group) for share, group in zip(shares, asked, strict=True))
    n_effective = 1 / sum(share * share / group.n for share, group in zip(shares, asked, strict=True))
    low, high = wilson_of_share(min(1.0, top2), n_effective)
    return Weighted(
        n=n,
        n_effective=n_effective,
        top2=min(1.0, top2),
        mean=sum(share * (mean_of(group.levels) or 0) for share, group in zip(shares, asked, strict=True)),
        low=low,
        high=high,
        coverage=reached / whole,
    )


def _top2(group: Group) -> float:
    return sum(group.levels.get(level, 0) for level in TOP_LEVELS) / group.n
