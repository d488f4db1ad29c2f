"""When a dossier ended long enough ago the person is erased; the dossier and the figures stay."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cms.core.services.ledger import event_record
from procedures.models import Dossier, DossierApplicant, DossierSettings
from procedures.querysets.dossiers import DOSSIER_COLUMNS
from procedures.services.moves import SUBJECT
from procedures.transitions import SYSTEM

AT_MOST = 2_000  # people that one run erases; the next run goes on


@transaction.atomic
def applicants_purge(*, dry_run: bool = False, at_most: int = AT_MOST) -> int:
    """Erase who handed in what ended longer ago than the settings keep, and the words about them; return how many.

    Kept for ever where the settings say 0. With ``dry_run`` only counts.
    """
    keep = DossierSettings.load().keep_days
    if not keep:
        return 0
    people = DossierApplicant.objects.kept_too_long(timezone.now() - timedelta(days=keep)).order_by("pk")
    rows = list(people.values_list("pk", "dossier_id", "dossier__code", "dossier__unit_id")[:at_most])
    if dry_run or not rows:
        return len(rows)
    for _pk, dossier_id, code, unit_id in rows:
        dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
        dossier.pauses.update(asked="")
        dossier.moves.update(reason="", before={})
        dossier.papers = dossier.end_reason = dossier.postal_number = ""
        dossier.save(update_fields=["papers", "end_reason", "postal_number"])
        event_record(
            subject_type=SUBJECT,
            subject_key=code,
            verb="dossier.applicant_erased",
            actor_kind=SYSTEM,
            unit_id=unit_id,
        )
    DossierApplicant.objects.filter(pk__in=[row[0] for row in rows]).delete()
    for column in DOSSIER_COLUMNS:
        column.tidy()
    return len(rows)
