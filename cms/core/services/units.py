"""Writing the catalogue of units."""

from typing import Any

from django.db import transaction

from cms.core.models import Unit
from cms.core.text import slug


@transaction.atomic
def unit_save(*, code: str, **values: Any) -> tuple[Unit, bool]:
    """Create or change the unit called ``code``; return it and whether it is new.

    Raises ValidationError with a Vietnamese sentence a field; an address once given stays, so links do not die.
    """
    unit = Unit.objects.filter(code=code).first() or Unit(code=code)
    created = unit.pk is None
    for name, value in values.items():
        setattr(unit, name, value)
    if not unit.slug:
        unit.slug = _free_slug(unit)
    unit.full_clean()
    unit.save()
    return unit, created


def _free_slug(unit: Unit) -> str:
    base = slug(unit.name)
    taken = set(Unit.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
