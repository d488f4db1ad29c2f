"""The registry of importers: an app hands in how its file is read and which service writes what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from .results import Item, Reading


@dataclass(frozen=True)
class ImportKind:
    """One kind of file that the office brings.

    Args:
        name: key of the kind, also the beginning of the names of its addresses.
        label: what people call it, on the menu and as the page's title.
        capability: row of the permission matrix that opens it.
        extensions: accepted file names end in one of these, without the dot.
        explanation: which columns or layout the file must have, for the upload screen.
        read: content and file name to Reading; raises UnreadableFileError; never writes.
        write: items to the keys of what was written, in one transaction. Keyword arguments ``actor`` (None for a
            command) and ``publish``.
        may_publish: says whether a person may have what they import published at once.
        preview_template: shows ``run.report`` before anything is written.
        publish_label: words of the box that asks for publishing.
        list_url_name: name of the admin's address that lists what was made.

    """

    name: str
    label: str | Promise
    capability: str
    extensions: tuple[str, ...]
    explanation: str | Promise
    read: Callable[[bytes, str], Reading[Any]]
    write: Callable[..., list[str]]
    may_publish: Callable[[Any], bool]
    preview_template: str
    publish_label: str | Promise = ""
    list_url_name: str = ""

    @property
    def accept(self) -> str:
        return ",".join(f".{extension}" for extension in self.extensions)


_kinds: dict[str, ImportKind] = {}


def register_import_kind(kind: ImportKind) -> None:
    """Keep ``kind``; raises ImproperlyConfigured when another one has its name."""
    if _kinds.get(kind.name, kind) != kind:
        raise ImproperlyConfigured(f"Loại nhập {kind.name!r} đã được đăng ký")
    _kinds[kind.name] = kind


def get_import_kind(name: str) -> ImportKind:
    """Return the kind called ``name``; KeyError when no app handed it in."""
    return _kinds[name]


def write_in_batches(
    kind: ImportKind,
    items: Sequence[Item[Any]],
    *,
    actor: Any,
    publish: bool,
    batch: int,
    progress: Callable[[int], None],
) -> list[str]:
    """Write ``items`` batch by batch, each in its own transaction, and report how many are done after each.

    Every row has been judged before the first batch. Should the work be cut short, running the file again
    writes the rest and doubles nothing; one long transaction would hold up everybody's work on SQLite.
    """
    written: list[str] = []
    for start in range(0, len(items), batch):
        part = items[start : start + batch]
        written += kind.write(part, actor=actor, publish=publish)
        progress(start + len(part))
    return written
