"""Waiting for a condition instead of for time."""

import threading
from collections.abc import Callable
from time import monotonic

_never = threading.Event()


def wait_until(condition: Callable[[], object], what: str, *, seconds: float = 30, every: float = 0.1) -> None:
    """Return as soon as ``condition()`` is true; AssertionError naming ``what`` after ``seconds``."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, f"waited {seconds:g} s in vain: {what}"
        _never.wait(every)
