"""The two short lists beside the procedures."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.models import ProcedureField, ReceivingPlace

Row = TypeVar("Row", ProcedureField, ReceivingPlace)


def field_ensure(*, name: str) -> ProcedureField:
    """Return the field of work of that name (case and marks do not matter), made when it is new."""
    field, _made = ProcedureField.objects.get_or_create(key=ProcedureField.key_of(name), defaults={"name": name})
    return field


@transaction.atomic
def field_save(*, field: ProcedureField | None, name: str, order: int, actor: Any) -> ProcedureField:
    """Make or change a field of work; raises PermissionDenied when ``actor`` may not edit pages."""
    return _catalogue_save(field or ProcedureField(), {"name": name, "order": order}, actor)


@transaction.atomic
def place_save(*, place: ReceivingPlace | None, actor: Any, **facts: Any) -> ReceivingPlace:
    """Make or change a place that receives dossiers; raises PermissionDenied when ``actor`` may not edit pages."""
    return _catalogue_save(place or ReceivingPlace(), facts, actor)


def _catalogue_save(row: Row, facts: Mapping[str, Any], actor: Any) -> Row:
    if not can(actor, "page_edit"):
        raise PermissionDenied
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    kind = row._meta.model_name or ""
    event_record(subject_type=kind, subject_key=str(row.pk), verb=f"{kind}.saved", actor=actor, data={})
    return row
