"""What was chosen how often, of a cell that may be told."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from surveys.enums import QuestionKind
from surveys.models import Question
from surveys.services.bands import BANDED, bands_told
from surveys.services.told import Cell


@dataclass(frozen=True)
class ChoiceCount:
    """How many chose one thing."""

    code: str
    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Ranked:
    """How many put one thing first, second and so on, and how many put it anywhere."""

    code: str
    label: str
    places: tuple[int, ...]
    share: float

    @property
    def count(self) -> int:
        return sum(self.places)


def choices_told(question: Question, cell: Cell) -> tuple[ChoiceCount, ...]:
    """Return everything that could be chosen, and what was chosen of an earlier version; of numbers, their bands."""
    if question.kind in BANDED:
        counted = bands_told(question, cell.levels)
    else:
        known = dict(question.counted) or {"1": question.label}
        # What an earlier version let people choose is told by its code.
        labels = {**known, **{code: code for code in cell.levels if code not in known}}
        counted = [(code, str(label), cell.levels.get(code, 0)) for code, label in labels.items()]
    return tuple(ChoiceCount(code, label, count, count / cell.n if cell.n else 0.0) for code, label, count in counted)


def ranks_told(question: Question, cell: Cell) -> tuple[Ranked, ...]:
    """Return of a ranking every option, the one put first most often before the others; nothing of other questions."""
    if question.kind != QuestionKind.RANKING:
        return ()
    labels, places = {code: str(label) for code, label in question.options}, defaultdict[str, Counter[int]](Counter)
    for ranked, count in cell.levels.items():
        place, _dot, code = ranked.partition(".")
        if place.isdigit() and code:
            places[code][int(place)] += count
    last = max((place for counts in places.values() for place in counts), default=0)
    rows = [
        (code, labels.get(code, code), tuple(places[code][place] for place in range(1, last + 1)))
        for code in labels | dict.fromkeys(places)
    ]
    found = (Ranked(*row, sum(row[2]) / cell.n if cell.n else 0.0) for row in rows)
    return tuple(sorted(found, key=lambda option: option.places, reverse=True))


def middle_of(question: Question, choices: Sequence[ChoiceCount]) -> str:
    """Return the band in which the median lies, the lower one of two; empty where answers have no order of size."""
    total = sum(choice.count for choice in choices)
    if question.kind not in BANDED or not total:
        return ""
    sums = accumulate(choice.count for choice in choices)
    return next(choice.code for choice, reached in zip(choices, sums, strict=True) if 2 * reached >= total)
