"""A clock that sample content sets back, so that its dates, deadlines and ledger agree with one another."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.utils import timezone


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let everything in this block happen at ``moment`` (aware). For one command in one thread, never for a server."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def office_hour(days_ago: int, hour: int) -> datetime:
    """Return ``hour`` o'clock on the day that lies ``days_ago`` days back; this moment while that is still to come."""
    day = timezone.localdate() - timedelta(days=days_ago)
    hour_of_day = timezone.make_aware(datetime.combine(day, time(hour, 15)), timezone.get_default_timezone())
    return min(hour_of_day, timezone.now())
