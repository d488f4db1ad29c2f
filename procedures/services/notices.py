"""Putting the mails of a step into the outbox, in the step's own transaction."""

from collections.abc import Iterable

from cms.core.services.outbox import mail_queue
from procedures.models import Dossier
from procedures.notifications import mail_address


def notices_queue(*, dossier: Dossier, kinds: Iterable[str], turn: str) -> int:
    """Queue ``kinds`` for the applicant who left an address; return how many mails are new.

    ``turn`` tells two happenings of one kind apart; the same turn again queues nothing twice.
    """
    if not mail_address(dossier):
        return 0
    queued = 0
    for kind in kinds:
        key = f"{kind}:{dossier.code}:{turn}"
        queued += mail_queue(kind=kind, reference={"dossier": dossier.code}, dedupe_key=key).is_new
    return queued
