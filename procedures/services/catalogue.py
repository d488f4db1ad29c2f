"""The two short lists beside the procedures."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.search import index_objects
from cms.core.services.ledger import event_record
from procedures.models import ProcedureField, ProcedurePage, ReceivingPlace
from procedures.querysets import SEARCH_KIND

Row = TypeVar("Row", ProcedureField, ReceivingPlace)


def field_ensure(*, name: str) -> ProcedureField:
    """Return the field of work of that name (case and marks do not matter), made when it is new."""
    field, _made = ProcedureField.objects.get_or_create(key=ProcedureField.key_of(name), defaults={"name": name})
    return field


def place_ensure(*, name: str, **facts: str) -> ReceivingPlace:
    """Return the place of that name, made of ``facts`` (columns of it) when it is new.

    What editors have written of one that is there stays; what nobody has said of it yet is filled in.
    """
    place, made = ReceivingPlace.objects.get_or_create(name=name, defaults=facts)
    missing = [] if made else [column for column, said in facts.items() if said and not getattr(place, column)]
    if missing:
        for column in missing:
            setattr(place, column, facts[column])
        place.save(update_fields=missing)
    return place


@transaction.atomic
def field_save(*, field: ProcedureField | None, name: str, order: int, actor: Any) -> ProcedureField:
    """Make or change a field of work; its procedures are found under the new name.

    Raises PermissionDenied when ``actor`` may not edit pages.
    """
    saved = _catalogue_save(field or ProcedureField(), {"name": name, "order": order}, actor)
    procedures = ProcedurePage.objects.of_field(saved)
    index_objects(kind=SEARCH_KIND, pks=list(procedures.values_list("pk", flat=True)))
    return saved


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
