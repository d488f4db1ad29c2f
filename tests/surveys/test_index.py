"""Indices, weights and ranks against tables that were worked by hand, and against another way to reckon them."""

import math
import random
import tomllib
from fractions import Fraction

import pytest

from surveys.services.estimates import estimate
from surveys.services.index import Index, differs, factor_index, overall_index, ranking
from surveys.services.weights import Group, collapsed, weighted
from tests.architecture import house

DATA = tomllib.loads((house.ROOT / "tests" / "files" / "survey_index.toml").read_text())


def levels(row):
    return {str(level): count for level, count in enumerate(row, start=1)}


def told(row):
    return estimate(levels(row)) if row else None


@pytest.mark.parametrize("row", DATA["index"], ids=lambda row: f"{row['method']}-{row['made_of']}")
def test_indices_agree_with_the_hand(row):
    factors = [[told(criterion) for criterion in criteria] for criteria in row["factors"]]
    shares = [factor_index(criteria, method=row["method"]).top2 for criteria in factors]
    assert shares == pytest.approx([float(Fraction(share)) for share in row["factor_top2"]], abs=1e-12)
    found = overall_index(factors, method=row["method"])
    assert found.top2 == pytest.approx(float(Fraction(row["top2"])), abs=1e-12)
    assert found.mean == pytest.approx(float(Fraction(row["mean"])), abs=1e-12)
    assert (found.n, found.made_of, found.of) == (row["n"], row["made_of"], row["of"])


@pytest.mark.parametrize("row", DATA["weights"], ids=lambda row: row["top2"])
def test_weights_agree_with_the_hand(row):
    groups = [Group((code,), population, sum(counts), levels(counts)) for code, population, counts in row["groups"]]
    together = collapsed(groups, row["smallest"])
    assert [list(group.codes) for group in together] == row["together"]
    found = weighted(together)
    for name in ("top2", "mean", "n_effective", "coverage"):
        assert getattr(found, name) == pytest.approx(float(Fraction(row[name])), abs=1e-12), name
    assert (found.low, found.high) == pytest.approx((row["low"], row["high"]), abs=2e-6)


def test_weights_are_those_of_every_single_answer():
    """The other way round: each answer with its own weight N·n/(ΣN·n_g), in exact fractions, one after the other."""
    chance = random.Random(6)
    for _turn in range(30):
        groups = [
            Group((code,), chance.randint(50, 900), 0, levels([chance.randint(0, 9) for _level in range(5)]))
            for code in "abcd"
        ]
        groups = [Group(each.codes, each.population, sum(each.levels.values()), each.levels) for each in groups]
        groups = [each for each in groups if each.n]
        n, whole = sum(each.n for each in groups), sum(each.population for each in groups)
        answers = [
            (Fraction(each.population, whole) / Fraction(each.n, n), int(level))
            for each in groups
            for level, count in each.levels.items()
            for _one in range(count)
        ]
        heap = sum(weight for weight, _level in answers)
        assert heap == n
        share = sum(weight for weight, level in answers if level >= 4) / heap
        mean = sum(weight * level for weight, level in answers) / heap
        worth = heap**2 / sum(weight**2 for weight, _level in answers)
        found = weighted(groups)
        assert (found.top2, found.mean, found.n_effective) == pytest.approx(
            (float(share), float(mean), float(worth)), abs=1e-9
        )
        # Wilson's bounds are where the share lies z standard errors away.
        for bound in (found.low, found.high):
            error = 1.959963984540054 * math.sqrt(bound * (1 - bound) / float(worth))
            assert abs(float(share) - bound) == pytest.approx(error, abs=1e-6)


def test_small_groups_never_stand_alone():
    groups = [Group((code,), 10, n, levels([0, 0, 0, 0, n])) for code, n in zip("abcde", (1, 1, 2, 9, 0), strict=True)]
    found = collapsed(groups, 5)
    assert [(group.codes, group.n) for group in found] == [(("a", "b", "c", "d"), 13), (("e",), 0)]
    assert weighted([Group(("a",), 0, 9, levels([0, 0, 0, 0, 9]))]) is None
    assert weighted([]) is None


def of(share, low, high, n=50):
    return Index(n, share, 4.0, low, high, 1, 1)


def test_ranks_have_ties_gaps_and_say_what_chance_leaves_open():
    found = ranking(
        {
            "a": of(0.95, 0.90, 0.98),
            "b": of(0.8004, 0.70, 0.88),
            "c": of(0.7998, 0.70, 0.88),
            "d": of(0.30, 0.20, 0.42),
            "few": of(1.0, 0.60, 1.0, n=9),
        },
        least=30,
    )
    assert [found[key].rank for key in "abcd"] == [1, 2, 2, 4]
    assert [found[key].tied for key in "abcd"] == [False, True, True, False]
    assert [(found[key].best, found[key].worst) for key in "abcd"] == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert (found["few"].rank, found["few"].best) == (None, None)
    assert found["b"].is_open
    assert not found["a"].is_open


def test_what_is_not_told_makes_no_index():
    assert factor_index([None, estimate({})], method="averaged") is None
    assert overall_index([[None], []], method="averaged") is None
    assert overall_index([[None], []], method="pooled") is None


def test_two_figures_differ_when_their_intervals_do_not_meet():
    assert differs(of(0.9, 0.8, 0.95), of(0.5, 0.4, 0.6)) is True
    assert differs(of(0.9, 0.8, 0.95), of(0.8, 0.7, 0.85)) is False
    assert differs(of(0.9, 0.8, 0.95), None) is None
