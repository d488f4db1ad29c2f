"""From criteria to factors to one figure, and from many units to an order. Pure functions of what may be told.

Which formula makes an index is data of the survey (``IndexMethod``): the mean of criteria and then of factors, where
every factor weighs the same; or all answers in one heap, where every answer does. A criterion that is hidden is left
out and named as left out: a figure is made of what is told, so it gives away nothing else.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from surveys.enums import IndexMethod
from surveys.services.estimates import Estimate, wilson_of_share

# Shares are told to a tenth of a per cent; what looks the same is the same.
_TOLD_DIGITS = 3


@dataclass(frozen=True)
class Index:
    """A figure made of several. ``n`` is the least number of answers to any of them: what its bounds rest on.

    ``of`` is of how many criteria it should be made, ``made_of`` of how many it is.
    """

    n: int
    top2: float
    mean: float
    wilson_low: float
    wilson_high: float
    made_of: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.made_of == self.of


def factor_index(criteria: Sequence[Estimate | None], *, method: str) -> Index | None:
    """Return the index of one factor; None of no criterion that is told and was answered.

    The bounds are Wilson's for the index and the least n: criteria answered by the same people vary together, at the
    most as one of them would, so the true interval is no wider.
    """
    told = [each for each in criteria if each is not None and each.n]
    if not told:
        return None
    weights = [each.n if method == IndexMethod.POOLED else 1 for each in told]
    return _made(
        [(weight, each.top2 or 0.0, each.mean or 0.0) for weight, each in zip(weights, told, strict=True)],
        n=min(each.n for each in told),
        basis=min(each.basis for each in told),
        made_of=len(told),
        of=len(criteria),
    )


def overall_index(factors: Sequence[Sequence[Estimate | None]], *, method: str) -> Index | None:
    """Return the index of everything, ``factors`` given by their criteria; None where nothing is told."""
    if method == IndexMethod.POOLED:
        return factor_index([each for criteria in factors for each in criteria], method=method)
    found = [index for criteria in factors if (index := factor_index(criteria, method=method)) is not None]
    if not found:
        return None
    told = [each for criteria in factors for each in criteria if each is not None and each.n]
    return _made(
        [(1, index.top2, index.mean) for index in found],
        n=min(index.n for index in found),
        basis=min(each.basis for each in told),
        made_of=sum(index.made_of for index in found),
        of=sum(map(len, factors)),
    )


def _made(parts: Sequence[tuple[int, float, float]], *, n: int, basis: float, made_of: int, of: int) -> Index:
    heap = sum(weight for weight, _top2, _mean in parts)
    top2 = min(1.0, sum(weight * share for weight, share, _mean in parts) / heap)
    mean = sum(weight * value for weight, _top2, value in parts) / heap
    return Index(n, top2, mean, *wilson_of_share(top2, basis), made_of, of)


@dataclass(frozen=True)
class Place:
    """Where a unit stands among others. Without a ``rank`` it has too few answers to stand anywhere.

    ``best`` and ``worst`` are the places that chance alone leaves open: how many units are surely better or worse.
    """

    rank: int | None
    tied: bool
    best: int | None
    worst: int | None

    @property
    def is_open(self) -> bool:
        """Say whether its bounds meet those of another, so that the order may be chance."""
        return self.best != self.worst


def ranking(indices: Mapping[Hashable, Index], *, least: int) -> dict[Hashable, Place]:
    """Return the place of each unit by its share, best first; equal shares share a place and the next is left out.

    Args:
        indices: by unit.
        least: how many answers a unit must have to be ranked.

    """
    ranked = {key: index for key, index in indices.items() if index.n >= least}
    shares = [round(index.top2, _TOLD_DIGITS) for index in ranked.values()]
    found: dict[Hashable, Place] = {}
    for key, index in indices.items():
        if key not in ranked:
            found[key] = Place(None, tied=False, best=None, worst=None)
            continue
        share = round(index.top2, _TOLD_DIGITS)
        others = [each for name, each in ranked.items() if name != key]
        found[key] = Place(
            rank=1 + sum(each > share for each in shares),
            tied=shares.count(share) > 1,
            best=1 + sum(each.wilson_low > index.wilson_high for each in others),
            worst=len(ranked) - sum(each.wilson_high < index.wilson_low for each in others),
        )
    return found


def differs(one: Index | Estimate | None, other: Index | Estimate | None) -> bool | None:
    """Say whether two figures differ by more than chance: their intervals do not meet. None without both."""
    bounds = [_bounds(each) for each in (one, other)]
    if None in bounds:
        return None
    (low, high), (other_low, other_high) = bounds  # type: ignore[misc]
    return low > other_high or high < other_low


def _bounds(figure: Index | Estimate | None) -> tuple[float, float] | None:
    if figure is None or figure.wilson_low is None or figure.wilson_high is None:
        return None
    return figure.wilson_low, figure.wilson_high
