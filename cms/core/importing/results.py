"""What an importer says about a file: what it would make, what it refuses, what a person should look at."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

_MOST_LINES = 50


class UnreadableFileError(Exception):
    """The file as a whole cannot be used; ``str()`` is a Vietnamese sentence for the person who sent it."""


class NoTableError(UnreadableFileError):
    """The file has no table with the columns that are looked for, or one without rows."""


class Fate(models.TextChoices):
    """What becomes of one row."""

    NEW = "new", _("Mới")
    CHANGED = "changed", _("Có thay đổi")
    UNCHANGED = "unchanged", _("Đã có, giữ nguyên")


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken in. ``line`` counts as the person's own program shows it, 0 is the whole file."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True)
class Remark:
    """Something to look at that stops nothing."""

    line: int
    text: str


Data = TypeVar("Data")


@dataclass(frozen=True)
class Item(Generic[Data]):
    """One thing that the file would make; ``data`` is what the writing service takes.

    ``parts`` are lines of what is inside, for a file that makes one large thing. ``changes`` are what it would change,
    each as label, what is there and what the file says; ``title`` names the thing above them.
    """

    line: int
    label: str
    detail: str
    fate: Fate
    data: Data
    parts: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    title: str = ""


@dataclass
class Reading(Generic[Data]):
    """Everything an importer found in one file. Reading never writes."""

    items: list[Item[Data]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def to_write(self) -> list[Item[Data]]:
        return [item for item in self.items if item.fate is not Fate.UNCHANGED]

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Turn the items on these lines into refusals; what was remarked on them stays."""
        lines = {refusal.line for refusal in refusals}
        self.items = [item for item in self.items if item.line not in lines]
        self.refusals = sorted([*self.refusals, *refusals], key=lambda refusal: refusal.line)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by fate, with those refused and remarked on; every key is always there."""
        found = Counter(str(item.fate) for item in self.items)
        by_fate = {str(fate): found[str(fate)] for fate in Fate}
        return {**by_fate, "refused": len(self.refusals), "remarks": len(self.remarks)}

    @property
    def gathered_remarks(self) -> list[Remark]:
        """Remarks as people read them: what is said of several rows is said once, with the numbers of the rows."""
        lines: dict[str, list[int]] = {}
        for remark in self.remarks:
            lines.setdefault(remark.text, []).append(remark.line)
        return [Remark(found[0], text) if len(found) == 1 else _of_rows(found, text) for text, found in lines.items()]

    def may_be_written(self, *, skip_bad: bool) -> bool:
        """All or nothing, unless the person says to leave the bad rows out."""
        return skip_bad or not self.refusals

    def as_report(self, *, most: int) -> dict[str, Any]:
        """Return plain data for a screen: at most ``most`` items and remarks, every refusal up to ten times that."""
        return {
            "counts": self.counts,
            "items": [
                {
                    "line": item.line,
                    "label": item.label,
                    "detail": item.detail,
                    "fate": str(item.fate),
                    "parts": list(item.parts[:most]),
                    **({"changes": [list(each) for each in item.changes]} if item.changes else {}),
                    **({"title": item.title} if item.title else {}),
                }
                for item in self.items[:most]
            ],
            "refusals": [
                {"line": refusal.line, "reason": refusal.reason, "text": refusal.text}
                for refusal in self.refusals[: most * 10]
            ],
            "remarks": [{"line": remark.line, "text": remark.text} for remark in self.gathered_remarks[:most]],
        }


def _of_rows(lines: Sequence[int], text: str) -> Remark:
    named = ", ".join(map(str, lines[:_MOST_LINES])) + ("…" if len(lines) > _MOST_LINES else "")
    return Remark(0, _now("%(count)d dòng (%(lines)s): %(text)s") % {"count": len(lines), "lines": named, "text": text})


def first_words(values: Sequence[str], length: int = 120) -> str:
    """Return a recognisable piece of a refused row, for the report."""
    text = " · ".join(value for value in values if value)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
