"""Times and fees in words, and the small values that a procedure shows. No queries."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from procedures.enums import FeeKind, TimeUnit


def money(amount: int) -> str:
    """Return an amount of đồng as people write it: “20.000 đồng”."""
    return _("%(amount)s đồng") % {"amount": f"{amount:,}".replace(",", ".")}


def time_words(quantity: int | None, unit: str, text: str = "") -> str:
    """Return a time limit in words: “10 ngày làm việc”, “trả ngay trong buổi”; what was written stands behind it."""
    known = TimeUnit(unit) if unit else None
    if known is None or (known.is_counted and quantity is None):
        return text
    counted = f"{quantity} {known.label}" if known.is_counted else str(known.label)
    return f"{counted} ({text})" if text else counted


def fee_words(kind: str, amount: int | None, text: str = "") -> str:
    """Return a fee in words; nothing when the record says nothing."""
    if kind == FeeKind.FREE:
        said = str(FeeKind.FREE.label)
    elif kind == FeeKind.AMOUNT and amount is not None:
        said = money(amount)
    else:
        return text
    return f"{said} ({text})" if text else said


@dataclass(frozen=True)
class ProcedureState:
    """A procedure's state in a word, and the tone of its tag."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Part:
    """One line of the contents of a procedure's page."""

    anchor: str
    text: str


@dataclass(frozen=True)
class CheckLine:
    """One paper of the checklist. ``key`` is the value of its box in the address: case and place, “2-1”."""

    key: str
    paper: Any
    ready: bool


@dataclass(frozen=True)
class Checklist:
    """What a citizen takes along, in one case and by one way of submitting; nothing of it is kept.

    ``due`` is a ``Deadline`` of the calendar where working days are counted, ``due_on`` the day of the result and
    ``counted_from`` the working day on which the dossier is received; None where no day can be counted.
    """

    cases: list[Any] = field(default_factory=list)
    case: int = 0
    ways: list[Any] = field(default_factory=list)
    way: Any = None
    lines: list[CheckLine] = field(default_factory=list)
    due: Any = None
    due_on: Any = None
    counted_from: Any = None

    @property
    def needed(self) -> list[CheckLine]:
        """What nobody may leave out."""
        return [line for line in self.lines if not line.paper.get("optional")]

    @property
    def missing(self) -> list[CheckLine]:
        return [line for line in self.needed if not line.ready]

    @property
    def ready_count(self) -> int:
        return sum(line.ready for line in self.needed)

    @property
    def is_complete(self) -> bool:
        return bool(self.lines) and not self.missing
