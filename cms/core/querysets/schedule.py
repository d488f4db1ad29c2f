"""Questions to the schedule."""

from datetime import datetime

from django.db import models


class JobStateQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "JobStateQuerySet":
        """Jobs whose time has come and that no living worker holds."""
        return self.filter(next_run_at__lte=now).exclude(leased_until__gt=now).order_by("next_run_at", "name")

    def held_by(self, owner: str) -> "JobStateQuerySet":
        """Jobs that the worker called ``owner`` took last."""
        return self.filter(lease_owner=owner)
