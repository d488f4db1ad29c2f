"""Questions to the counts of readings."""

from datetime import date
from typing import Any

from django.db import models


class PageReadingQuerySet(models.QuerySet):
    def of(self, page: Any) -> "PageReadingQuerySet":
        return self.filter(page=page.pk)

    def since(self, day: date) -> "PageReadingQuerySet":
        return self.filter(day__gte=day)

    def total(self) -> int:
        """How often the pages were read."""
        return self.aggregate(total=models.Sum("count"))["total"] or 0

    def downloads(self) -> int:
        """How often files of the pages were taken."""
        return self.aggregate(total=models.Sum("downloads"))["total"] or 0
