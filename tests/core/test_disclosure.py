"""Nobody who adds and subtracts what is told comes to know a small number that is hidden."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.core.disclosure import is_told, safe_cuts

PRIME = 1_000_003
YEAR = 12


def borders(size):
    return list(combinations(range(size + 1), 2))


def told_of(counts, cuts):
    """Everything that is told: a vector over all cells of the table, with its sum."""
    rows, size = len(counts), len(counts[0])
    for month in range(size):
        yield {(row, month): 1 for row in range(rows)}
    for row in range(rows):
        for first, last in borders(size):
            if is_told(cuts[row], first, last):
                yield {(row, month): 1 for month in range(first, last)}


class Span:
    """What can be reckoned from vectors by adding and subtracting, modulo a prime."""

    def __init__(self, vectors, columns):
        self.columns = columns
        self.rows = []
        for vector in vectors:
            self.add(vector)

    def reduced(self, vector):
        line = [vector.get(column, 0) % PRIME for column in self.columns]
        for pivot, row in self.rows:
            if line[pivot]:
                factor = line[pivot]
                line = [(a - factor * b) % PRIME for a, b in zip(line, row, strict=True)]
        return line

    def add(self, vector):
        line = self.reduced(vector)
        pivot = next((place for place, value in enumerate(line) if value), None)
        if pivot is not None:
            inverse = pow(line[pivot], -1, PRIME)
            self.rows.append((pivot, [value * inverse % PRIME for value in line]))

    def holds(self, vector):
        return not any(self.reduced(vector))


YEARS = st.lists(st.sampled_from([0, 0, 1, 2, 4, 5, 9]), min_size=YEAR, max_size=YEAR)
tables = st.lists(YEARS, min_size=2, max_size=5)


def cuts_of(counts, smallest, **options):
    return safe_cuts({row: [line] for row, line in enumerate(counts)}, smallest=smallest, **options)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_sum_or_difference_of_told_periods_is_a_small_number(counts):
    cuts = cuts_of(counts, 5)
    columns = [(row, month) for row in range(len(counts)) for month in range(YEAR)]
    span = Span(told_of(counts, cuts), columns)
    for row, line in enumerate(counts):
        for first, last in borders(YEAR):
            small = 0 < sum(line[first:last]) < 5
            assert not (small and is_told(cuts[row], first, last))
            if small:
                assert not span.holds({(row, month): 1 for month in range(first, last)})


def splits(total, rows):
    """Yield every way to share ``total`` among ``rows``."""
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, rows - 1):
            yield (first, *rest)


def possible(counts, cuts):
    """Yield every table of counts that fits all that is told: what somebody who thinks hard is left with."""
    rows, size = len(counts), len(counts[0])
    told = [
        (row, first, last, sum(counts[row][first:last]))
        for row in range(rows)
        for first, last in borders(size)
        if is_told(cuts[row], first, last)
    ]
    for months in product(*(list(splits(sum(line[month] for line in counts), rows)) for month in range(size))):
        if all(sum(months[month][row] for month in range(first, last)) == total for row, first, last, total in told):
            yield [[months[month][row] for month in range(size)] for row in range(rows)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3))
def test_even_knowing_that_counts_are_never_negative_leaves_a_small_number_open(counts):
    cuts = cuts_of(counts, 3, order=(1, 2))
    small = [
        (row, first, last)
        for row in range(len(counts))
        for first, last in borders(3)
        if 0 < sum(counts[row][first:last]) < 3
    ]
    left = {cell: set() for cell in small}
    for table in possible(counts, cuts):
        for row, first, last in small:
            left[row, first, last].add(sum(table[row][first:last]))
        if all(len(values) > 1 for values in left.values()):
            return
    assert [cell for cell, values in left.items() if len(values) < 2] == []


def test_large_numbers_are_all_told():
    counts = [[9] * YEAR, [7] * YEAR]
    assert set(cuts_of(counts, 5).values()) == {frozenset(range(YEAR + 1))}


def test_reported_periods_go_before_single_months():
    cuts = cuts_of([[2, 2, 2] * 4, [1, 2, 2] * 4, [9] * YEAR], 5)
    assert cuts[0] >= {0, 3, 6, 9, 12}


def test_a_second_row_is_hidden_with_the_only_small_one():
    cuts = cuts_of([[9] * YEAR, [9] * YEAR, [2] + [0] * 11], 5)
    assert cuts[2] == frozenset()
    assert sorted(map(len, cuts.values()))[:2] == [0, 0]


def test_a_row_that_stays_empty_may_be_the_second_one():
    cuts = cuts_of([[9] * YEAR, [0] * YEAR, [2] + [0] * 11], 5)
    assert cuts[0] == frozenset(range(YEAR + 1))
    assert cuts[1] == cuts[2] == frozenset()


def test_measures_told_together_are_hidden_together():
    rows = {"a": [[9] * YEAR, [1] + [0] * 11], "b": [[9] * YEAR, [0] * YEAR], "c": [[9] * YEAR, [0] * YEAR]}
    assert safe_cuts(rows, smallest=5)["a"] == frozenset()


@pytest.mark.parametrize("smallest", [3, 10])
def test_a_table_of_one_row_says_what_the_total_says(smallest):
    assert cuts_of([[1] * YEAR], smallest)[0] == frozenset(range(YEAR + 1))


def test_the_answer_is_the_same_whatever_the_order_of_the_rows():
    counts = {"a": [[3] * YEAR], "b": [[1] * YEAR], "c": [[7] * YEAR]}
    turned = dict(reversed(counts.items()))
    assert {key: len(cuts) for key, cuts in safe_cuts(counts, smallest=5).items()} == {
        key: len(cuts) for key, cuts in safe_cuts(turned, smallest=5).items()
    }
