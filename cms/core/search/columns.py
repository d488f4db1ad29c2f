"""The words of one column of any table, private tables too: found by how they begin, with the database's own index.

Unlike the search over everything public nothing is copied by a service: the database itself follows the column. SQLite
keeps an FTS5 table without a copy of the text (triggers), PostgreSQL a GIN index of an expression. So whoever writes
the row writes the index, in the same transaction, and whoever erases it erases there too. The column must hold what
``plain_words`` returns: then neither database's own cutter has anything to decide.

SQLite drops triggers with their table, and Django makes a table anew to alter it: a migration that alters such a table
calls ``make`` again. ``faults`` says when it was forgotten, ``rebuild_search`` puts it right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, F, Func
from django.utils.translation import gettext as _

from .words import words

LONGEST_QUERY = 200
_MOST_WORDS = 16
_SHORTEST_BEGINNING = 2  # one letter begins a tenth of all words; alone it is a word
_DIGITS = 6  # of a number as references write it: 123 is 000123

# A word and whether it may be only the beginning of one.
Spelling = tuple[str, bool]
# All of these, each in one of its spellings.
Wanted = tuple[tuple[Spelling, ...], ...]

_TRIGGERS = {
    "insert": "AFTER INSERT ON {table} BEGIN {put} END",
    "delete": "AFTER DELETE ON {table} BEGIN {take} END",
    "update": ("AFTER UPDATE OF {column} ON {table} WHEN old.{column} IS NOT new.{column} BEGIN {take} {put} END"),
}
_PUT = "INSERT INTO {name} (rowid, {column}) VALUES (new.id, new.{column});"
_TAKE = "INSERT INTO {name} ({name}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
_FTS5 = (
    "CREATE VIRTUAL TABLE {name} USING fts5({column}, content = '{table}', content_rowid = 'id', detail = 'none', "
    "columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0')"
)
_VECTOR = "array_to_tsvector(array_remove(string_to_array({column}, ' '), ''))"
_GIN = "CREATE INDEX {name} ON {table} USING gin ({vector}) WITH (fastupdate = off)"


def plain_words(text: str) -> str:
    """Return the words of ``text`` without marks and case, one space between them: what such a column holds."""
    return " ".join(word.folded for word in words(text))


def wanted_words(typed: str, *, begun: bool = True) -> Wanted:
    """Return what ``typed`` asks for; at most 16 words of 200 letters are read, and nothing of signs alone.

    With ``begun`` each word may be the beginning of one, and a number may lack the zeros before it.
    """
    found = dict.fromkeys(word.folded for word in islice(words(typed[:LONGEST_QUERY]), _MOST_WORDS))
    return tuple(tuple(_spellings(word)) if begun else ((word, False),) for word in found)


def _spellings(word: str) -> Iterator[Spelling]:
    yield word, len(word) >= _SHORTEST_BEGINNING
    if word.isdecimal() and len(word) < _DIGITS:
        yield word.zfill(_DIGITS), False


@dataclass(frozen=True)
class WordColumn:
    """A column of words; names come from our own code, never from people."""

    table: str
    column: str

    @property
    def name(self) -> str:
        """The name of the FTS5 table or of the index."""
        return f"{self.table}_words"

    def make(self, using: Any = connection) -> None:
        """Make the index anew from the rows that are there, in the transaction of the caller."""
        self.drop(using)
        with using.cursor() as cursor:
            if using.vendor == "postgresql":
                vector = _VECTOR.format(column=self.column)
                cursor.execute(_GIN.format(name=self.name, table=self.table, vector=vector))
                return
            cursor.execute(self._said(_FTS5))
            put, take = self._said(_PUT), self._said(_TAKE)
            for event, body in _TRIGGERS.items():
                told = body.format(put=put, take=take, table=self.table, column=self.column)
                cursor.execute(f"CREATE TRIGGER {self.name}_{event} {told}")
            self._tell(cursor, "rebuild")

    def drop(self, using: Any = connection) -> None:
        """Take the index away; nothing happens when there is none."""
        with using.cursor() as cursor:
            if using.vendor == "postgresql":
                cursor.execute(f"DROP INDEX IF EXISTS {self.name}")
                return
            for event in _TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}_{event}")
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def tidy(self) -> None:
        """Merge the index into one piece, so that words of erased rows are not even in what lies unused in it.

        PostgreSQL does so by its own vacuum, as it does with the rows.
        """
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                self._tell(cursor, "optimize")

    def faults(self) -> Iterator[str]:
        """Yield a sentence when the database does not follow the column, or the index is not what the rows say."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                asked = "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid"
                cursor.execute(asked, [self.name])
                if cursor.fetchone()[0] != 1:
                    yield _("%(name)s: thiếu chỉ mục chữ.") % {"name": self.name}
                return
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s, %s)",
                [self.table, *(f"{self.name}_{event}" for event in _TRIGGERS)],
            )
            if cursor.fetchone()[0] != len(_TRIGGERS):
                yield _("%(name)s: bảng chữ không còn đi theo dữ liệu.") % {"name": self.name}
            try:
                with transaction.atomic():
                    cursor.execute(f"INSERT INTO {self.name} ({self.name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
            except DatabaseError:
                yield _("%(name)s: bảng chữ không khớp với dữ liệu.") % {"name": self.name}

    def having(self, wanted: Wanted) -> "HasWords":
        """Return the condition that a row of this table has every one of ``wanted``, which is not empty."""
        return HasWords(self, wanted)

    def _said(self, statement: str) -> str:
        return statement.format(name=self.name, table=self.table, column=self.column)

    def _tell(self, cursor: Any, command: str) -> None:
        cursor.execute(f"INSERT INTO {self.name} ({self.name}) VALUES ('{command}')")  # noqa: S608


class HasWords(Func):
    """True of the rows whose column has the words; one condition of a query among others."""

    output_field = BooleanField()

    def __init__(self, column: WordColumn, wanted: Wanted) -> None:
        super().__init__(F("pk"), F(column.column))
        self.index, self.wanted = column, wanted

    def as_sqlite(self, compiler: Any, _connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        key, values = compiler.compile(self.source_expressions[0])
        name = self.index.name
        match = " AND ".join(f"({' OR '.join(map(_fts5_term, spellings))})" for spellings in self.wanted)
        return f"{key} IN (SELECT rowid FROM {name} WHERE {name} MATCH %s)", (*values, match)  # noqa: S608

    def as_postgresql(self, compiler: Any, _connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = compiler.compile(self.source_expressions[1])
        match = " & ".join(f"({' | '.join(map(_tsquery_term, spellings))})" for spellings in self.wanted)
        return f"{_VECTOR.format(column=column)} @@ %s::tsquery", (*values, match)


def _fts5_term(spelling: Spelling) -> str:
    """Quote a word that holds letters and digits only (``words`` sees to that)."""
    word, begun = spelling
    return f'"{word}" *' if begun else f'"{word}"'


def _tsquery_term(spelling: Spelling) -> str:
    word, begun = spelling
    return f"'{word}':*" if begun else f"'{word}'"


_columns: dict[str, WordColumn] = {}


def register_word_column(column: WordColumn) -> None:
    """Let ``rebuild_search`` know of a column of words."""
    _columns[column.name] = column


def word_columns() -> tuple[WordColumn, ...]:
    """Return every column of words, in the order in which the apps named them."""
    return tuple(_columns.values())
