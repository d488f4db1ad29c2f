"""Running one piece of work in several threads at the same moment, each with its own database connection."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections


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
