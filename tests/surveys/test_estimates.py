"""The arithmetic against a table that was worked by hand."""

import math
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.services.estimates import estimate, mean_of, wilson
from tests.architecture import house

ROWS = tomllib.loads((house.ROOT / "tests" / "files" / "estimates.toml").read_text())["row"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(map(str, row["levels"])))
def test_it_agrees_with_the_hand(row):
    found = estimate({str(level): count for level, count in enumerate(row["levels"], start=1)})
    assert found.n == row["n"]
    assert found.mean == pytest.approx(row["mean"], abs=1e-9)
    assert found.top2 == pytest.approx(row["top2"], abs=1e-9)
    assert found.wilson_low == pytest.approx(row["low"], abs=2e-6)
    assert found.wilson_high == pytest.approx(row["high"], abs=2e-6)


def test_of_nothing_nothing_is_said():
    found = estimate({})
    assert (found.n, found.mean, found.top2, found.wilson_low, found.wilson_high) == (0, None, None, None, None)
    assert mean_of({}) is None


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(successes, n):
    with pytest.raises(ValueError, match="successes"):
        wilson(successes, n)


@given(n=st.integers(1, 2_000), data=st.data())
def test_the_bounds_solve_the_equation_they_come_from(n, data):
    """Wilson's bounds are where |p − b| = z·√(b(1−b)/n), which is another way to say what the formula says."""
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    share = successes / n
    assert 0 <= low <= share <= high <= 1
    for bound in (low, high):
        reached = 1.959963984540054 * math.sqrt(max(0.0, bound * (1 - bound) / n))
        assert abs(share - bound) == pytest.approx(reached, abs=1e-6)
