"""Asking the index. One statement ranks, one asks whether the rows are public still, one reads those of the page."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from cms.core.models import SearchEntry, Unit

from .backends import Candidate, get_backend
from .backends.base import MOST_CANDIDATES
from .excerpt import Parts, excerpt, mark
from .kinds import get_search_kind, search_kinds
from .query import Filters, Query, parse_query

PAGE_SIZE = 20
MOST_ON_A_PAGE = 100


@dataclass(frozen=True)
class SearchHit:
    """One result as people read it. ``title`` and ``excerpt`` are pieces; True marks a match."""

    kind: str
    kind_label: str
    object_id: str
    title: Parts
    excerpt: Parts
    date: datetime.date | None
    url: str

    @property
    def plain_title(self) -> str:
        return "".join(piece for piece, _ in self.title)


@dataclass(frozen=True)
class Facet:
    """How many results there are of one kind or year."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class SearchResults:
    """One page of results.

    ``total`` is exact unless ``more`` is set: then there are at least so many. ``kinds`` and ``years`` count
    within the same bound.
    """

    query: str
    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    more: bool = False
    too_short: bool = False
    page: int = 1
    size: int = PAGE_SIZE
    kinds: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()

    @property
    def total_text(self) -> str:
        """Return the total as people read it: ``47``, or ``1.000+``."""
        return f"{self.total:,}".replace(",", ".") + ("+" if self.more else "")


def search(
    query: str,
    *,
    kind: str | None = None,
    year: int | None = None,
    unit: Unit | int | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> SearchResults:
    """Find what the public may read.

    Any text may come in. ``kind`` is the name of a search kind, ``year`` that of the date people know a thing
    by, ``unit`` a unit or its key. A page past the end shows the last one. Three statements are made whatever the
    rows, beside those of a kind's own ``public``; two more when no whole word is found, or when ``kind`` narrows a
    search that met its bound.
    """
    asked = parse_query(query)
    if asked.too_short:
        return SearchResults(asked.text, too_short=bool(asked.text))
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    found, more = _public(asked, Filters(None, year, unit_id))
    kinds, years = _kind_facets(found), _year_facets(found)
    if kind is not None:
        if more:
            found, more = _public(asked, Filters(kind, year, unit_id))
        else:
            found = [candidate for candidate in found if candidate.kind == kind]
        years = _year_facets(found)
    size = min(max(size, 1), MOST_ON_A_PAGE)
    page = min(max(page, 1), max(-(-len(found) // size), 1))
    hits = _hits(found[(page - 1) * size : page * size], asked)
    return SearchResults(asked.text, hits, len(found), more, False, page, size, kinds, years)


def matching_keys(query: str, *, kind: str) -> list[str]:
    """Return the keys of at most 1,000 objects of one kind, best first, for a list with a search box of its own.

    The caller keeps to what the public may read; nothing is asked about that here.
    """
    asked = parse_query(query)
    found = [] if asked.too_short else _matching(asked, Filters(kind=kind))
    return [row.object_id for row in found[:MOST_CANDIDATES]]


def _matching(query: Query, filters: Filters) -> list[Candidate]:
    backend = get_backend()
    return backend.find(query, filters) or backend.find(query, filters, prefix=True)


def _public(query: Query, filters: Filters) -> tuple[list[Candidate], bool]:
    """Return the rows that are public at this moment, and whether there may be more of them."""
    found = _matching(query, filters)
    more = len(found) > MOST_CANDIDATES
    found = found[:MOST_CANDIDATES]
    readable = _readable(found)
    return [row for row in found if (row.kind, row.object_id) in readable], more


def _readable(found: Sequence[Candidate]) -> set[tuple[str, str]]:
    """Ask every kind at once which of its rows the public may open."""
    asked = [
        kind.public()
        .order_by()
        .filter(pk__in=keys)
        .annotate(search_kind=Value(kind.name), search_key=Cast("pk", CharField()))
        .values_list("search_kind", "search_key")
        for kind in search_kinds()
        if (keys := [row.object_id for row in found if row.kind == kind.name])
    ]
    return set(asked[0].union(*asked[1:], all=True)) if asked else set()


def _hits(chosen: Sequence[Candidate], query: Query) -> tuple[SearchHit, ...]:
    entries: dict[Any, SearchEntry] = SearchEntry.objects.in_bulk([row.entry_id for row in chosen])
    # A row that vanished between the two statements is one hit less, not an error.
    return tuple(_hit(entries[row.entry_id], query) for row in chosen if row.entry_id in entries)


def _hit(entry: SearchEntry, query: Query) -> SearchHit:
    return SearchHit(
        kind=entry.kind,
        kind_label=str(get_search_kind(entry.kind).label),
        object_id=entry.object_id,
        title=mark(entry.title, query),
        excerpt=excerpt(entry.lead, query),
        date=entry.date,
        url=entry.url,
    )


def _kind_facets(found: Sequence[Candidate]) -> tuple[Facet, ...]:
    counts = Counter(row.kind for row in found)
    return tuple(Facet(kind.name, str(kind.label), counts[kind.name]) for kind in search_kinds() if counts[kind.name])


def _year_facets(found: Sequence[Candidate]) -> tuple[Facet, ...]:
    counts = Counter(row.date.year for row in found if row.date)
    return tuple(Facet(str(year), str(year), counts[year]) for year in sorted(counts, reverse=True))
