"""Who may do what with a case: the matrix of the kernel, narrowed where a case is confidential."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from cms.core.enums import Scope
from cms.core.models import Unit
from cms.core.permissions import can, capabilities
from cms.core.permissions.policy import MatrixPolicy
from feedback.models import Case, PublicCase


def case_can(user: Any, capability: str, case: Case) -> bool:
    """Say whether ``user`` may exercise ``capability`` on ``case``.

    A confidential case is open to its officer and to those who hold ``case_confidential`` for its unit only.
    """
    if not can(user, capability, case):
        return False
    return not case.confidential or case.officer_id == user.pk or can(user, "case_confidential", case)


def public_case_can(user: Any, capability: str, public_case: PublicCase) -> bool:
    """Say whether ``user`` may exercise ``capability`` on a public copy."""
    return can(user, capability, public_case)


class PublicCasePolicy(MatrixPolicy):
    """The matrix for public copies in Wagtail's own views; lists and reports see the rows of the unit only."""

    def __init__(self) -> None:
        edit = dict.fromkeys(("change", "lock", "unlock"), "public_case_edit")
        super().__init__(PublicCase, {**edit, "publish": "public_case_publish", "view": "public_case_withdraw"})

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows = PublicCase.objects.visible_to(user)
        return rows if self.user_has_any_permission(user, actions) else rows.none()


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
