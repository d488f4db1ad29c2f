"""FTS5: four columns of words beside ``SearchEntry``, joined by row number; those with files have a table more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection

from cms.core.search.query import Filters, Term, Tier
from cms.core.search.words import Word, twin

from .base import MOST_CANDIDATES, Backend, IndexedWords, Select, conditions

_TITLE, _ANYWHERE = "{title}", "{title body}"
_FILES = "{words}"
_MARKED = {_TITLE: "{title_marks}", _ANYWHERE: "{title_marks body_marks}"}

_TABLES = ("core_search_words", "core_search_file_words")


class SqliteBackend(Backend):
    def write(self, rows: Sequence[IndexedWords]) -> None:
        self.remove([row.entry_id for row in rows])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO core_search_words (rowid, title, body, title_marks, body_marks) "
                "VALUES (%s, %s, %s, %s, %s)",
                [
                    (row.entry_id, *map(" ".join, (row.title, row.body, row.title_marks, row.body_marks)))
                    for row in rows
                ],
            )
            cursor.executemany(
                "INSERT INTO core_search_file_words (rowid, words) VALUES (%s, %s)",
                [(row.entry_id, " ".join(found)) for row in rows if (found := row.with_files)],
            )

    def remove(self, entry_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(pk,) for pk in entry_ids])  # noqa: S608

    def tidy(self) -> None:
        """Drop words without an entry and merge the index into one piece."""
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"DELETE FROM {table} WHERE rowid NOT IN (SELECT id FROM core_searchentry)")  # noqa: S608
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def _in_files(self, tier: Tier, place: int, filters: Filters, *, prefix: bool) -> list[Select]:
        where, values = conditions(filters)
        join = "CROSS JOIN core_searchentry e ON e.id = w.rowid " if where else ""
        matches = [(place + 1, _match(tier, _FILES, prefix=prefix))]
        if tier.phrase and not prefix:
            matches.append((place, _match(replace(tier, terms=(tier.phrase,)), _FILES, prefix=False)))
        return [
            (
                f"SELECT w.rowid AS id, {at} AS place, 0.0 AS score FROM core_search_file_words w {join}"  # noqa: S608
                f"WHERE w.core_search_file_words MATCH %s{where} ORDER BY w.rowid DESC LIMIT %s",
                [match, *values, MOST_CANDIDATES + 1],
            )
            for at, match in matches
        ]

    def _tier(self, tier: Tier, place: int, filters: Filters, *, prefix: bool, most: int | None = None) -> list[Select]:
        where, values = conditions(filters)
        join = "CROSS JOIN core_searchentry e ON e.id = w.rowid " if where else ""
        columns = _TITLE if tier.in_title else _ANYWHERE
        matches = [(place + 1, _match(tier, columns, prefix=prefix))]
        if tier.phrase and not prefix:
            matches.append((place, _match(replace(tier, terms=(tier.phrase,)), columns, prefix=False)))
        selects: list[Select] = []
        for at, match in matches:
            # bm25 reads every row of every word once; only the way that finds everything pays for it.
            ranked = tier.is_widest and at > place and most is None
            score = "bm25(core_search_words, 10.0, 1.0, 0.0, 0.0)" if ranked else "0.0"
            sql = (
                f"SELECT w.rowid AS id, {at} AS place, {score} AS score FROM core_search_words w {join}"  # noqa: S608
                f"WHERE w.core_search_words MATCH %s{where} ORDER BY w.rowid DESC LIMIT %s"
            )
            selects.append((sql, [match, *values, most or MOST_CANDIDATES + 1]))
        return selects

    def find_any(self, phrases: Sequence[Sequence[str]], filters: Filters, *, most: int) -> list[str]:
        where, values = conditions(filters)
        match = " OR ".join(f"{_ANYWHERE} : {_phrase(phrase)}" for phrase in phrases)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.object_id FROM core_search_words w CROSS JOIN core_searchentry e ON e.id = w.rowid "  # noqa: S608
                f"WHERE w.core_search_words MATCH %s{where} "
                "ORDER BY bm25(core_search_words, 10.0, 1.0, 0.0, 0.0) LIMIT %s",
                [match, *values, most],
            )
            return [key for (key,) in cursor.fetchall()]


def _match(tier: Tier, columns: str, *, prefix: bool) -> str:
    *first, last = tier.terms
    parts = [_term(term, columns, exact=tier.exact) for term in first]
    parts.append(_prefixed(last, columns) if prefix else _term(last, columns, exact=tier.exact))
    return " AND ".join(parts)


def _term(term: Term, columns: str, *, exact: bool) -> str:
    if exact and term.has_marks:
        return _exact(term, columns)
    if term.side_by_side:
        ways = [f"{columns} : {_phrase(term.folded)}"]
    else:
        ways = [_every(_word(word, columns) for word in term.words)]
    ways += [f"{columns} : {_phrase(phrase)}" for phrase in term.instead]
    return f"({' OR '.join(ways)})"


def _exact(term: Term, columns: str) -> str:
    marked = _MARKED[columns]
    if term.side_by_side:
        return f"{marked} : {_phrase(word.marked for word in term.words)}"
    return _every(
        f"{marked} : {_phrase([word.marked])}" if word.has_marks else _word(word, columns) for word in term.words
    )


def _word(word: Word, columns: str) -> str:
    other = twin(word.folded)
    spellings = f"({_phrase([word.folded])} OR {_phrase([other])})" if other else _phrase([word.folded])
    return f"{columns} : {spellings}"


def _prefixed(term: Term, columns: str) -> str:
    if term.side_by_side:
        return f"{columns} : {_phrase(term.folded)} *"
    *first, last = term.words
    typed = _every([*(_word(word, columns) for word in first), f"{columns} : {_phrase([last.folded])} *"])
    return f"({' OR '.join([typed, *(f'{columns} : {_phrase(phrase)}' for phrase in term.instead)])})"


def _every(parts: Iterable[str]) -> str:
    return f"({' AND '.join(parts)})"


def _phrase(parts: Iterable[str]) -> str:
    """Quote words that hold letters and digits only (``words`` sees to that)."""
    return f'"{" ".join(parts)}"'
