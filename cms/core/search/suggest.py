"""What is offered while somebody types: public things whose title goes on so, and what many have asked and found."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cms.core.models import SearchDemand, SearchEntry, SearchSuggestion
from cms.core.text import fold

from .backends import get_backend
from .find import readable_of, search
from .kinds import get_search_kind
from .query import Query, parse_query
from .words import words

LONGEST_TYPED = 100
_MOST_TITLES, _MOST_QUERIES = 6, 3
_LOOKED_AT = 60
_KEPT, _SINCE = 500, timedelta(days=90)


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: a thing that can be opened, or (without ``url``) a query that can be asked."""

    text: str
    url: str = ""
    kind_label: str = ""
    number: str = ""


def suggest(typed: str) -> tuple[Suggestion, ...]:
    """Return at most nine lines for what was typed so far. Four statements at most, whatever the rows.

    Titles are those that the public may open at this moment. Queries are never what one person asked: see
    ``suggestions_renew``.
    """
    asked = parse_query(typed[:LONGEST_TYPED])
    if asked.too_short:
        return ()
    queries = list(SearchSuggestion.objects.beginning(_folded(asked.text))[:_MOST_QUERIES])
    found = SearchEntry.objects.in_bulk(get_backend().begun(asked, _LOOKED_AT))
    readable = readable_of([*found.values(), *(row.entry for row in queries)])
    entries = [entry for entry in found.values() if (entry.kind, entry.object_id) in readable]
    return (
        *(Suggestion(row.query) for row in queries if (row.entry.kind, row.entry.object_id) in readable),
        *map(_line, _best(entries, asked)),
    )


def suggestions_renew(*, today: date | None = None) -> int:
    """Make the table of suggested queries anew from the counts; return how many there are.

    A query is kept when at least three visitors asked it on one day, it is found nearly always, and every word of it
    stands in the title of something public: so no name, address or code of a person gets in that is not public anyway.
    """
    since = (today or timezone.localdate()) - _SINCE
    kept = []
    for row in SearchDemand.objects.asked_by_many(since, _KEPT):
        if entry := _standing_for(row["query"]):
            kept.append(SearchSuggestion(query=row["query"], times=row["times"], entry=entry))
    # The search for each takes its time; only the change itself holds the table.
    with transaction.atomic():
        standing = set(SearchEntry.objects.filter(pk__in=[row.entry_id for row in kept]).values_list("pk", flat=True))
        kept = [row for row in kept if row.entry_id in standing]
        SearchSuggestion.objects.all().delete()
        SearchSuggestion.objects.bulk_create(kept)
    return len(kept)


def _standing_for(query: str) -> SearchEntry | None:
    wanted = set(query.split())
    for hit in search(query, size=10).hits:
        entry = SearchEntry.objects.filter(kind=hit.kind, object_id=hit.object_id).first()
        if entry and wanted <= {word.folded for word in words(f"{entry.title} {entry.number}")}:
            return entry
    return None


def _folded(text: str) -> str:
    return " ".join(word.folded for word in words(text))


def _best(entries: list[SearchEntry], asked: Query) -> list[SearchEntry]:
    """Titles that begin as typed come first, then the shorter ones; one title is offered once."""
    typed = fold(asked.text)
    once = {entry.title: entry for entry in entries}
    ranked = sorted(once.values(), key=lambda entry: (not _begins(entry, typed), len(entry.title), -entry.pk))
    return ranked[:_MOST_TITLES]


def _begins(entry: SearchEntry, typed: str) -> bool:
    return fold(entry.title).startswith(typed) or fold(entry.number).startswith(typed)


def _line(entry: SearchEntry) -> Suggestion:
    return Suggestion(entry.title, entry.url, str(get_search_kind(entry.kind).label), entry.number)
