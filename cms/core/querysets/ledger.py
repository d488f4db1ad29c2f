"""Questions to the ledger."""

from django.db import models


class LedgerQuerySet(models.QuerySet):
    def about(self, subject_type: str, subject_key: str) -> "LedgerQuerySet":
        """The history of one subject, oldest first."""
        return self.filter(subject_type=subject_type, subject_key=subject_key).order_by("seq")

    def public(self) -> "LedgerQuerySet":
        """Events that the sender may see on the timeline."""
        return self.filter(public=True)
