"""Questions to the table of senders."""

from django.db import models


class SenderQuerySet(models.QuerySet):
    def agreed(self, purpose: str) -> "SenderQuerySet":
        """Senders who ticked the box of ``purpose``."""
        return self.filter(consents__purpose=purpose)
