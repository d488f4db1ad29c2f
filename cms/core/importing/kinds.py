"""The registry of importers: an app hands in how its file is read and which service writes what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from .results import Reading, Refusal


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
        hand_in: hands one written draft, named by its key, in for approval; keyword argument ``actor``. Says whether
            there was anything to hand in. None where nothing waits for approval.
        targets: what a file may go into, as choices for a person; ``read`` then takes the chosen key (or an empty
            one) as a third argument. None for kinds whose files stand for themselves.
        target_label: what the choice is called.
        not_for: items and a person to refusals of what this person may not bring in, so that the preview says it and
            not the writing. None where the capability alone decides.
        settle: done once after the last row, with every item of the file, keyword argument ``actor``; for kinds to
            which a file that tells nothing new tells something all the same. Such a file may be confirmed.
        settled_as: what confirming a file without anything new does, as a sentence.
        may_choose: whether a person may leave out single rows that the preview shows.
        written_as: where what is written goes, for kinds that make neither pages nor drafts; “vào hàng chờ …”.

    """

    name: str
    label: str | Promise
    capability: str
    extensions: tuple[str, ...]
    explanation: str | Promise
    read: Callable[..., Reading[Any]]
    write: Callable[..., list[str]]
    may_publish: Callable[[Any], bool]
    preview_template: str
    publish_label: str | Promise = ""
    list_url_name: str = ""
    hand_in: Callable[..., bool] | None = None
    targets: Callable[[Any], Sequence[tuple[str, str]]] | None = None
    target_label: str | Promise = ""
    written_as: str | Promise = ""
    not_for: Callable[[Sequence[Any], Any], list[Refusal]] | None = None
    settle: Callable[..., None] | None = None
    settled_as: str | Promise = ""
    may_choose: bool = False

    def read_file(self, content: bytes, filename: str, target: str = "", *, actor: Any = None) -> Reading[Any]:
        """Read a file for ``actor`` (None: a command); raises UnreadableFileError. Nothing is written."""
        reading = self.read(content, filename, target) if self.targets else self.read(content, filename)
        if self.not_for is not None and actor is not None:
            reading.refuse(self.not_for(reading.items, actor))
        return reading

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
