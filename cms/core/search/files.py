"""The port through which the words of public files come to the entries that show them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model

from cms.core.models import SearchEntryFile


@dataclass(frozen=True)
class FoundFile:
    """A public file of one thing whose words are known. ``text_id`` is the key of its ``FileText``."""

    name: str
    url: str
    text_id: int
    text: str


# From a model and keys of it to the files that everybody may open there, by key as text; a constant number of queries.
FileFinder = Callable[[type[Model], Collection[str]], Mapping[str, Sequence[FoundFile]]]

# From digests of files to those that everybody may open at this moment; a constant number of queries.
StillOpen = Callable[[Collection[str]], Collection[str]]

_finders: dict[str, FileFinder] = {}
_still_open: dict[str, StillOpen] = {}


def register_file_finder(name: str, finder: FileFinder, still_open: StillOpen) -> None:
    """Let the search ask ``finder`` for the files of what it indexes, and ``still_open`` when it shows them.

    Called in ``AppConfig.ready()``.
    """
    _finders[name] = finder
    _still_open[name] = still_open


def entries_inside_closed_files(entry_ids: Collection[int]) -> set[int]:
    """Return those of these entries, found by words of their files, that hold words nobody may read any more.

    A file is moved to a closed collection without a word to anybody; until its page is written again, what only its
    words would find is not found. Two statements, none without entries.
    """
    if not entry_ids:
        return set()
    held = SearchEntryFile.objects.filter(entry__in=entry_ids).values_list("entry_id", "text__digest")
    digests: dict[int, set[str]] = {pk: set() for pk in entry_ids}
    for pk, digest in held:
        digests[pk].add(digest)
    every = set().union(*digests.values())
    still_open = {digest for ask in _still_open.values() for digest in ask(every)}
    return {pk for pk, own in digests.items() if not own or own - still_open}


def files_of(model: type[Model], keys: Collection[str]) -> dict[str, list[FoundFile]]:
    """Return the files of these objects by key; those without any are left out."""
    found: dict[str, list[FoundFile]] = {}
    for finder in _finders.values():
        for key, files in finder(model, keys).items():
            found.setdefault(key, []).extend(files)
    return found
