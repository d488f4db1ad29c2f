"""Putting the mails about apologies into the outbox, and the daily look at what is nearly late."""

from datetime import date, timedelta

from django.utils import timezone

from cms.core.models import Unit
from cms.core.permissions.people import officers_able
from cms.core.services.outbox import mail_queue
from procedures.models import Apology
from procedures.models.apologies import apologies_wanted

# The letter to the applicant waits so long: what was pressed too soon is withdrawn before anybody has read it.
SECOND_THOUGHT = timedelta(minutes=10)
_READERS = {"apology_waits": "apology_approve"}


def apology_mails_queue(*, apology: Apology, kind: str) -> int:
    """Queue ``kind`` for whoever reads it now; return how many mails wait. Each is made when it leaves."""
    reference = {"apology": str(apology.pk)}
    key = f"{kind}:{apology.pk}:{apology.version}"
    if kind == "dossier_apology":
        mail_queue(kind=kind, reference=reference, dedupe_key=key, not_before=timezone.now() + SECOND_THOUGHT)
        return 1
    if kind == "dossier_apology_withdrawn":
        mail_queue(kind=kind, reference=reference, dedupe_key=key)
        return 1
    people = officers_able(_READERS[kind], apology.unit) if kind in _READERS else [apology.author]
    for person in people:
        mail_queue(kind=kind, reference={**reference, "user": str(person.pk)}, dedupe_key=f"{key}:{person.pk}")
    return len(people)


def apologies_remind(*, today: date | None = None) -> int:
    """Tell the desk and the leaders of every unit what wants an apology; one mail a person, unit and day.

    Return how many mails are new.
    """
    today = today or timezone.localdate()
    queued, wanted = 0, apologies_wanted(today).order_by().values("unit_id")
    for unit in Unit.objects.filter(pk__in=wanted).select_related("parent"):
        for person in officers_able("dossier_apologise", unit):
            reference = {"unit": str(unit.pk), "user": str(person.pk)}
            key = f"apology_due:{unit.pk}:{today}:{person.pk}"
            queued += mail_queue(kind="apology_due", reference=reference, dedupe_key=key).is_new
    return queued
