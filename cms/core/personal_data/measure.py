"""How well the finder finds: precision and recall over labelled sentences, by kind and in two groups."""

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from .findings import KINDS, NAMES, NUMBERS, Finding

GROUPS = {"numbers": NUMBERS, "names": NAMES}


@dataclass
class Tally:
    """What was labelled and what was found, and how many of each the other side has too."""

    labelled: int = 0
    found: int = 0
    exact: int = 0
    labelled_touched: int = 0
    found_touching: int = 0

    @property
    def recall(self) -> float:
        return self.exact / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        return self.exact / self.found if self.found else 1.0

    @property
    def recall_touched(self) -> float:
        return self.labelled_touched / self.labelled if self.labelled else 1.0

    @property
    def precision_touching(self) -> float:
        return self.found_touching / self.found if self.found else 1.0

    def add(self, other: "Tally") -> None:
        for name in ("labelled", "found", "exact", "labelled_touched", "found_touching"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Measured:
    """Tallies by kind; ``groups`` adds them up."""

    sentences: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})

    @property
    def groups(self) -> dict[str, Tally]:
        return {name: self._sum(kinds) for name, kinds in GROUPS.items()}

    def _sum(self, kinds: Iterable[str]) -> Tally:
        total = Tally()
        for kind in kinds:
            total.add(self.kinds[kind])
        return total


def measure(rows: Iterable[dict[str, Any]], finder: Callable[[str], list[Finding]]) -> Measured:
    """Compare ``finder`` with labels ({id, text, spans}, offsets in the composed form of the text).

    Exact: the same first and last letter and kind. Touched: the same kind, at least one letter in common.
    """
    result = Measured()
    for row in rows:
        result.sentences += 1
        labelled = {Finding(*span) for span in row["spans"]}
        found = set(finder(unicodedata.normalize("NFC", row["text"])))
        for kind in KINDS:
            here = [each for each in labelled if each.kind == kind]
            there = [each for each in found if each.kind == kind]
            result.kinds[kind].add(
                Tally(
                    labelled=len(here),
                    found=len(there),
                    exact=len(set(here) & set(there)),
                    labelled_touched=sum(_touches(each, there) for each in here),
                    found_touching=sum(_touches(each, here) for each in there),
                )
            )
    return result


def _touches(one: Finding, others: list[Finding]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def read_lines(lines: Iterable[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    """Yield line number and object of JSON lines; raise ValueError with the number of a line that is none.

    Each object has ``id`` and a string ``text``; empty lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadLineError(number, "json") from error
        if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
            raise BadLineError(number, "fields")
        yield number, row


class BadLineError(ValueError):
    """Line ``number`` cannot be read; ``why`` is json, fields or spans."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"{number}: {why}")
        self.number, self.why = number, why


def labelled_rows(lines: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Yield labelled sentences; raise BadLineError for a line whose ``spans`` are none."""
    for number, row in read_lines(lines):
        spans = row.get("spans")
        if not isinstance(spans, list) or not all(_is_span(span, row["text"]) for span in spans):
            raise BadLineError(number, "spans")
        yield row


def _is_span(span: Any, text: str) -> bool:
    if not (isinstance(span, list) and len(span) == 3 and span[2] in KINDS):
        return False
    start, end = span[:2]
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)
