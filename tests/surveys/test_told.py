"""Nobody who adds, subtracts and thinks comes to know a hidden cell of any table that a survey tells.

The attacker gets more than any page shows: every told cell of every question, level and unit over every stretch of
months. First they may only add and subtract (linear algebra, exact); then they also know that counts are never
negative and that nobody answers a question without a response (every table that fits is written out).
"""

from datetime import date
from itertools import combinations, islice, pairwise, product

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from cms.core.disclosure import own_cuts, part_cuts
from surveys.services.told import RESPONSES, WHOLE, Told, kind_node, unit_node, unit_tree
from tests.core.test_disclosure import Span

YEAR, SMALLEST = 12, 5
# Two levels: three schools, two schools, and one school alone in a third.
KINDS = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b", 6: "c"}
KEYS = (RESPONSES, "TC01")
MONTHS = [date(2026, number, 1) for number in range(1, YEAR + 1)]


def told_by(counts, kinds, smallest=SMALLEST):
    """``counts``: by (key, unit, month number) how many."""
    rows = {}
    for (key, unit, month), n in counts.items():
        rows.setdefault((unit, MONTHS[month]), {})[key] = (n, {"5": n})
    placed = [((WHOLE, kind_node(kinds[unit]), unit_node(unit)), month, each) for (unit, month), each in rows.items()]
    return Told(placed, tree=unit_tree(kinds), smallest=smallest)


def units_of(node, kinds):
    name, value = node
    return [unit for unit, kind in kinds.items() if name == "whole" or (value == (kind if name == "kind" else unit))]


def cells(kinds):
    """Every place of the tree with every stretch of months."""
    nodes = [WHOLE, *map(kind_node, dict.fromkeys(kinds.values())), *map(unit_node, kinds)]
    return list(product(nodes, combinations(range(YEAR + 1), 2)))


numbers = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 9])


@st.composite
def surveys(draw):
    """Responses, and for one question a part of them."""
    counts = {}
    for unit in KINDS:
        for month in draw(st.sets(st.integers(0, YEAR - 1), max_size=5)):
            n = draw(numbers)
            counts[RESPONSES, unit, month] = n
            counts["TC01", unit, month] = max(0, n - draw(st.sampled_from([0, 0, 1, 3])))
    return counts


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_nothing_that_is_told_adds_up_to_a_hidden_cell(counts):
    told = told_by(counts, KINDS)
    for key in KEYS:
        columns = [(unit, month) for unit in KINDS for month in range(YEAR)]
        vectors, hidden = [], []
        for node, (first, last) in cells(KINDS):
            vector = {(unit, month): 1 for unit in units_of(node, KINDS) for month in range(first, last)}
            total = sum(counts.get((key, unit, month), 0) for unit, month in vector)
            cell = told.cell(key, node, MONTHS[first:last])
            if cell is None:
                hidden.append((total, vector))
                continue
            assert cell.n == total
            assert not 0 < total < SMALLEST
            vectors.append(vector)
        span = Span(vectors, columns)
        # A hidden sum that is nought or large may be known; a small one never.
        assert not [total for total, vector in hidden if 0 < total < SMALLEST and span.holds(vector)]


def tables(told, key, units, places):
    """Yield every table of counts that fits what is told of ``key``: the counts of the units by place.

    No count is larger than the whole, which is told.
    """
    most = told.cell(key, WHOLE, MONTHS).n
    atoms = list(product(units, places))
    sums = []
    for node, (first, last) in cells(KINDS_SMALL):
        cell = told.cell(key, node, MONTHS[first:last])
        if cell is not None:
            inside = [
                place
                for place, (unit, month) in enumerate(atoms)
                if unit in units_of(node, KINDS_SMALL) and first <= month < last
            ]
            sums.append((frozenset(inside), cell.n))
    sums = sorted(set(sums), key=lambda each: sorted(each[0]))

    def go(found):
        if len(found) == len(atoms):
            yield tuple(found)
            return
        for value in range(most + 1):
            now = [*found, value]
            if _fits(now, sums, len(atoms)):
                yield from go(now)

    yield from go([])


def _fits(found, sums, size):
    known = len(found)
    for inside, total in sums:
        so_far = sum(found[place] for place in inside if place < known)
        if so_far > total or (so_far < total and all(place < known for place in inside)):
            return False
    return True


