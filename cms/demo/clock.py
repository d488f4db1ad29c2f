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
    """Return ``hour`` o'clock on the day that lies ``days_ago`` days back; of today no hour that is still to come."""
    moment = timezone.make_aware(
        datetime.combine(timezone.localdate() - timedelta(days=days_ago), time(hour, 15)),
        timezone.get_default_timezone(),
    )
    return min(moment, timezone.now()) if days_ago == 0 else moment
