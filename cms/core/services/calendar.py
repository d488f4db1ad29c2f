"""Changing the working-day calendar, and telling those whose deadlines rest on it."""

from collections.abc import Callable
from datetime import date

CalendarListener = Callable[[frozenset[date]], None]

_listeners: list[CalendarListener] = []


def on_calendar_change(callback: CalendarListener) -> None:
    """Call ``callback(dates)`` in the same transaction whenever days change; an error in it undoes the change.

    Apps register in ``AppConfig.ready()``; registering twice has no effect.
    """
    if callback not in _listeners:
        _listeners.append(callback)
