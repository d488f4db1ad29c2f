"""Questions to the counts of dossiers."""

from datetime import date

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, TruncMonth

from procedures.enums import TallyMeasure, TallyScope


def _sum(asked: Q) -> Coalesce:
    return Coalesce(Sum("count", filter=asked), 0)


class DossierTallyQuerySet(models.QuerySet):
    def counted(self) -> "DossierTallyQuerySet":
        """Cells that hold something; what has moved away leaves a nought behind."""
        return self.exclude(count=0)

    def whole(self) -> "DossierTallyQuerySet":
        """Counts of the whole agency, by the day."""
        return self.filter(scope=TallyScope.ALL)

    def broken_down(self) -> "DossierTallyQuerySet":
        """Counts of units, fields and channels; by the month, but for appointments that still run."""
        return self.exclude(scope=TallyScope.ALL)

    def lines(self, first: date, last: date, edge: date) -> "DossierTallyQuerySet":
        """Return scope, key and measure with what was counted before ``first``, until ``last``, and before ``edge``.

        One statement that adds up in the database, however many cells there are.
        """
        rows = self.filter(day__lte=max(last, edge)).order_by().values_list("scope", "key", "measure")
        return rows.annotate(
            before=_sum(Q(day__lt=first)), within=_sum(Q(day__range=(first, last))), over=_sum(Q(day__lt=edge))
        )

    def by_month(self, first: date, last: date) -> "DossierTallyQuerySet":
        """Return month, measure and count between two days."""
        rows = self.filter(day__range=(first, last)).exclude(measure=TallyMeasure.OVERRUN).order_by()
        return rows.values_list(TruncMonth("day"), "measure").annotate(total=Sum("count")).filter(total__gt=0)
