"""The arithmetic of results: mean, top-two-box, Wilson's bounds. Pure functions of counts; shares are fractions.

The index of satisfaction of 2017–2020 is the share of answers at the two best levels; the newer method makes one of
the mean. Both are told, with n, and with what chance alone can do to the share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

# The 97.5 % quantile of the normal distribution: 95 % lie between the bounds.
Z_95 = 1.959963984540054
TOP_LEVELS = ("4", "5")
SCALE = frozenset("12345")


@dataclass(frozen=True)
class Estimate:
    """What n answers on a scale say. Everything is None of no answers.

    ``worth`` is how many equal answers weighted ones are worth; bounds rest on it. None: as many as they are.
    """

    n: int
    mean: float | None
    top2: float | None
    wilson_low: float | None
    wilson_high: float | None
    worth: float | None = None

    @property
    def basis(self) -> float:
        """On how many answers bounds rest."""
        return self.n if self.worth is None else self.worth


def estimate(levels: Mapping[str, int]) -> Estimate:
    """Return what ``levels`` say: level from "1" to "5", and how many chose it.

    Nothing, when something else was chosen too: the question was another one then, and both cannot be one figure.
    """
    n = sum(levels.values())
    if not n or levels.keys() - SCALE:
        return Estimate(0, None, None, None, None)
    top = sum(levels.get(level, 0) for level in TOP_LEVELS)
    low, high = wilson(top, n)
    return Estimate(n, mean_of(levels), top / n, low, high)


def mean_of(levels: Mapping[str, int]) -> float | None:
    """Return the mean of numbered levels; None of nothing."""
    numbered = [(int(level), count) for level, count in levels.items() if level.isdigit()]
    n = sum(count for _level, count in numbered)
    return sum(level * count for level, count in numbered) / n if n else None


def wilson(successes: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the bounds of Wilson's interval for the share ``successes / n``.

    Centre (p + z²/2n) / (1 + z²/n), half its width z·√(p(1−p)/n + z²/4n²) / (1 + z²/n) (E. B. Wilson, 1927). Unlike
    the usual ± it stays between 0 and 1 and does not shrink to nothing at p = 0 and p = 1.

    Raises ValueError when n is below 1 or successes are not between 0 and n.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("successes must be between 0 and n, n at least 1")
    low, high = wilson_of_share(successes / n, n, z)
    # At the ends the bound is exact; the floating point would say -0.0 or 1.0000000000000002.
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)


def wilson_of_share(share: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's bounds of a ``share`` between 0 and 1 that was not counted but reckoned: a mean, a weighted one.

    ``n`` is how many answers it is worth, and need not be whole.
    """
    spread = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / spread
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / spread
    return max(0.0, centre - half), min(1.0, centre + half)
