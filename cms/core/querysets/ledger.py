"""Questions to the ledger."""

from collections.abc import Iterable

from django.db import models


class LedgerQuerySet(models.QuerySet):
    def about(self, subject_type: str, subject_key: str) -> "LedgerQuerySet":
        """The history of one subject, oldest first."""
        return self.filter(subject_type=subject_type, subject_key=subject_key).order_by("seq")

    def of_units(self, unit_ids: Iterable[int]) -> "LedgerQuerySet":
        return self.filter(unit_id__in=unit_ids)

    def public(self) -> "LedgerQuerySet":
        """Events that the sender may see on the timeline."""
        return self.filter(public=True)
