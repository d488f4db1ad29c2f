"""Running one piece of work in several threads at the same moment, each with its own database connection."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

# Connections that are left to everybody else on the server: other tests, people at work.
_SPARE = 15


def crowd(work: Callable[[], Any], *, size: int, seconds: float = 120) -> list[Any]:
    """Let ``size`` threads do the same piece of work at once, each with a connection of its own beside the pool.

    They start together. A server that has no room for so many connections gets as many as it has room for, and whoever
    is left takes the next one that is given back, as callers of a busy portal do. Returns the results in any order.
    """
    barrier, room = threading.Barrier(size), threading.BoundedSemaphore(min(size, _room()))

    def run():
        # The pool would let eight of them in.
        options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
        barrier.wait(timeout=seconds)
        with room:
            try:
                return work()
            finally:
                connections.close_all()

    with ThreadPoolExecutor(size) as pool:
        return [future.result(timeout=seconds) for future in [pool.submit(run) for _each in range(size)]]


def _room() -> int:
    """Return how many more connections the server takes; SQLite takes any number."""
    if connection.vendor != "postgresql":
        return 1_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity)")
        left = cursor.fetchone()[0] - _SPARE
    assert left >= 20, f"the server has room for {left} connections only; nothing is proved by so few"
    return int(left)


def together(*works: Callable[[], Any], seconds: float = 60) -> list[Any]:
    """Start all ``works`` at once and return their results in order; the first error is raised."""
    barrier = threading.Barrier(len(works))

    def run(work):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=seconds)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=seconds) for future in [pool.submit(run, work) for work in works]]
