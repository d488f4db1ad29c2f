"""What both databases do alike: one statement that ranks a bounded set of rows."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cms.core.search.query import Filters, Query, Tier, tiers
from cms.core.search.words import words

# More rows than this are neither ranked nor counted: a search of common words costs no more than this.
MOST_CANDIDATES = 1000

_LONGEST_BODY = 200_000

Select = tuple[str, list[Any]]


@dataclass(frozen=True)
class IndexedWords:
    """The words of one entry, in order, without marks and with them."""

    entry_id: int
    title: tuple[str, ...]
    body: tuple[str, ...]
    title_marks: tuple[str, ...]
    body_marks: tuple[str, ...]

    @classmethod
    def of(cls, entry_id: int, title: str, body: str) -> "IndexedWords":
        """Cut the two texts; of a body longer than 200,000 characters only so many are read."""
        heads, rest = list(words(title)), list(words(body[:_LONGEST_BODY]))
        return cls(
            entry_id,
            tuple(word.folded for word in heads),
            tuple(word.folded for word in rest),
            tuple(word.marked for word in heads),
            tuple(word.marked for word in rest),
        )


@dataclass(frozen=True)
class Candidate:
    """A row that matches, not yet known to be public."""

    entry_id: int
    kind: str
    object_id: str
    date: datetime.date | None


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
    def _tier(self, tier: Tier, place: int, filters: Filters, *, prefix: bool) -> list[Select]:
        """Return selects of ``(id, place, score)``, each of at most MOST_CANDIDATES + 1 rows.

        ``place`` is for rows with the whole phrase, ``place + 1`` for the others; a lower score is better.
        """

    def find(self, query: Query, filters: Filters, *, prefix: bool = False) -> list[Candidate]:
        """Return at most MOST_CANDIDATES + 1 rows, best first, with one statement.

        ``prefix`` lets the last word be the beginning of one, and then only the widest way to match is tried.
        """
        selects = [
            select
            for number, tier in enumerate(tiers(query))
            if tier.is_widest or not prefix
            for select in self._tier(tier, 2 * number + 1, filters, prefix=prefix)
        ]
        if query.number_key and not prefix:
            selects.append(self._by_number(query.number_key, filters))
        union = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS way{n}" for n, (sql, _) in enumerate(selects))  # noqa: S608
        statement = (
            "SELECT e.id, e.kind, e.object_id, e.date FROM "  # noqa: S608
            f"(SELECT id, MIN(place) AS place, MIN(score) AS score FROM ({union}) AS every GROUP BY id) AS best "
            "JOIN core_searchentry e ON e.id = best.id "
            "ORDER BY best.place, best.score, e.date IS NULL, e.date DESC, e.id DESC LIMIT %s"
        )
        parameters = [value for _, values in selects for value in values]
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, MOST_CANDIDATES + 1])
            return [Candidate(pk, kind, key, _day(day)) for pk, kind, key, day in cursor.fetchall()]

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
