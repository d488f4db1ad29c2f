"""Questions to the import runs."""

from datetime import datetime
from typing import Any

from django.db import models

from cms.core.enums import ImportState


class ImportRunQuerySet(models.QuerySet):
    def of_kind(self, name: str) -> "ImportRunQuerySet":
        return self.filter(kind=name)

    def by(self, user: Any) -> "ImportRunQuerySet":
        """A run shows parts of the file, so only the person who sent it sees it."""
        return self.filter(created_by=user)

    def recent(self) -> "ImportRunQuerySet":
        return self.order_by("-created_at", "-pk")

    def to_forget(self, before: datetime) -> "ImportRunQuerySet":
        return self.filter(updated_at__lt=before)

    def in_state(self, *states: ImportState) -> "ImportRunQuerySet":
        return self.filter(state__in=states)


class ImportedItemQuerySet(models.QuerySet):
    def of_run(self, run: Any) -> "ImportedItemQuerySet":
        """What ``run`` wrote, in the order in which it was written."""
        return self.filter(run=run).order_by("pk")
