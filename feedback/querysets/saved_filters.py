"""Questions to the saved filters of the desk."""

from typing import Any

from django.db import models
from django.db.models import Q

from cms.core.permissions import can


class SavedFilterQuerySet(models.QuerySet):
    def of(self, user: Any) -> "SavedFilterQuerySet":
        """Those that ``user`` saved."""
        return self.filter(owner_id=user.pk)

    def open_to(self, user: Any) -> "SavedFilterQuerySet":
        """Their own, and what is shared with a unit that they belong to; none without the right to the list.

        Not with the units below: who sees thirty schools would have thirty schools' tabs.
        """
        if not can(user, "case_list"):
            return self.none()
        return self.filter(Q(owner_id=user.pk) | Q(unit_id__in=user.memberships.values("unit_id"))).select_related(
            "unit", "owner"
        )

    def changeable_by(self, user: Any) -> "SavedFilterQuerySet":
        """Their own, and the shared ones of the units for which they may share."""
        rows = self.open_to(user)
        return rows if can(user, "case_filter_share") else rows.of(user)
