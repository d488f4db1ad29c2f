"""Who holds a capability: the other way round through the matrix, for mails and lists of choices."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cms.core.enums import Scope
from cms.core.models import Unit
from cms.core.permissions import capabilities


def officers_able(capability: str, unit: Unit | None) -> QuerySet[Any]:
    """Return the active people who hold ``capability`` for ``unit``, in a constant number of queries."""
    row = capabilities()[capability]
    reach = Q(groups__name__in=_labels(role for role, scope in row.items() if scope is Scope.ALL))
    by_unit = Q(groups__name__in=_labels(role for role, scope in row.items() if scope is Scope.UNIT))
    if unit is not None:
        near = Q(memberships__unit=unit)
        above = Q(memberships__with_units_below=True, memberships__unit__in=_ids_above(unit))
        reach |= by_unit & (near | above)
    people = get_user_model().objects.filter(reach, is_active=True)
    return people.distinct().order_by("last_name", "first_name", "pk")


def _labels(roles: Iterable[Any]) -> list[str]:
    return [str(role.label) for role in roles]


def _ids_above(unit: Unit) -> list[int]:
    ids: list[int] = []
    above: Unit | None = unit
    while above is not None and above.pk not in ids:
        ids.append(above.pk)
        above = above.parent
    return ids
