"""What was masked or kept in the public copies."""

from django.db import models


class RedactionQuerySet(models.QuerySet):
    def with_makers(self) -> "RedactionQuerySet":
        return self.select_related("made_by")


class WaiverQuerySet(models.QuerySet):
    def with_makers(self) -> "WaiverQuerySet":
        return self.select_related("made_by")
