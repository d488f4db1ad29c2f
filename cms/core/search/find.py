"""Asking the index. One statement ranks, one asks whether the rows are public still, one reads those of the page.

What only the words of files bring comes last and costs three more: whether those files are open still, and which they
are. The names of units beside the results cost one.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from cms.core.models import SearchEntry, SearchEntryFile, Unit

from .backends import Candidate, get_backend
from .backends.base import MOST_CANDIDATES
from .excerpt import Parts, best_start, excerpt, mark
from .files import entries_inside_closed_files
from .kinds import get_search_kind, search_kinds
from .query import Filters, Query, parse_query

PAGE_SIZE = 20
MOST_ON_A_PAGE = 100
_MOST_UNITS = 15  # beside the results; others are found by their name

Pool = Sequence[Candidate]


@dataclass(frozen=True)
class SearchHit:
    """One result as people read it. ``title`` and ``excerpt`` are pieces; True marks a match.

    With ``file_name`` the words stand in that file, and the excerpt is of it.
    """

    kind: str
    kind_label: str
    object_id: str
    title: Parts
    excerpt: Parts
    date: datetime.date | None
    url: str
    file_name: str = ""
    file_url: str = ""

    @property
    def plain_title(self) -> str:
        return "".join(piece for piece, _ in self.title)


@dataclass(frozen=True)
class Facet:
    """How many results there are of one kind, year or unit."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class SearchResults:
    """One page of results.

    ``total`` is exact unless ``more`` is set: then there are at least so many. ``kinds``, ``years`` and ``units``
    count within the same bound; each counts what choosing it instead would show, the other filters kept.
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
    units: tuple[Facet, ...] = ()

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
    by, ``unit`` a unit or its key. A page past the end shows the last one. Three to seven statements are made whatever
    the rows, beside those of a kind's own ``public``; two more when no whole word is found, or when a filter narrows a
    search that met its bound.
    """
    asked = parse_query(query)
    if asked.too_short:
        return SearchResults(asked.text, too_short=bool(asked.text))
    filters = Filters(kind, year, unit.pk if isinstance(unit, Unit) else unit)
    pool, more = _public(asked, Filters())
    found = _narrowed(pool, filters)
    if more and filters != Filters():
        found, more = _public(asked, filters)
        pool = list({row.entry_id: row for row in (*pool, *found)}.values())
    size = min(max(size, 1), MOST_ON_A_PAGE)
    page = min(max(page, 1), max(-(-len(found) // size), 1))
    hits = _hits(found[(page - 1) * size : page * size], asked)
    kinds, years, units = _facets(pool, filters)
    return SearchResults(asked.text, hits, len(found), more, False, page, size, kinds, years, units)


def matching_keys(query: str, *, kind: str) -> list[str]:
    """Return the keys of at most 1,000 objects of one kind, best first, for a list with a search box of its own.

    The caller keeps to what the public may read; nothing is asked about that here.
    """
    asked = parse_query(query)
    found = [] if asked.too_short else _matching(asked, Filters(kind=kind))
    return [row.object_id for row in _outside_closed_files(found[:MOST_CANDIDATES])]


def newest(*, unit: Unit | int, kinds: Iterable[str], size: int = PAGE_SIZE) -> list[SearchEntry]:
    """Return what the public may read now of one unit, the newest first; things without a day are left out.

    ``kinds`` are names of search kinds; those that no app has brought are passed over. Two statements whatever the
    rows.
    """
    brought = [kind.name for kind in search_kinds() if kind.name in set(kinds)]
    rows = SearchEntry.objects.filter(unit=unit, kind__in=brought, date__isnull=False).order_by("-date", "-pk")
    # A few more than asked for: some may have been closed to the public a moment ago.
    found = list(rows[: size + PAGE_SIZE])
    readable = readable_of(found)
    return [row for row in found if (row.kind, row.object_id) in readable][:size]


def _matching(query: Query, filters: Filters) -> list[Candidate]:
    backend = get_backend()
    if found := backend.find(query, filters):
        return found
    if query.is_cut:
        return backend.find(query, filters, prefix=True)
    return backend.find(query.longer, filters) if query.longer else []


def _public(query: Query, filters: Filters) -> tuple[list[Candidate], bool]:
    """Return the rows that are public at this moment, and whether there may be more of them."""
    found = _matching(query, filters)
    more = len(found) > MOST_CANDIDATES
    found = _outside_closed_files(found[:MOST_CANDIDATES])
    readable = readable_of(found)
    return [row for row in found if (row.kind, row.object_id) in readable], more


def _outside_closed_files(found: Sequence[Candidate]) -> list[Candidate]:
    closed = entries_inside_closed_files([row.entry_id for row in found if row.in_file])
    return [row for row in found if row.entry_id not in closed]


def readable_of(found: Sequence[Candidate | SearchEntry]) -> set[tuple[str, str]]:
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


def _narrowed(rows: Pool, filters: Filters) -> list[Candidate]:
    return [
        row
        for row in rows
        if filters.kind in {None, row.kind}
        and filters.unit_id in {None, row.unit_id}
        and (filters.year is None or (row.date is not None and row.date.year == filters.year))
    ]


def _hits(chosen: Sequence[Candidate], query: Query) -> tuple[SearchHit, ...]:
    entries: dict[Any, SearchEntry] = SearchEntry.objects.in_bulk([row.entry_id for row in chosen])
    files: dict[int, list[SearchEntryFile]] = defaultdict(list)
    if inside := [row.entry_id for row in chosen if row.in_file]:
        for file in SearchEntryFile.objects.filter(entry__in=inside).select_related("text").order_by("pk"):
            files[file.entry_id].append(file)
    # A row that vanished between the statements is one hit less, not an error.
    return tuple(
        _hit(entries[row.entry_id], query, files.get(row.entry_id, ())) for row in chosen if row.entry_id in entries
    )


def _hit(entry: SearchEntry, query: Query, files: Sequence[SearchEntryFile]) -> SearchHit:
    # The file in which most of the words stand together.
    file = max(files, key=lambda one: best_start(one.text.text, query)[1], default=None)
    return SearchHit(
        kind=entry.kind,
        kind_label=str(get_search_kind(entry.kind).label),
        object_id=entry.object_id,
        title=mark(entry.title, query),
        excerpt=excerpt(file.text.text if file else entry.lead, query),
        date=entry.date,
        url=entry.url,
        file_name=file.name if file else "",
        file_url=file.url if file else "",
    )


def _facets(pool: Pool, filters: Filters) -> tuple[tuple[Facet, ...], ...]:
    """Count by kind, year and unit; each without its own filter, so that another value may be chosen at once."""
    kinds = Counter(row.kind for row in _narrowed(pool, replace(filters, kind=None)))
    years = Counter(row.date.year for row in _narrowed(pool, replace(filters, year=None)) if row.date)
    units = Counter(row.unit_id for row in _narrowed(pool, replace(filters, unit_id=None)) if row.unit_id)
    return (
        tuple(Facet(kind.name, str(kind.label), kinds[kind.name]) for kind in search_kinds() if kinds[kind.name]),
        tuple(Facet(str(year), str(year), years[year]) for year in sorted(years, reverse=True)),
        _unit_facets(units),
    )


def _unit_facets(counts: "Counter[int]") -> tuple[Facet, ...]:
    most = [pk for pk, _ in counts.most_common(_MOST_UNITS)]
    units = list(Unit.objects.filter(pk__in=most).in_order()) if most else []
    units.sort(key=lambda unit: -counts[unit.pk])
    return tuple(Facet(unit.slug, unit.called, counts[unit.pk]) for unit in units)
