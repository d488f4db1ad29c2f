"""Writing the index. Every change goes through here and joins the transaction of the change it follows."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model

from cms.core.models import SearchEntry, SearchEntryFile
from cms.core.text import TextError, clean_line

from .backends import IndexedWords, get_backend
from .files import FoundFile, files_of
from .kinds import SearchKind, SearchText, get_search_kind, search_kinds
from .query import number_key
from .words import title_keys

LONGEST_LEAD = 8000
_BATCH = 200
_LOOKED_UP = ["kind", "object_id"]
_WRITTEN = ["date", "unit", "number", "number_key", "url", "title", "title_key", "title_marks", "lead"]

# Called with the name of a kind and how many of its rows are written.
Progress = Callable[[str, int], None]


def index_object(*, kind: str, obj: Model) -> bool:
    """Write what the public may now see of ``obj``; take it out when that is nothing.

    The row is read again, so what is indexed is what the public reads and not what the caller holds in
    memory. Returns True when the object is in the index afterwards. Raises KeyError for an unknown kind.
    """
    return index_objects(kind=kind, pks=[obj.pk]) == 1


@transaction.atomic
def index_objects(*, kind: str, pks: Iterable[Any]) -> int:
    """Do as ``index_object`` for many objects of one kind; return how many are in the index afterwards."""
    every = list(pks)
    return sum(_index_batch(kind, every[start : start + _BATCH]) for start in range(0, len(every), _BATCH))


def _index_batch(kind: str, wanted: list[Any]) -> int:
    described = get_search_kind(kind)
    texts = {str(obj.pk): described.entry(obj) for obj in described.public().filter(pk__in=wanted)}
    texts = {object_id: text for object_id, text in texts.items() if text.url}
    _remove(kind, [str(pk) for pk in wanted if str(pk) not in texts])
    if not texts:
        return 0
    SearchEntry.objects.bulk_create(
        [_entry(kind, object_id, text) for object_id, text in texts.items()],
        update_conflicts=True,
        unique_fields=_LOOKED_UP,
        update_fields=_WRITTEN,
    )
    # An update through a conflict does not say which row it met.
    keys = dict(SearchEntry.objects.filter(kind=kind, object_id__in=texts).values_list("object_id", "pk"))
    files = files_of(described.model, list(texts))
    get_backend().write(
        [
            IndexedWords.of(
                keys[object_id],
                " ".join(filter(None, (text.title, text.number))),
                text.body,
                "\n".join(file.text for file in files.get(object_id, ())),
            )
            for object_id, text in texts.items()
        ]
    )
    _write_files({keys[object_id]: found for object_id, found in files.items()}, list(keys.values()))
    return len(texts)


def _write_files(found: dict[int, list[FoundFile]], entry_ids: list[int]) -> None:
    """Say which files help to find which entry, so that a hit can name the file."""
    SearchEntryFile.objects.filter(entry__in=entry_ids).delete()
    SearchEntryFile.objects.bulk_create(
        SearchEntryFile(entry_id=entry_id, text_id=file.text_id, name=one_line(file.name)[:255], url=file.url)
        for entry_id, files in found.items()
        for file in files
    )


@transaction.atomic
def remove_object(*, kind: str, object_id: Any) -> None:
    """Take one object out of the index; nothing happens when it is not there."""
    _remove(kind, [str(object_id)])


def rebuild(*, kind: str | None = None, progress: Progress | None = None) -> dict[str, int]:
    """Write every public object again and drop what is left over; return rows written by kind.

    Each batch is a transaction of its own, so the site goes on writing and is searched meanwhile. Without
    ``kind`` all kinds are done, and rows of kinds that no app brings any more are dropped. Raises KeyError
    for an unknown kind.
    """
    chosen = search_kinds() if kind is None else (get_search_kind(kind),)
    written = {described.name: _rebuild_kind(described, progress) for described in chosen}
    if kind is None:
        gone = set(SearchEntry.objects.values_list("kind", flat=True).distinct()) - set(written)
        for name in gone:
            _drop_left_over(name, frozenset())
    with transaction.atomic():
        get_backend().tidy()
    return written


def _rebuild_kind(described: SearchKind, progress: Progress | None) -> int:
    seen: set[str] = set()
    count = 0
    for pks in _batches(described):
        count += index_objects(kind=described.name, pks=pks)
        seen.update(map(str, pks))
        if progress:
            progress(described.name, count)
    _drop_left_over(described.name, seen)
    return count


def _batches(described: SearchKind) -> Iterator[list[Any]]:
    """Walk by key: an offset would skip rows when others vanish meanwhile."""
    rows = described.public().order_by("pk").values_list("pk", flat=True)
    pks = list(rows[:_BATCH])
    while pks:
        yield pks
        pks = list(rows.filter(pk__gt=pks[-1])[:_BATCH])


def _drop_left_over(kind: str, seen: "set[str] | frozenset[str]") -> None:
    known = SearchEntry.objects.filter(kind=kind).values_list("object_id", flat=True)
    left_over = [object_id for object_id in known.iterator() if object_id not in seen]
    for start in range(0, len(left_over), _BATCH):
        with transaction.atomic():
            _remove(kind, left_over[start : start + _BATCH])


def _remove(kind: str, object_ids: list[str]) -> None:
    if not object_ids:
        return
    rows = SearchEntry.objects.filter(kind=kind, object_id__in=object_ids)
    get_backend().remove(list(rows.values_list("pk", flat=True)))
    rows.delete()


def _entry(kind: str, object_id: str, text: SearchText) -> SearchEntry:
    title = one_line(text.title)[:500]
    title_key, title_marks = title_keys(title)
    return SearchEntry(
        kind=kind,
        object_id=object_id,
        date=text.date,
        unit_id=text.unit_id,
        number=one_line(text.number)[:120],
        number_key=number_key(text.number)[:120] if text.number else "",
        url=text.url,
        title=title,
        title_key=title_key,
        title_marks=title_marks,
        lead=one_line(text.body[: 2 * LONGEST_LEAD])[:LONGEST_LEAD],
    )


def one_line(text: str) -> str:
    """Return one line fit to be shown, of text that was perhaps never checked; what cannot be stored is left out."""
    try:
        return clean_line(text)
    except TextError:
        composed = unicodedata.normalize("NFC", text)
        kept = (char if char.isprintable() else " " for char in composed if not unicodedata.combining(char))
        return " ".join("".join(kept).split())
