"""Who handed a dossier in: found and shown with a trace, put right when mistyped."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.search.people import person_datum
from cms.core.services.ledger import event_record
from procedures.models import Dossier, DossierApplicant, normalise_code
from procedures.permissions import dossier_can
from procedures.querysets import DossierQuerySet
from procedures.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, dossier_touch

_KEPT = ("name", "phone", "email", "address")


@transaction.atomic
def dossiers_search(*, dossiers: DossierQuerySet, typed: str, actor: Any) -> tuple[DossierQuerySet, bool]:
    """Search ``dossiers`` by what was typed; return what was found, and whether people were looked at.

    A whole code finds its dossier. By phone, e-mail or name only for those who may see people: such a search leaves
    one event that says by which kind of datum and how many were found, never what was typed.
    """
    exact = Dossier.objects.with_code(normalise_code(typed)[:60])
    if exact.exists():
        return dossiers.filter(pk__in=exact.values("pk")), False
    words, by = dossiers.matching(typed), person_datum(typed)
    if not by or not can(actor, "dossier_identity"):
        return words, False
    found = Dossier.objects.of_applicant(typed, actor)
    count = found.count()
    if by == "name" and not count:
        return words, False
    event_record(
        subject_type="dossier_search",
        subject_key=by,
        verb="dossier.applicant_searched",
        actor=actor,
        unit_id=actor.memberships.values_list("unit_id", flat=True).first(),
        data={"found": count},
    )
    return dossiers.of_keys(Dossier.objects.matching(typed), found), True


@transaction.atomic
def applicant_reveal(*, dossier: Dossier, actor: Any) -> DossierApplicant:
    """Return the contacts of the applicant to an officer; each look is an event in the ledger.

    Raises NotAllowedError without the right, TransitionRefusedError when the person has been erased.
    """
    applicant = _applicant(dossier, actor)
    event_record(
        subject_type=SUBJECT,
        subject_key=dossier.code,
        verb="dossier.identity_viewed",
        actor=actor,
        unit_id=dossier.unit_id,
    )
    return applicant


@transaction.atomic
def applicant_correct(
    *, dossier: Dossier, actor: Any, values: Mapping[str, str], papers: str, expected_version: int | None = None
) -> DossierApplicant:
    """Put right what was mistyped about the applicant or the papers; the ledger names the fields, not the words.

    Raises as ``applicant_reveal`` does, NotAllowedError without the desk's right, DossierChangedError when somebody
    was faster.
    """
    if not dossier_can(actor, "dossier_enter", dossier):
        raise NotAllowedError(_("Bạn không có quyền sửa hồ sơ này."))
    dossier_touch(dossier, expected_version=expected_version)
    applicant = _applicant(dossier, actor)
    changed = [name for name in _KEPT if getattr(applicant, name) != values.get(name, "")]
    for name in changed:
        setattr(applicant, name, values.get(name, ""))
    if changed:
        applicant.save()
    if papers != dossier.papers:
        dossier.papers = papers
        dossier.save(update_fields=["papers"])
        changed.append("papers")
    if changed:
        event_record(
            subject_type=SUBJECT,
            subject_key=dossier.code,
            verb="dossier.corrected",
            actor=actor,
            unit_id=dossier.unit_id,
            data={"fields": changed},
        )
    return applicant


def _applicant(dossier: Dossier, actor: Any) -> DossierApplicant:
    if not dossier_can(actor, "dossier_identity", dossier):
        raise NotAllowedError(_("Bạn không có quyền xem thông tin người nộp."))
    applicant = DossierApplicant.objects.filter(dossier=dossier).first()
    if applicant is None:
        raise TransitionRefusedError(_("Thông tin người nộp đã được xóa."))
    return applicant
