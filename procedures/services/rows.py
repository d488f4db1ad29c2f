"""One row of a table of procedures: what it says, in words for people and in codes to compare by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from procedures.enums import Channel, Grade, Level
from procedures.models import (
    Names,
    ProcedureBasis,
    ProcedureDecision,
    ProcedureField,
    ProcedurePage,
    SubmissionWay,
    fee_words,
    time_words,
)
from procedures.models.codes import codes_text, labels_of
from procedures.services.catalogue import field_ensure
from procedures.services.changes import Change, put_name

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
    """One procedure as a table gives it, checked. ``facts`` are its cells in words, by the keys of FACTS.

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
    def says_trust(self) -> bool:
        """Whether the file says how sure it is."""
        return "trust" in self.given

    @property
    def field_name(self) -> str:
        return self.facts["field"]

    @property
    def keys_of_new(self) -> list[str]:
        """What is written onto a new page; a row that says nothing of its trust is not sure."""
        return [*self.given, "trust"]

    @property
    def kept(self) -> dict[str, str]:
        """What the page remembers of this row, in codes: a label may be worded anew without a row being another."""
        said = {**self.facts, **_codes(self.levels, self.time, self.fee)}
        return {key: said.get(key, "") for key in FACTS if key in self.given}

    def remembered(self, source_row: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``source_row`` of a page with this row in it."""
        return {**source_row, **self.kept}

    @property
    def staff_note(self) -> str:
        """What the file's own people wrote beside the row: of its trust, and behind its papers. Not for readers."""
        notes = (f"{each.number}: {each.note}" for each in self.citations if each.note)
        return "\n".join(filter(None, [self.note, *notes]))

    def changed(self, page: ProcedurePage, content: Mapping[str, Any], names: Names) -> list[str]:
        """Return the facts that the file changes on ``page``.

        Since it was last read, among those of which it has a column; a page that no table has written is laid beside
        it as its newest draft, ``content``, stands.
        """
        before = {key: page.source_row[key] for key in FACTS if key in page.source_row}
        if before:
            return [key for key, said in self.kept.items() if said != before.get(key, "")]
        state = state_now(content, fields=names.fields)
        said = self.kept | {"basis": _numbers([each.number for each in self.citations]), "trust": self.grade}
        said["field"] = ProcedureField.key_of(self.facts["field"])
        return [key for key in FACTS if key in self.given and said[key] != state.get(key, "")]

    def is_known(self, page: ProcedurePage, _keys: Sequence[str], _content: Mapping[str, Any], _names: Names) -> bool:
        """Whether a table has written ``page`` before; else its words are somebody's own."""
        return any(key in page.source_row for key in FACTS)

    def places_kept(self, _content: Mapping[str, Any], _names: Names) -> list[str]:
        """Return nothing: a table names no places."""
        return []

    def changes(self, keys: Sequence[str], content: Mapping[str, Any], names: Names) -> list[Change]:
        """Return what stands on the newest draft and what the file says, for each of ``keys``."""
        now = facts_now(content, fields=names.fields)
        return [Change(str(FACTS[key]), now.get(key, ""), self.facts[key]) for key in keys]

    @property
    def shown(self) -> list[str]:
        """The row in a few words."""
        return [self.facts[key] for key in ("name", "field", "levels", "time", "fee")]

    def put(self, page: ProcedurePage, keys: Sequence[str], _names: Names) -> None:
        """Write the facts of ``keys`` onto the page, which is not stored here."""
        if "name" in keys:
            put_name(page, self.facts["name"])
        if "field" in keys:
            page.field = field_ensure(name=self.facts["field"])
        if "levels" in keys:
            page.levels = codes_text(self.levels, Level.values)
        if "time" in keys or "fee" in keys:
            self._put_way(page, keys)
        if "authority" in keys:
            page.authority = self.facts["authority"]
        if "basis" in keys:
            cited = [
                (each, {"number": each.number, "issued_on": each.issued_on, "sort_order": place})
                for place, each in enumerate(self.citations)
            ]
            page.decisions = [ProcedureDecision(**facts) for each, facts in cited if each.announces]
            page.bases = [ProcedureBasis(**facts) for each, facts in cited if not each.announces]
        if "source" in keys:
            page.source = self.facts["source"]
        if "trust" in keys:
            page.grade, page.needs_confirmation = self.grade, not self.is_sure
        if {"basis", "trust"} & set(keys):
            page.staff_note = self._noted(page)

    def _noted(self, page: ProcedurePage) -> str:
        """Put the file's notes below those of editors, in place of what the file said of its trust before."""
        outdated = page.source_row.get("trust", "") if self.says_trust else ""
        lines = [line for line in page.staff_note.splitlines() if line != outdated]
        return "\n".join([*lines, *(line for line in self.staff_note.splitlines() if line not in lines)])

    def _put_way(self, page: ProcedurePage, keys: Sequence[str]) -> None:
        """Write time and fee onto the first way; a table says neither by which channel nor for whom."""
        ways = list(page.ways.all())
        if not ways and not any(self.facts[key] for key in ("time", "fee") if key in keys):
            return
        way = ways[0] if ways else SubmissionWay(channel=Channel.ANY)
        if "time" in keys:
            way.quantity, way.unit, way.time_text = self.time.quantity, self.time.unit, self.time.text
        if "fee" in keys:
            way.fee_kind, way.fee_amount, way.fee_text = self.fee.kind, self.fee.amount, self.fee.text
        page.ways = [way, *ways[1:]]


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
