"""What the database knows of its own tables: how many rows, how spread, which way to them is short."""

from django.db import connection

# Entries looked at in each index. Enough to tell a column of a dozen values from one of thousands; a table of
# 100,000 rows is read in a fifth of a second, and nobody's writing waits for longer.
SQLITE_SAMPLE = 20_000


def planner_statistics_renew() -> None:
    """Let the database count its tables anew, so that it chooses the short way to the rows of a page.

    SQLite counts nothing by itself: without this it sorts every case to show the newest fifty. PostgreSQL's own
    autovacuum does it as rows come in; asked here it does it at once, as after a large import.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SQLITE_SAMPLE}")
        cursor.execute("ANALYZE")
