"""Counting readings and downloads without a write on the reader's way.

Either is noted in the memory of the process and written a few seconds later, many at once. What a process
holds when it is killed is lost: at most ``READING_FLUSH_SECONDS`` of counting, never anything else. Any number of
processes may count at a time, because each only adds.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wagtail.models import Page

from cms.core.models import PageReading
from cms.core.querysets.pages import outside_closed_sections

logger = logging.getLogger(__name__)

# A process holds no more than this many pages and visitors between two writes; the rest is not counted.
MOST_PAGES = 5_000
# So often one address is counted between two writes: a class room behind one address, yet no loop of requests.
MOST_A_VISITOR = 60
LARGEST_KEY = 2**31 - 1

_lock = threading.Lock()
# What was noted: page, day, and the column of PageReading that counts it.
_noted: Counter[tuple[int, date, str]] = Counter()
_visitors: Counter[str] = Counter()
_flusher: threading.Thread | None = None


def reading_note(*, page_id: int, visitor: str, day: date | None = None) -> bool:
    """Note one reading in memory and say whether it counts; asks and writes nothing in the database.

    Args:
        page_id: whatever the address said; what is no live page is dropped when the counts are written.
        visitor: the reader's address, forgotten at the next write and never stored.
        day: for tests; today in the portal's time zone otherwise.

    """
    return _note("count", page_id, visitor, day)


def download_note(*, page_id: int, visitor: str, day: date | None = None) -> bool:
    """Note in memory that a file of a page was taken and say whether it counts; asks and writes nothing either.

    Args:
        page_id: the page that offers the file.
        visitor: the reader's address, forgotten at the next write and never stored.
        day: for tests; today in the portal's time zone otherwise.

    """
    return _note("downloads", page_id, visitor, day)


def _note(column: str, page_id: int, visitor: str, day: date | None) -> bool:
    if not 0 < page_id <= LARGEST_KEY:
        return False
    key = (page_id, day or timezone.localdate(), column)
    with _lock:
        full = (len(_noted) >= MOST_PAGES and key not in _noted) or len(_visitors) >= MOST_PAGES
        if full or _visitors[visitor] >= MOST_A_VISITOR:
            return False
        _visitors[visitor] += 1
        _noted[key] += 1
    _start_flusher()
    return True


def readings_flush() -> int:
    """Write what this process has noted and return how many readings and downloads of live pages that were.

    When the database does not take them they stay in memory for the next turn.
    """
    with _lock:
        noted = Counter(_noted)
        _noted.clear()
        _visitors.clear()
    if not noted:
        return 0
    try:
        return _add(noted)
    except DatabaseError:
        with _lock:
            _noted.update(noted)
        raise


@transaction.atomic
def _add(noted: Counter[tuple[int, date, str]]) -> int:
    """Add counts to the rows of their days, in one order everywhere so that two processes never wait for each other."""
    pages = {page for page, *_rest in noted}
    live = set(Page.objects.live().filter(outside_closed_sections(), pk__in=pages).values_list("pk", flat=True))
    rows: dict[tuple[int, date], Counter[str]] = {}
    for (page, day, column), number in sorted(noted.items()):
        if page in live:
            rows.setdefault((page, day), Counter())[column] += number
    if not rows:
        return 0
    names = (PageReading._meta.db_table, "count", "downloads")
    table, read, taken = (connection.ops.quote_name(name) for name in names)
    adapt = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_id, day, {read}, {taken}) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (page_id, day) DO UPDATE SET {read} = {table}.{read} + excluded.{read}, "
            f"{taken} = {table}.{taken} + excluded.{taken}",
            [(page, adapt(day), row["count"], row["downloads"]) for (page, day), row in rows.items()],
        )
    return sum(row.total() for row in rows.values())


def _start_flusher() -> None:
    """Start this process's writer with its first reading: a thread of before a fork would not live on in the child."""
    global _flusher  # noqa: PLW0603  one a process
    if not settings.READING_FLUSH_SECONDS or (_flusher and _flusher.is_alive()):
        return
    with _lock:
        if _flusher and _flusher.is_alive():
            return
        _flusher = threading.Thread(target=_flush_for_ever, name="readings", daemon=True)
        _flusher.start()
    atexit.register(_flush_quietly)


def _flush_for_ever() -> None:
    pause = threading.Event()
    while settings.READING_FLUSH_SECONDS and not pause.wait(settings.READING_FLUSH_SECONDS):
        _flush_quietly()


def _flush_quietly() -> None:
    try:
        readings_flush()
    except DatabaseError as error:
        logger.warning("Chưa ghi được lượt xem, sẽ ghi lại: %s", error)
    finally:
        connection.close()
