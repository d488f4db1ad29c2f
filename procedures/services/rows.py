"""One row of a file of procedures: what it says, in words for people and in codes to compare by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from procedures.enums import Grade, Level
from procedures.models import ProcedureField, fee_words, time_words
from procedures.models.codes import codes_text, labels_of

# What a file says of a procedure, and what people call it; the keys of ``source_row`` are these.
FACTS: dict[str, Any] = {
    "name": gettext_lazy("Tên thủ tục"),
    "field": gettext_lazy("Lĩnh vực"),
    "levels": gettext_lazy("Cấp thực hiện"),
    "time": gettext_lazy("Thời hạn"),
    "fee": gettext_lazy("Phí, lệ phí"),
    "authority": gettext_lazy("Cơ quan thực hiện"),
    "basis": gettext_lazy("Căn cứ pháp lý"),
    "source": gettext_lazy("Nguồn"),
    "trust": gettext_lazy("Độ tin cậy"),
}


@dataclass(frozen=True)
class TimeLimit:
    """A time limit as columns hold it."""

    quantity: int | None = None
    unit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Fee:
    """A fee as columns hold it; amounts in đồng."""

    kind: str = ""
    amount: int | None = None
    text: str = ""


@dataclass(frozen=True)
class CitationDraft:
    """A paper that a row names; ``announces`` tells decisions that announce it from those that it rests on."""

    number: str
    issued_on: date | None = None
    note: str = ""
    announces: bool = False


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure as a file gives it, checked. ``facts`` are its cells in words, by the keys of FACTS.

    ``given`` are the facts of which the file has a column; of all others it says nothing.
    """

    code: str
    facts: Mapping[str, str]
    levels: tuple[str, ...] = ()
    time: TimeLimit = TimeLimit()
    fee: Fee = Fee()
    citations: tuple[CitationDraft, ...] = ()
    grade: str = Grade.D
    note: str = ""
    given: frozenset[str] = frozenset(FACTS)

    @property
    def is_sure(self) -> bool:
        """Whether readers may see it as it comes."""
        return self.grade == Grade.A

    @property
    def kept(self) -> dict[str, str]:
        """What the page remembers of this row, in codes: a label may be worded anew without a row being another."""
        said = {**self.facts, **_codes(self.levels, self.time, self.fee)}
        return {key: said.get(key, "") for key in FACTS if key in self.given}

    @property
    def staff_note(self) -> str:
        """What the file's own people wrote beside the row: of its trust, and behind its papers. Not for readers."""
        notes = (f"{each.number}: {each.note}" for each in self.citations if each.note)
        return "\n".join(filter(None, [self.note, *notes]))

    def changed(self, before: Mapping[str, str]) -> list[str]:
        """Return the facts that the file says otherwise than ``before``, among those of which it has a column."""
        return [key for key, said in self.kept.items() if said != before.get(key, "")]

    def differing(self, state: Mapping[str, str]) -> list[str]:
        """Return the facts that the file says otherwise than a page written by hand; see :func:`state_now`."""
        said = self.kept | {"basis": _numbers([each.number for each in self.citations]), "trust": self.grade}
        said["field"] = ProcedureField.key_of(self.facts["field"])
        return [key for key in FACTS if key in self.given and said[key] != state.get(key, "")]


def facts_now(content: Mapping[str, Any], *, fields: Mapping[int, str]) -> dict[str, str]:
    """Return what the newest draft of a page says of each fact, in words, to lay beside a file.

    Args:
        content: the revision's content.
        fields: names of fields of work by key.

    """
    way: Mapping[str, Any] = next(iter(content.get("ways") or []), {})
    cited = [*(content.get("decisions") or []), *(content.get("bases") or [])]
    grade = content.get("grade") or ""
    return {
        "name": content.get("full_name") or content.get("title") or "",
        "field": fields.get(content.get("field") or 0, ""),
        "levels": "; ".join(labels_of(content.get("levels") or "", Level)),
        "time": time_words(way.get("quantity"), way.get("unit") or "", way.get("time_text") or ""),
        "fee": fee_words(way.get("fee_kind") or "", way.get("fee_amount"), way.get("fee_text") or ""),
        "authority": content.get("authority") or "",
        "basis": "; ".join(row.get("number") or row.get("abstract") or "" for row in cited),
        "source": content.get("source") or "",
        "trust": str(Grade(grade).label) if grade else "",
    }


def state_now(content: Mapping[str, Any], *, fields: Mapping[int, str]) -> dict[str, str]:
    """Return what the newest draft of a page says, in codes, for a page that no file has written yet.

    Args:
        content: the revision's content.
        fields: names of fields of work by key.

    """
    way: Mapping[str, Any] = next(iter(content.get("ways") or []), {})
    cited = [*(content.get("decisions") or []), *(content.get("bases") or [])]
    time = TimeLimit(way.get("quantity"), way.get("unit") or "", way.get("time_text") or "")
    fee = Fee(way.get("fee_kind") or "", way.get("fee_amount"), way.get("fee_text") or "")
    levels = [code for code in (content.get("levels") or "").split(",") if code]
    words = facts_now(content, fields=fields)
    return {
        **words,
        **_codes(levels, time, fee),
        "field": ProcedureField.key_of(words["field"]),
        "authority": " ".join(words["authority"].split()),
        "basis": _numbers([row.get("number") or "" for row in cited]),
        "trust": content.get("grade") or "",
    }


def _codes(levels: Sequence[str], time: TimeLimit, fee: Fee) -> dict[str, str]:
    return {
        "levels": codes_text(levels, Level.values),
        "time": "|".join(["" if time.quantity is None else str(time.quantity), time.unit, time.text]).strip("|"),
        "fee": "|".join([fee.kind, "" if fee.amount is None else str(fee.amount), fee.text]).strip("|"),
    }


def _numbers(numbers: Sequence[str]) -> str:
    return ";".join(sorted(numbers))
