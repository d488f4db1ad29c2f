"""Two published versions of a procedure side by side, part by part of the national record."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cms.core.querysets.facets import whole_number
from procedures.models.record import PARTS, Names, record_of
from procedures.querysets import Version

# How sure the source was is the office's own note.
_COMPARED = [part for part in PARTS if part.key != "do_tin_cay"]


@dataclass(frozen=True)
class ChangedPart:
    """One part that two versions say otherwise, in words."""

    label: Any
    old: str
    new: str


@dataclass(frozen=True)
class Comparison:
    """The versions there are, the two that are laid side by side, where they differ; None while there is but one."""

    versions: list[Version]
    older: Version | None = None
    newer: Version | None = None
    changes: list[ChangedPart] | None = None


def comparison_of(versions: list[Version], query: QueryDict, *, procedures: Any) -> Comparison:
    """Return the two versions that an address asks for; nonsense in it is the last two.

    Args:
        versions: the published ones, the last first.
        query: ``tu`` and ``den`` are keys of versions, in whatever order.
        procedures: in which successors are looked up.

    """
    if len(versions) < 2:
        return Comparison(versions)
    known = {version.key: place for place, version in enumerate(versions)}
    asked = [known.get(whole_number(query.get(name, "")) or 0) for name in ("den", "tu")]
    places = sorted(place for place in asked if place is not None)
    first, last = places if len(set(places)) == 2 else (0, 1)
    newer, older = versions[first], versions[last]
    names = Names.of([newer.content, older.content], procedures=procedures)
    before, after = record_of(older.content, names), record_of(newer.content, names)
    changes = [
        ChangedPart(part.label, part.shown(before[part.key]), part.shown(after[part.key]))
        for part in _COMPARED
        if before[part.key] != after[part.key]
    ]
    return Comparison(versions, older, newer, changes)
