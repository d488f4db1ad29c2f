"""The matrix as a Wagtail permission policy, so that the admin's own views ask it too."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet

from wagtail.permission_policies.base import BasePermissionPolicy

from cms.core.permissions import can


class MatrixPolicy(BasePermissionPolicy):
    """Answers Wagtail's “may this user <action> this model” with a capability of the matrix.

    Args:
        model: the model governed.
        actions: Wagtail action (``add change delete view`` …) to capability; an action left out is denied.

    """

    def __init__(self, model: type[Model] | str, actions: Mapping[str, str]):
        super().__init__(model)
        self.actions = dict(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and can(user, self.actions[action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return action in self.actions and can(user, self.actions[action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        allowed = self.user_has_any_permission(user, actions)
        manager = self.model._default_manager
        return manager.all() if allowed else manager.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        people = get_user_model()._default_manager.filter(is_active=True).prefetch_related("groups")
        return people.filter(pk__in=[person.pk for person in people if self.user_has_any_permission(person, actions)])
