"""Putting the mails of a step into the outbox, in the step's own transaction."""

from collections.abc import Iterable
from typing import Any

from cms.core.services.outbox import mail_queue
from feedback.models import Case
from feedback.notifications import NOTICES, readers


def notices_queue(*, case: Case, kinds: Iterable[str], turn: str) -> int:
    """Queue ``kinds`` for everyone who reads them now; return how many mails are new.

    ``turn`` tells two happenings of one kind apart; the same turn again queues nothing twice.
    """
    queued = 0
    for kind in kinds:
        for reference in readers(NOTICES[kind], case):
            key = f"{kind}:{case.reference}:{turn}:{reference.get('user', '')}"
            queued += mail_queue(kind=kind, reference=reference, dedupe_key=key).is_new
    return queued


def people_tell(*, case: Case, kind: str, people: Iterable[Any], turn: str, about: Any = None) -> int:
    """Queue ``kind`` for these ``people``; return how many mails wait. Each is asked for the right when it leaves.

    ``about`` is the row that the mail speaks of beside the case.
    """
    queued = 0
    for person in people:
        reference = {"case": case.reference, "user": str(person.pk)}
        if about is not None:
            reference["about"] = str(about.pk)
        mail_queue(kind=kind, reference=reference, dedupe_key=f"{kind}:{case.reference}:{turn}:{person.pk}")
        queued += 1
    return queued
