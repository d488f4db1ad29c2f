"""What was chosen how often, of a cell that may be told: its small numbers stay hidden even so.

That enough people answered a question says nothing of how many chose one thing in it, and a rare choice may be what one
person is known by. So counts below the threshold are hidden in lists and rankings; where the counts of a question add
up to what is told, with a second one. Of numbers and days neighbours are put together. Levels of satisfaction are told
as they are: the index is made of them, and they say what somebody thinks of the office, not who they are (ADR 0050).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from surveys.enums import LEVELS, QuestionKind
from surveys.models import Question
from surveys.services.bands import BANDED, bands_told
from surveys.services.told import Cell


@dataclass(frozen=True)
class ChoiceCount:
    """How many chose one thing; None where that is hidden."""

    code: str
    label: str
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Ranked:
    """How many put one thing first, second and so on, and how many put it anywhere; None where that is hidden."""

    code: str
    label: str
    places: tuple[int | None, ...]
    count: int | None
    share: float | None


@dataclass(frozen=True)
class Chosen:
    """What was chosen in one question; ``middle`` is the code of the band with the median, of numbers and days."""

    choices: tuple[ChoiceCount, ...] = ()
    ranks: tuple[Ranked, ...] = ()
    middle: str = ""
    hidden: bool = False


NOTHING_CHOSEN = Chosen()


def chosen_told(question: Question, cell: Cell, smallest: int) -> Chosen:
    """Return everything that could be chosen, and what was chosen of an earlier version; of numbers, their bands."""
    if question.kind == QuestionKind.RANKING:
        return _ranked(question, cell, smallest)
    if question.kind in BANDED:
        return _banded(question, cell, smallest)
    rows = _options(question, cell)
    counts: Sequence[int | None] = [count for _code, _label, count in rows]
    if question.kind not in LEVELS:
        counts = masked([count for *_facts, count in rows], smallest, add_up=question.kind == QuestionKind.ONE_OF)
    choices = tuple(
        ChoiceCount(code, label, count, _share(count, cell))
        for (code, label, _count), count in zip(rows, counts, strict=True)
    )
    return Chosen(choices, hidden=None in counts)


def _banded(question: Question, cell: Cell, smallest: int) -> Chosen:
    """Return the bands of numbers or days, none of few; the median lies in the lower one of two."""
    bands = bands_told(question, cell.levels, smallest)
    sums = accumulate(band.count for band in bands)
    middle = next((band.code for band, reached in zip(bands, sums, strict=True) if 2 * reached >= cell.n), "")
    return Chosen(
        tuple(ChoiceCount(each.code, each.label, each.count, _share(each.count, cell)) for each in bands), middle=middle
    )


def masked(counts: Sequence[int], smallest: int, *, add_up: bool) -> list[int | None]:
    """Return ``counts`` without those from 1 to below ``smallest``.

    Args:
        counts: how often each thing was chosen.
        smallest: the least count that is told.
        add_up: their sum is told; then the hidden ones are at least two and have together at least ``smallest``.

    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < smallest}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= smallest)
    while add_up and hidden and others and (len(hidden) < 2 or sum(counts[place] for place in hidden) < smallest):
        hidden.add(others.pop(0)[1])
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _options(question: Question, cell: Cell) -> list[tuple[str, str, int]]:
    known = dict(question.counted) or {"1": question.label}
    # What an earlier version let people choose is told by its code.
    labels = {**known, **{code: code for code in cell.levels if code not in known}}
    return [(code, str(label), cell.levels.get(code, 0)) for code, label in labels.items()]


def _share(count: int | None, cell: Cell) -> float | None:
    return None if count is None else count / cell.n if cell.n else 0.0


def _ranked(question: Question, cell: Cell, smallest: int) -> Chosen:
    """Return of a ranking every option, those put first most often before the others as far as that is told."""
    labels, places = {code: str(label) for code, label in question.options}, defaultdict[str, Counter[int]](Counter)
    for ranked, count in cell.levels.items():
        place, _dot, code = ranked.partition(".")
        if place.isdigit() and code:
            places[code][int(place)] += count
    last = max((place for counts in places.values() for place in counts), default=0)
    rows = [([places[code][place] for place in range(1, last + 1)], code) for code in labels | dict.fromkeys(places)]
    # Everybody puts something first.
    columns = [masked([counts[at] for counts, _code in rows], smallest, add_up=at == 0) for at in range(last)]
    found = []
    for at, (counts, code) in enumerate(rows):
        told = tuple(column[at] for column in columns)
        total = sum(counts)
        left = total - sum(count for count in told if count is not None)
        # What is hidden in a row is not to be had from its sum.
        is_hidden = 0 < total < smallest or 0 < left < smallest or told.count(None) == 1
        chosen = None if is_hidden else total
        found.append(Ranked(code, labels.get(code, code), told, chosen, _share(chosen, cell)))
    # Their order says of hidden counts that they are hidden, and no more.
    found.sort(key=lambda each: [-1 if count is None else count for count in each.places], reverse=True)
    return Chosen((), tuple(found), "", any(None in (*each.places, each.count) for each in found))
