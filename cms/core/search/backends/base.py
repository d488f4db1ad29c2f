"""What both databases do alike: one statement that ranks a bounded set of rows."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from cms.core.search.query import Filters, Query, Tier, tiers
from cms.core.search.words import words

# More rows than this are neither ranked nor counted: a search of common words costs no more than this.
MOST_CANDIDATES = 1000

_LONGEST_BODY = 200_000
_NAMED = -1e6  # a score that no rank reaches; the lower the better

Select = tuple[str, list[Any]]


@dataclass(frozen=True)
class IndexedWords:
    """The words of one entry, in order, without marks and with them."""

    entry_id: int
    title: tuple[str, ...]
    body: tuple[str, ...]
    title_marks: tuple[str, ...]
    body_marks: tuple[str, ...]
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry_id: int, title: str, body: str, files: str = "") -> "IndexedWords":
        """Cut the texts; of a body or of files longer than 200,000 characters only so many are read."""
        heads, rest = list(words(title)), list(words(body[:_LONGEST_BODY]))
        return cls(
            entry_id,
            tuple(word.folded for word in heads),
            tuple(word.folded for word in rest),
            tuple(word.marked for word in heads),
            tuple(word.marked for word in rest),
            tuple(word.folded for word in words(files[:_LONGEST_BODY])),
        )

    @property
    def with_files(self) -> tuple[str, ...]:
        """Everything without marks, so that one word may stand in the title and the next in a file; else nothing."""
        return (*self.title, *self.body, *self.files) if self.files else ()


@dataclass(frozen=True)
class Candidate:
    """A row that matches, not yet known to be public."""

    entry_id: int
    kind: str
    object_id: str
    date: datetime.date | None
    unit_id: int | None = None
    in_file: bool = False  # only with the words of its files does it match


class Backend(ABC):
    """Keeps words and finds entries by them. Statements come from here, values only as parameters."""

    @abstractmethod
    def write(self, rows: Sequence[IndexedWords]) -> None:
        """Store the words of entries whose rows are written already."""

    @abstractmethod
    def remove(self, entry_ids: Sequence[int]) -> None:
        """Drop the words of entries whose rows are about to go."""

    @abstractmethod
    def tidy(self) -> None:
        """Bring the index into its best shape after a rebuild."""

    @abstractmethod
    def _tier(self, tier: Tier, place: int, filters: Filters, *, prefix: bool, most: int | None = None) -> list[Select]:
        """Return selects of ``(id, place, score)``, each of at most ``most`` rows (MOST_CANDIDATES + 1).

        ``place`` is for rows with the whole phrase, ``place + 1`` for the others; a lower score is better.
        """

    @abstractmethod
    def _in_files(self, tier: Tier, place: int, filters: Filters, *, prefix: bool) -> list[Select]:
        """Return selects as ``_tier`` does, of what matches only together with the words of its files."""

    def begun(self, query: Query, most: int) -> list[int]:
        """Return the newest entries whose title has every word, the last of them perhaps only begun."""
        tier = replace(tiers(query)[-1], in_title=True)
        selects = self._tier(tier, 1, Filters(), prefix=True, most=most)
        union = " UNION ALL ".join(sql for sql, _ in selects)
        with connection.cursor() as cursor:
            cursor.execute(union, [value for _, values in selects for value in values])
            return [pk for pk, *_ in cursor.fetchall()]

    def find(self, query: Query, filters: Filters, *, prefix: bool = False) -> list[Candidate]:
        """Return at most MOST_CANDIDATES + 1 rows, best first, with one statement; hits inside files come last.

        ``prefix`` lets the last word be the beginning of one, and then only the widest way to match is tried.
        """
        ways = tiers(query)
        selects = [
            select
            for number, tier in enumerate(ways)
            if tier.is_widest or not prefix
            for select in self._tier(tier, 2 * number + 1, filters, prefix=prefix)
        ]
        inside = 2 * len(ways) + 1
        selects += self._in_files(ways[-1], inside, filters, prefix=prefix)
        if query.number_key and not prefix:
            selects.append(self._by_number(query.number_key, filters))
        if query.title_key and not prefix:
            selects.append(self._by_title(query, filters))
        union = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS way{n}" for n, (sql, _) in enumerate(selects))  # noqa: S608
        statement = (
            "SELECT e.id, e.kind, e.object_id, e.date, e.unit_id, best.place FROM "  # noqa: S608
            f"(SELECT id, MIN(place) AS place, MIN(score) AS score FROM ({union}) AS every GROUP BY id) AS best "
            "JOIN core_searchentry e ON e.id = best.id "
            "ORDER BY best.place, best.score, e.date IS NULL, e.date DESC, e.id DESC LIMIT %s"
        )
        parameters = [value for _, values in selects for value in values]
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, MOST_CANDIDATES + 1])
            return [
                Candidate(pk, kind, key, _day(day), unit_id, place >= inside)
                for pk, kind, key, day, unit_id, place in cursor.fetchall()
            ]

    @abstractmethod
    def find_any(self, phrases: Sequence[Sequence[str]], filters: Filters, *, most: int) -> list[str]:
        """Return the keys of at most ``most`` objects that hold any of ``phrases`` (folded words side by side).

        Best first, with one statement.
        """

    def _by_title(self, query: Query, filters: Filters) -> Select:
        """What is called just so comes before all; of equal names first what has no day, as sections have none.

        Whoever typed marks means them.
        """
        where, values = conditions(filters)
        marks, asked = (" AND e.title_marks = %s", [query.title_marks]) if query.has_marks else ("", [])
        return (
            f"SELECT e.id AS id, 0 AS place, CASE WHEN e.date IS NULL THEN {2 * _NAMED} ELSE {_NAMED} END AS score "  # noqa: S608
            f"FROM core_searchentry e WHERE e.title_key = %s{marks}{where} LIMIT %s",
            [query.title_key, *asked, *values, MOST_CANDIDATES + 1],
        )

    def _by_number(self, key: str, filters: Filters) -> Select:
        where, values = conditions(filters)
        return (
            f"SELECT e.id AS id, 0 AS place, 0.0 AS score FROM core_searchentry e WHERE e.number_key = %s{where} "  # noqa: S608
            "LIMIT %s",
            [key, *values, MOST_CANDIDATES + 1],
        )


def conditions(filters: Filters) -> Select:
    """Return `` AND …`` for the entry called ``e``, and its parameters."""
    parts: list[str] = []
    values: list[Any] = []
    if filters.kind is not None:
        parts.append(" AND e.kind = %s")
        values.append(filters.kind)
    if filters.unit_id is not None:
        parts.append(" AND e.unit_id = %s")
        values.append(filters.unit_id)
    if filters.year is not None:
        parts.append(" AND e.date BETWEEN %s AND %s")
        values += [f"{filters.year:04d}-01-01", f"{filters.year:04d}-12-31"]
    return "".join(parts), values


def _day(value: datetime.date | str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
