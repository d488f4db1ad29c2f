"""Questions to papers that are keyed in."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce


class PaperEntryQuerySet(models.QuerySet):
    def of_units(self, unit_ids: Iterable[int] | None) -> "PaperEntryQuerySet":
        """Papers about these units; all of them for None."""
        return self.all() if unit_ids is None else self.filter(channel__unit__in=list(unit_ids))

    def stored_since(self, moment: datetime) -> "PaperEntryQuerySet":
        """Papers that became responses at ``moment`` or later."""
        return self.stored().annotate(stored_at=Coalesce("second_at", "first_at")).filter(stored_at__gte=moment)

    def waiting(self) -> "PaperEntryQuerySet":
        """Papers keyed in once that have to be keyed in again."""
        return self.filter(response__isnull=True, second__isnull=True)

    def differing(self) -> "PaperEntryQuerySet":
        """Papers keyed in twice, and not alike: somebody has to look at the paper."""
        return self.filter(response__isnull=True, second__isnull=False)

    def stored(self) -> "PaperEntryQuerySet":
        return self.filter(response__isnull=False)

    def newest(self) -> "PaperEntryQuerySet":
        return self.order_by(F("second_at").desc(nulls_last=True), "-first_at", "-pk")
