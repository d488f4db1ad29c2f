"""Adding to counts that stand beside rows: one statement a batch, missing cells are made, one order for everybody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, models

_MOST_VALUES = 700  # of one statement; SQLite takes a thousand on old systems


def counts_add(model: type[models.Model], change: Mapping[Any, int]) -> None:
    """Add ``change`` to the column ``count`` of ``model``; the caller holds the transaction.

    Args:
        model: its unique constraint is over the fields that a cell names.
        change: named tuples of the fields of ``model`` that make a cell, and what is to be added to each. Cells are
            written in their own order, so that two writers never wait for one another.

    """
    lines = sorted((cell, count) for cell, count in change.items() if count)
    if not lines:
        return
    names = lines[0][0]._fields
    table, *columns = map(connection.ops.quote_name, (model._meta.db_table, *names))
    size = _MOST_VALUES // (len(names) + 1)
    for start in range(0, len(lines), size):
        batch = lines[start : start + size]
        row = f"({', '.join(['%s'] * (len(names) + 1))})"
        given = [_stored(value) for cell, count in batch for value in (*cell, count)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}, count) VALUES {', '.join([row] * len(batch))} "  # noqa: S608
                f"ON CONFLICT ({', '.join(columns)}) DO UPDATE SET count = {table}.count + excluded.count",
                given,
            )


def _stored(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
