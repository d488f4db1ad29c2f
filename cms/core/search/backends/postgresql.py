"""tsvector: the words of the title and of everything beside ``SearchEntry``; marked spellings have a prefix."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from cms.core.search.query import Filters, Term, Tier
from cms.core.search.words import Word, twin

from .base import MOST_CANDIDATES, Backend, IndexedWords, Select, conditions

_MARKED = "="
# PostgreSQL keeps positions up to 16,383 and 255 of them for one word; a title never touches its body.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255
_GAP = 5
_UNPACKED = 100


class PostgresqlBackend(Backend):
    def write(self, rows: Sequence[IndexedWords]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE core_searchentry SET title_words = %s::tsvector, words = %s::tsvector, "
                "file_words = %s::tsvector WHERE id = %s",
                [(_vector(_title(row)), _vector(_everything(row)), _file_vector(row), row.entry_id) for row in rows],
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        """The words go with their row."""

    def tidy(self) -> None:
        """Let the planner know how many rows there are now."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE core_searchentry")

    def _in_files(self, tier: Tier, place: int, filters: Filters, *, prefix: bool) -> list[Select]:
        where, values = conditions(filters)
        wanted = _wanted(tier, prefix=prefix)
        newest = (
            f"SELECT e.id, e.file_words FROM core_searchentry e WHERE e.file_words @@ %s::tsquery{where} "  # noqa: S608
            "ORDER BY e.date DESC NULLS LAST, e.id DESC LIMIT %s"
        )
        every = f"SELECT id, {place + 1} AS place, 0.0 AS score FROM ({newest}) AS inside"  # noqa: S608
        selects: list[Select] = [(every, [wanted, *values, MOST_CANDIDATES + 1])]
        if tier.phrase and not prefix:
            # Unpacking a whole file costs: only the newest are asked whether the words stand side by side.
            side_by_side = f"SELECT id, {place} AS place, 0.0 AS score FROM ({newest}) AS inside WHERE "  # noqa: S608
            phrase = _term(tier.phrase, exact=False)
            selects.append((f"{side_by_side} file_words @@ %s::tsquery", [wanted, *values, _UNPACKED, phrase]))
        return selects

    def _tier(self, tier: Tier, place: int, filters: Filters, *, prefix: bool, most: int | None = None) -> list[Select]:
        where, values = conditions(filters)
        column = "title_words" if tier.in_title else "words"
        wanted = _wanted(tier, prefix=prefix)
        asked: list[Any] = []
        at, score = f"{place + 1}", "0.0"
        if tier.phrase and not prefix:
            at = f"CASE WHEN {column} @@ %s::tsquery THEN {place} ELSE {place + 1} END"
            asked.append(_term(tier.phrase, exact=tier.exact))
        if tier.is_widest and most is None:
            score = "-ts_rank(words, %s::tsquery)"
            asked.append(wanted)
        # Phrases and ranks unpack every row they see, so they see the newest matches only.
        sql = (
            f"SELECT id, {at} AS place, {score} AS score FROM "  # noqa: S608
            f"(SELECT e.id, e.{column} FROM core_searchentry e WHERE e.{column} @@ %s::tsquery{where} "
            "ORDER BY e.date DESC NULLS LAST, e.id DESC LIMIT %s) AS newest"
        )
        return [(sql, [*asked, wanted, *values, most or MOST_CANDIDATES + 1])]

    def find_any(self, phrases: Sequence[Sequence[str]], filters: Filters, *, most: int) -> list[str]:
        where, values = conditions(filters)
        wanted = " | ".join(_phrase(phrase) for phrase in phrases)
        with connection.cursor() as cursor:
            # Ranks unpack every row they see, so they see the newest matches only.
            cursor.execute(
                "SELECT object_id FROM "  # noqa: S608
                "(SELECT e.id, e.object_id, e.words FROM core_searchentry e "
                f"WHERE e.words @@ %s::tsquery{where} ORDER BY e.date DESC NULLS LAST, e.id DESC LIMIT %s) AS newest "
                "ORDER BY ts_rank(words, %s::tsquery) DESC, id DESC LIMIT %s",
                [wanted, *values, MOST_CANDIDATES, wanted, most],
            )
            return [key for (key,) in cursor.fetchall()]


def _title(row: IndexedWords) -> Iterator[tuple[int, str, str]]:
    for position, (folded, marked) in enumerate(zip(row.title, row.title_marks, strict=True), start=1):
        yield position, folded, marked


def _everything(row: IndexedWords) -> Iterator[tuple[int | str, str, str]]:
    for position, folded, marked in _title(row):
        yield f"{position}A", folded, marked
    body = zip(row.body, row.body_marks, strict=True)
    for position, (folded, marked) in enumerate(body, start=len(row.title) + _GAP):
        yield min(position, _LAST_POSITION), folded, marked


def _file_vector(row: IndexedWords) -> str | None:
    found = enumerate(row.with_files, start=1)
    # Marks are not looked for inside files.
    return _vector((min(place, _LAST_POSITION), word, "") for place, word in found) if row.files else None


def _vector(parts: Iterable[tuple[int | str, str, str]]) -> str:
    places: dict[str, list[str]] = {}
    for position, folded, marked in parts:
        for lexeme in (folded, _MARKED + marked) if marked else (folded,):
            known = places.setdefault(lexeme, [])
            if len(known) < _MOST_POSITIONS:
                known.append(str(position))
    return " ".join(f"'{lexeme}':{','.join(known)}" for lexeme, known in places.items())


def _wanted(tier: Tier, *, prefix: bool) -> str:
    *first, last = tier.terms
    parts = [_term(term, exact=tier.exact) for term in first]
    parts.append(_prefixed(last) if prefix else _term(last, exact=tier.exact))
    return " & ".join(parts)


def _term(term: Term, *, exact: bool) -> str:
    if exact and term.has_marks:
        return _exact(term)
    ways = [_phrase(term.folded) if term.side_by_side else _every(map(_word, term.words))]
    ways += [_phrase(phrase) for phrase in term.instead]
    return f"({' | '.join(ways)})"


def _exact(term: Term) -> str:
    if term.side_by_side:
        return _phrase(_MARKED + word.marked for word in term.words)
    return _every(_lexeme(_MARKED + word.marked) if word.has_marks else _word(word) for word in term.words)


def _word(word: Word) -> str:
    other = twin(word.folded)
    return f"({_lexeme(word.folded)} | {_lexeme(other)})" if other else _lexeme(word.folded)


def _prefixed(term: Term) -> str:
    beginning = f"{_lexeme(term.folded[-1])}:*"
    if term.side_by_side:
        return f"({' <-> '.join([*map(_lexeme, term.folded[:-1]), beginning])})"
    typed = _every([*map(_word, term.words[:-1]), beginning])
    return f"({' | '.join([typed, *map(_phrase, term.instead)])})"


def _phrase(parts: Iterable[str]) -> str:
    return f"({' <-> '.join(map(_lexeme, parts))})"


def _every(parts: Iterable[str]) -> str:
    return f"({' & '.join(parts)})"


def _lexeme(word: str) -> str:
    """Quote a word that holds letters and digits only (``words`` sees to that)."""
    return f"'{word}'"
