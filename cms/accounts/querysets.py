"""Questions to the accounts."""

from typing import Any

from django.db import models
from django.db.models import Q

from cms.core.enums import Role

# Who may confirm what another has asked for, and for whom a second person is asked at all.
KEEPERS = (Role.ADMIN, Role.LEADER)


def holds(*roles: Role) -> Q:
    """Return the condition that a person has one of ``roles``."""
    return Q(groups__name__in=[str(role.label) for role in roles])


class RoleRequestQuerySet(models.QuerySet):
    def in_order(self) -> "RoleRequestQuerySet":
        return self.select_related("user", "group", "asked_by").order_by("asked_at", "pk")

    def for_decision_by(self, actor: Any) -> "RoleRequestQuerySet":
        """What this person may confirm: neither what they asked for nor what is for themselves."""
        return self.exclude(Q(asked_by=actor) | Q(user=actor))
