"""tsvector: one column of words on ``SearchEntry``; marked spellings stand in it behind a prefix of their own."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from cms.core.search.query import Filters, Term, Tier
from cms.core.search.words import Word, twin

from .base import MOST_CANDIDATES, Backend, IndexedWords, Select, conditions

_MARKED = "="
# PostgreSQL keeps positions up to 16,383 and 255 of them for one word; a title never touches its body.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255
_GAP = 5


class PostgresqlBackend(Backend):
    def write(self, rows: Sequence[IndexedWords]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE core_searchentry SET words = %s::tsvector WHERE id = %s",
                [(_vector(row), row.entry_id) for row in rows],
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        """The words go with their row."""

    def tidy(self) -> None:
        """Let the planner know how many rows there are now."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE core_searchentry")

    def _tier(self, tier: Tier, place: int, filters: Filters, *, prefix: bool) -> Select:
        where, values = conditions(filters)
        wanted = _wanted(tier, prefix=prefix)
        # Newest first, then rank: ts_rank unpacks every row it sees. Two steps, because ordering by the
        # row number would tempt the planner to walk the whole table backwards.
        return (
            f"SELECT id, {place} AS place, -ts_rank(words, %s::tsquery) AS score FROM "  # noqa: S608
            f"(SELECT e.id, e.words FROM core_searchentry e WHERE e.words @@ %s::tsquery{where} "
            "ORDER BY e.date DESC NULLS LAST, e.id DESC LIMIT %s) AS newest",
            [wanted, wanted, *values, MOST_CANDIDATES + 1],
        )


def _vector(row: IndexedWords) -> str:
    places: dict[str, list[str]] = {}
    for shift, folded, marked, weight in (
        (1, row.title, row.title_marks, "A"),
        (len(row.title) + _GAP, row.body, row.body_marks, ""),
    ):
        for position, pair in enumerate(zip(folded, marked, strict=True), start=shift):
            for lexeme in (pair[0], _MARKED + pair[1]):
                known = places.setdefault(lexeme, [])
                if len(known) < _MOST_POSITIONS:
                    known.append(f"{min(position, _LAST_POSITION)}{weight}")
    return " ".join(f"'{lexeme}':{','.join(known)}" for lexeme, known in places.items())


def _wanted(tier: Tier, *, prefix: bool) -> str:
    weight = "A" if tier.in_title else ""
    *first, last = tier.terms
    parts = [_term(term, weight, exact=tier.exact) for term in first]
    parts.append(_prefixed(last, weight) if prefix else _term(last, weight, exact=tier.exact))
    return " & ".join(parts)


def _term(term: Term, weight: str, *, exact: bool) -> str:
    if exact and term.has_marks and term.side_by_side:
        return _phrase((_MARKED + word.marked for word in term.words), weight)
    if exact and term.has_marks:
        return _every(_lexeme(_MARKED + w.marked, weight) if w.has_marks else _word(w, weight) for w in term.words)
    ways = [_phrase(term.folded, weight) if term.side_by_side else _every(_word(w, weight) for w in term.words)]
    ways += [_phrase(phrase, weight) for phrase in term.instead]
    return f"({' | '.join(ways)})"


def _word(word: Word, weight: str) -> str:
    other = twin(word.folded)
    return f"({_lexeme(word.folded, weight)} | {_lexeme(other, weight)})" if other else _lexeme(word.folded, weight)


def _prefixed(term: Term, weight: str) -> str:
    *first, last = term.folded
    beginning = _lexeme(last, "*" + weight)
    if term.side_by_side:
        return f"({' <-> '.join([*_lexemes(first, weight), beginning])})"
    return _every([*(_word(word, weight) for word in term.words[:-1]), beginning])


def _phrase(parts: Iterable[str], weight: str) -> str:
    return f"({' <-> '.join(_lexemes(parts, weight))})"


def _every(parts: Iterable[str]) -> str:
    return f"({' & '.join(parts)})"


def _lexemes(parts: Iterable[str], weight: str) -> Iterator[str]:
    return (_lexeme(part, weight) for part in parts)


def _lexeme(word: str, weight: str) -> str:
    """Quote a word that holds letters and digits only (``words`` sees to that)."""
    return f"'{word}':{weight}" if weight else f"'{word}'"
