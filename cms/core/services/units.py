"""Writing the catalogue of units."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import slug

UnitListener = Callable[[Unit], object]
_listeners: list[UnitListener] = []


def on_unit_change(callback: UnitListener) -> None:
    """Call ``callback(unit)`` in the same transaction whenever a unit is made or changed.

    Apps register in ``AppConfig.ready()``; registering twice has no effect.
    """
    if callback not in _listeners:
        _listeners.append(callback)


@transaction.atomic
def unit_save(*, code: str, actor: Any = None, **values: Any) -> tuple[Unit, bool]:
    """Create or change the unit called ``code``; return it and whether it is new.

    Args:
        code: its code, which never changes.
        actor: the officer; None is the system (set-up, import by command).
        values: fields of :class:`~cms.core.models.Unit`.

    Raises PermissionDenied when the officer may not, ValidationError with a Vietnamese sentence a field. An
    address once given stays, so that links do not die.

    """
    if actor is not None and not can(actor, "unit_edit"):
        raise PermissionDenied
    unit = Unit.objects.filter(code=code).first() or Unit(code=code)
    created = unit.pk is None
    for name, value in values.items():
        setattr(unit, name, value)
    if not unit.slug:
        unit.slug = _free_slug(unit)
    unit.full_clean()
    unit.save()
    event_record(
        subject_type="unit",
        subject_key=unit.code,
        verb="unit.created" if created else "unit.changed",
        actor=actor,
        unit_id=unit.pk,
        data={"fields": sorted(values)},
    )
    for callback in _listeners:
        callback(unit)
    return unit, created


def _free_slug(unit: Unit) -> str:
    base = slug(unit.name)
    taken = set(Unit.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