KINDS_SMALL = {1: "a", 2: "a", 3: "b"}
PLACES = (0, 6)
MOST = 300  # tables; where more are possible, nothing is pinned down
tiny = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4]), min_size=6, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(tiny, st.lists(st.integers(0, 2), min_size=6, max_size=6))
# A nought of the whole said in which months a level had answered; a level where everybody answered said, by its
# responses, in which months, and so what the other one had.
@example([1, 2, 0, 2, 2, 3], [2, 0, 0, 0, 2, 0])
@example([3, 3, 0, 4, 4, 4], [0, 0, 1, 1, 1, 2])
def test_not_even_by_trying_every_table_that_fits(responses, missing):
    atoms = list(product(KINDS_SMALL, PLACES))
    answers = [max(0, n - less) for n, less in zip(responses, missing, strict=True)]
    counts = {(RESPONSES, *atom): n for atom, n in zip(atoms, responses, strict=True)}
    counts |= {("TC01", *atom): n for atom, n in zip(atoms, answers, strict=True)}
    assume(sum(answers) >= 3)  # of a whole that is hidden nothing is told at all
    told = told_by(counts, KINDS_SMALL, smallest=3)
    wholes = list(islice(tables(told, RESPONSES, KINDS_SMALL, PLACES), MOST))
    parts = list(islice(tables(told, "TC01", KINDS_SMALL, PLACES), MOST))
    assume(len(wholes) < MOST and len(parts) < MOST)
    assert tuple(responses) in wholes
    assert tuple(answers) in parts
    possible = {RESPONSES: {}, "TC01": {}}
    for key, own, others in ((RESPONSES, wholes, parts), ("TC01", parts, wholes)):
        sign = 1 if key == RESPONSES else -1
        for table in own:
            # Nobody answers a question without a response.
            if any(all(sign * (a - b) >= 0 for a, b in zip(table, other, strict=True)) for other in others):
                for node, (first, last) in cells(KINDS_SMALL):
                    value = sum(
                        table[place]
                        for place, (unit, month) in enumerate(atoms)
                        if unit in units_of(node, KINDS_SMALL) and first <= month < last
                    )
                    possible[key].setdefault((node, first, last), set()).add(value)
        real = answers if key == "TC01" else responses
        for (node, first, last), values in possible[key].items():
            value = sum(
                n
                for n, (unit, month) in zip(real, atoms, strict=True)
                if unit in units_of(node, KINDS_SMALL) and first <= month < last
            )
            if 0 < value < 3:
                assert len(values) > 1, (key, node, first, last, value)


def year_of(**quarters):
    line = [0] * YEAR
    for name, value in quarters.items():
        line[3 * (int(name[1]) - 1)] = value
    return line


def test_a_school_alone_in_its_level_is_told_as_the_level_is():
    counts = {(RESPONSES, 6, 0): 9, (RESPONSES, 1, 0): 9, (RESPONSES, 2, 0): 8}
    told = told_by(counts, KINDS)
    quarter = MONTHS[:3]
    assert told.cell(RESPONSES, unit_node(6), quarter) == told.cell(RESPONSES, kind_node("c"), quarter)
    assert told.cell(RESPONSES, unit_node(6), quarter).n == 9


def test_hidden_parts_have_enough_together():
    """Two schools with two responses each are hidden; together they are four, so a third one is hidden with them."""
    rows = {1: [year_of(q1=2)], 2: [year_of(q1=2)], 3: [year_of(q1=9)], 4: [year_of(q1=20)]}
    cuts = part_cuts(rows, smallest=5, whole=frozenset(range(13)))
    assert not any({0, 3} <= cuts[key] for key in (1, 2, 3))
    assert {0, 3} <= cuts[4]


def test_a_part_is_not_told_where_the_whole_is_not():
    rows = {1: [year_of(q1=9, q2=9)], 2: [year_of(q1=9, q2=9)]}
    assert part_cuts(rows, smallest=5, whole=frozenset({0, 6, 12})) == dict.fromkeys(rows, frozenset({0, 6, 12}))
    assert part_cuts(rows, smallest=5, whole=frozenset()) == dict.fromkeys(rows, frozenset())


@given(st.lists(st.sampled_from([0, 1, 3, 5, 8]), min_size=YEAR, max_size=YEAR))
def test_between_any_two_borders_of_a_whole_there_is_enough(line):
    cuts = sorted(own_cuts([line], smallest=5))
    assert all(sum(line[a:b]) == 0 or sum(line[a:b]) >= 5 for a, b in pairwise(cuts))


@pytest.mark.parametrize("months", [[], MONTHS[1:2]])
def test_what_is_hidden_is_no_cell(months):
    told = told_by({(RESPONSES, 1, 1): 3}, KINDS)
    assert told.cell(RESPONSES, WHOLE, months) is None
