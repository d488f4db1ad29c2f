"""Putting the mails of a step into the outbox, in the step's own transaction."""

from collections.abc import Iterable

from cms.core.services.outbox import mail_queue
from feedback.models import Case
from feedback.notifications import NOTICES, readers


def notices_queue(*, case: Case, kinds: Iterable[str], turn: str) -> int:
    """Queue ``kinds`` for everyone who reads them now; return how many mails wait.

    ``turn`` tells two happenings of one kind apart; the same turn again queues nothing twice.
    """
    queued = 0
    for kind in kinds:
        for reference in readers(NOTICES[kind], case):
            key = f"{kind}:{case.reference}:{turn}:{reference.get('user', '')}"
            mail_queue(kind=kind, reference=reference, dedupe_key=key)
            queued += 1
    return queued
