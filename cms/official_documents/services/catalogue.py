"""The two short lists beside the register."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.official_documents.models import DocumentField, Issuer

Row = TypeVar("Row", Issuer, DocumentField)


def issuer_ensure(*, name: str, abbreviation: str = "") -> Issuer:
    """Return the issuer of that name (case and marks do not matter), made when it is new."""
    issuer, _made = Issuer.objects.get_or_create(
        key=Issuer.key_of(name), defaults={"name": name, "abbreviation": abbreviation[:40]}
    )
    return issuer


@transaction.atomic
def issuer_save(*, issuer: Issuer | None, name: str, abbreviation: str, order: int, actor: Any) -> Issuer:
    """Make or change an issuer; raises PermissionDenied when ``actor`` may not edit pages."""
    return _catalogue_save(issuer or Issuer(), {"name": name, "abbreviation": abbreviation, "order": order}, actor)


@transaction.atomic
def area_save(*, area: DocumentField | None, name: str, order: int, actor: Any) -> DocumentField:
    """Make or change a field of work; raises PermissionDenied when ``actor`` may not edit pages."""
    return _catalogue_save(area or DocumentField(), {"name": name, "order": order}, actor)


def _catalogue_save(row: Row, facts: Mapping[str, Any], actor: Any) -> Row:
    if not can(actor, "page_edit"):
        raise PermissionDenied
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    kind = row._meta.model_name or ""
    event_record(subject_type=kind, subject_key=str(row.pk), verb=f"{kind}.saved", actor=actor, data={})
    return row
