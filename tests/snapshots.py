"""The whole database as it once was, put back in a moment.

A test with real transactions leaves its rows behind. Emptying every table and building roles, page tree and
catalogues anew costs seconds a test; putting the rows of a snapshot back costs a fraction of one.
"""

import sqlite3
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection, transaction

_kept: dict[str, "Snapshot"] = {}


class Snapshot:
    """All rows of all tables at the moment it was taken."""

    def __init__(self):
        self._pages: sqlite3.Connection | None = None
        self._rows: dict[str, bytes] = {}
        self._numbers: list[tuple[str, int]] = []
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self._pages = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self._pages)
            return
        with connection.cursor() as cursor:
            for table in _filled_tables(cursor):
                with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                    self._rows[table] = b"".join(bytes(each) for each in rows)
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
            self._numbers = cursor.fetchall()

    def put_back(self) -> None:
        """Make the database what it was; what caches know of the rows in between is forgotten."""
        connection.ensure_connection()
        if self._pages is not None:
            self._pages.backup(connection.connection)
        else:
            with transaction.atomic(), connection.cursor() as cursor:
                # Every foreign key of the house is asked at the end of the transaction: any order will do.
                cursor.execute("".join(f"DELETE FROM {table};" for table in _filled_tables(cursor)) or "SELECT 1")
                for table, rows in self._rows.items():
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)
                # Tables that a test made anew count from one again; the rows have those numbers already.
                cursor.execute(
                    "SELECT setval(format('%%I', now.sequencename)::regclass, kept.number) FROM pg_sequences now "
                    "JOIN unnest(%s::text[], %s::bigint[]) AS kept (name, number) ON kept.name = now.sequencename "
                    "WHERE coalesce(now.last_value, 0) < kept.number",
                    [[name for name, _number in self._numbers], [number for _name, number in self._numbers]],
                )
        cache.clear()


def _filled_tables(cursor) -> list[str]:
    """Return the quoted names of the tables with rows."""
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables))
    return [name for (name,) in cursor.fetchall()]


def build_once(name: str, build: Callable[[], None]) -> None:
    """Call ``build``, or put back what it built before under ``name`` in this process.

    Inside a test that rolls back there is nothing to put back to: ``build`` is called.
    """
    if connection.in_atomic_block:
        build()
    elif name in _kept:
        _kept[name].put_back()
    else:
        build()
        _kept[name] = Snapshot()
