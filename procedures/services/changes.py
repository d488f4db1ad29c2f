"""What every kind of imported row shares: a change in words, the name of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from procedures.models import Names, ProcedurePage

SHORT_TITLE = 255


@dataclass(frozen=True)
class Change:
    """One part of a record: what the newest draft says, and what the file says."""

    label: str
    old: str
    new: str


class ImportedRow(Protocol):
    """One procedure of a file: a line of a table, or a record of the national shape."""

    code: str

    @property
    def is_sure(self) -> bool: ...
    @property
    def says_trust(self) -> bool: ...
    @property
    def field_name(self) -> str: ...
    @property
    def keys_of_new(self) -> list[str]: ...
    @property
    def shown(self) -> list[str]: ...
    def remembered(self, source_row: Mapping[str, Any]) -> dict[str, Any]: ...
    def changed(self, page: ProcedurePage, content: Mapping[str, Any], names: Names) -> list[str]: ...
    def is_known(self, page: ProcedurePage, keys: Sequence[str], content: Mapping[str, Any], names: Names) -> bool: ...
    def places_kept(self, content: Mapping[str, Any], names: Names) -> list[str]: ...
    def changes(self, keys: Sequence[str], content: Mapping[str, Any], names: Names) -> list[Change]: ...
    def put(self, page: ProcedurePage, keys: Sequence[str], names: Names) -> None: ...


def put_name(page: ProcedurePage, words: str) -> None:
    """Keep long names whole; the title of a page holds 255 characters."""
    page.title, page.full_name = words, ""
    if len(words) > SHORT_TITLE:
        page.title = words[: SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…"
        page.full_name = words
    page.draft_title = page.title
