"""Which dossiers a number of the official form counts: the rows behind the figures, for those who may read them."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from procedures.enums import CLOSED_STATES, PAUSED_STATES, DossierChannel

_CHANNELS = {
    "received_in_period": list(DossierChannel),
    "received_online": [DossierChannel.ONLINE],
    "received_offline": [DossierChannel.DIRECT, DossierChannel.POST],
    "received_direct": [DossierChannel.DIRECT],
    "received_post": [DossierChannel.POST],
}


def counted_as(name: str, first: date, last: date, edge: date) -> Q:
    """Return the condition of the column ``name``. Raises KeyError for what is no column.

    Args:
        name: a public key of the official form.
        first: first day of the period.
        last: its last day.
        edge: the day before which an appointment must lie to be over at its end; ``figures.as_of``.

    """
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    open_at_begin = Q(received_at__lt=begin) & (Q(ended_at=None) | Q(ended_at__gte=begin))
    open_at_end = Q(received_at__lt=end) & (Q(ended_at=None) | Q(ended_at__gte=end))
    if name in _CHANNELS:
        return Q(received_at__gte=begin, received_at__lt=end, channel__in=_CHANNELS[name])
    resolved = Q(received_at__isnull=False, ended_at__gte=begin, ended_at__lt=end)
    # A time that stands still is not over, and what has ended since then ended late.
    over = open_at_end & Q(due_on__lt=edge) & ~Q(state__in=PAUSED_STATES)
    return {
        "received": Q(received_at__gte=begin, received_at__lt=end) | open_at_begin,
        "carried_over": open_at_begin,
        "resolved": resolved,
        "early": resolved & Q(due_on__gt=_ended_on()),
        "on_time": resolved & (Q(due_on=None) | Q(due_on=_ended_on())),
        "late": resolved & Q(due_on__lt=_ended_on()),
        "withdrawn": resolved & Q(state__in=CLOSED_STATES),
        "in_progress": open_at_end,
        "in_progress_late": over & Q(received_at__lt=_midnight(edge)),
        "in_progress_on_time": open_at_end
        & (Q(due_on=None) | Q(due_on__gte=edge) | Q(state__in=PAUSED_STATES) | Q(received_at__gte=_midnight(edge))),
    }[name]


def _ended_on() -> TruncDate:
    return TruncDate(F("ended_at"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
