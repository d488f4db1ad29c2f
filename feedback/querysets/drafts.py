"""Questions to the forms that people have begun."""

from datetime import datetime

from django.db import models


class CaseDraftQuerySet(models.QuerySet):
    def of_token(self, digest: str, *, now: datetime) -> "CaseDraftQuerySet":
        """The draft that belongs to a session's token, unless its time is over."""
        return self.filter(token_digest=digest, expires_at__gt=now)

    def expired(self, now: datetime) -> "CaseDraftQuerySet":
        return self.filter(expires_at__lte=now)

    def receipts_of(self, reference: str, *, now: datetime) -> "CaseDraftQuerySet":
        """Sent forms that still serve as the receipt of a case, the newest first."""
        return self.filter(reference=reference, sent_at__isnull=False, expires_at__gt=now).order_by("-sent_at")


class DraftFileQuerySet(models.QuerySet):
    def total_size(self) -> int:
        """Bytes of all files together."""
        return int(self.aggregate(total=models.Sum("size"))["total"] or 0)
