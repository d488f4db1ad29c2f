"""Questions to papers that are keyed in."""

from django.db import models
from django.db.models import F


class PaperEntryQuerySet(models.QuerySet):
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
