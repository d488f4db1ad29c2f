"""What was chosen how often, of a cell that may be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

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


def middle_of(question: Question, choices: Sequence[ChoiceCount]) -> str:
    """Return the band in which the median lies, the lower one of two; empty where answers have no order of size."""
    total = sum(choice.count for choice in choices)
    if question.kind not in BANDED or not total:
        return ""
    sums = accumulate(choice.count for choice in choices)
    return next(choice.code for choice, reached in zip(choices, sums, strict=True) if 2 * reached >= total)
