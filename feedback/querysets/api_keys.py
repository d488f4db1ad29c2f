"""Questions to the keys of other software."""

from django.db import models


class ApiKeyQuerySet(models.QuerySet):
    def working(self) -> "ApiKeyQuerySet":
        """Keys that nobody took back."""
        return self.filter(revoked_at__isnull=True)

    def newest(self) -> "ApiKeyQuerySet":
        return self.order_by("-made_at", "-pk")
