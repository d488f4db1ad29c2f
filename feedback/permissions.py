"""Who may do what with a case: the matrix of the kernel, narrowed where a case is confidential."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.core.permissions import can
from cms.core.permissions.people import officers_able
from cms.core.permissions.policy import MatrixPolicy
from feedback.models import Case, CaseAccess, PublicCase, SavedFilter

__all__ = ["PublicCasePolicy", "SavedFilterPolicy", "approvers_of", "case_can", "officers_able", "public_case_can"]


def case_can(user: Any, capability: str, case: Case) -> bool:
    """Say whether ``user`` may exercise ``capability`` on ``case``.

    A confidential case is open to its officer, to those named for it, and to those who hold ``case_confidential``
    for its unit; a case of the child protection lane to the first two alone. Whoever broke the glass reads.
    """
    if not can(user, capability, case):
        return False
    if not case.confidential or case.officer_id == user.pk:
        return True
    if not case.child_protection and can(user, "case_confidential", case):
        return True
    return CaseAccess.objects.giving(capability, timezone.now()).filter(case=case, user=user).exists()


def public_case_can(user: Any, capability: str, public_case: PublicCase) -> bool:
    """Say whether ``user`` may exercise ``capability`` on a public copy; on none of a case that became confidential."""
    return can(user, capability, public_case) and not public_case.case.confidential


class SavedFilterPolicy(MatrixPolicy):
    """Saved filters belong to whoever saved them; what is shared, to those who may share with that unit too."""

    def __init__(self) -> None:
        super().__init__(SavedFilter, dict.fromkeys(("add", "change", "delete", "view"), "case_list"))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return SavedFilter.objects.changeable_by(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return SavedFilter.objects.changeable_by(user)


class PublicCasePolicy(MatrixPolicy):
    """The matrix for public copies in Wagtail's own views; lists and reports see the rows of the unit only."""

    def __init__(self) -> None:
        edit = dict.fromkeys(("change", "lock", "unlock"), "public_case_edit")
        super().__init__(PublicCase, {**edit, "publish": "public_case_publish", "view": "public_case_withdraw"})

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and not instance.case.confidential

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        rows = PublicCase.objects.visible_to(user)
        return rows if self.user_has_any_permission(user, actions) else rows.none()


def approvers_of(copy: PublicCase) -> list[Any]:
    """Return the people who may let ``copy`` out: those with the right for its unit, but for who wrote its words."""
    people = officers_able("public_case_publish", copy.unit)
    return list(people.exclude(pk=copy.last_writer_id()))
