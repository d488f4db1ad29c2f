"""Questions to the counts of cases."""

from datetime import date

from django.db import models
from django.db.models import Sum

from feedback.enums import TallyMeasure, TallyScope

_BROKEN_DOWN = (TallyScope.UNIT, TallyScope.CATEGORY)


class TallyQuerySet(models.QuerySet):
    def counted(self) -> "TallyQuerySet":
        """Cells that hold something; what has moved away leaves a nought behind."""
        return self.exclude(count=0)

    def of_days(self, first: date, last: date) -> "TallyQuerySet":
        return self.filter(day__range=(first, last))

    def whole(self) -> "TallyQuerySet":
        """Counts of the whole agency."""
        return self.filter(scope=TallyScope.ALL)

    def broken_down(self) -> "TallyQuerySet":
        """Counts of units and of categories."""
        return self.filter(scope__in=_BROKEN_DOWN)

    def days_waited(self) -> "TallyQuerySet":
        """How many answers came after how many days."""
        return self.filter(measure=TallyMeasure.TOOK)

    def without_days_waited(self) -> "TallyQuerySet":
        return self.exclude(measure=TallyMeasure.TOOK)

    def overdue(self, today: date) -> "TallyQuerySet":
        """Cases that wait for their answer though its day is over, by that day."""
        return self.filter(measure=TallyMeasure.RUNNING, day__lt=today)

    def waits(self) -> "TallyQuerySet":
        """Return scope, key, days waited and how many answers; in the order of the days waited."""
        rows = self.days_waited().values_list("scope", "key", "took").annotate(total=Sum("count"))
        return rows.filter(total__gt=0).order_by("took")

    def cells(self) -> "TallyQuerySet":
        """Return scope, key, measure, day and count of every cell but the days waited."""
        return self.counted().without_days_waited().values_list("scope", "key", "measure", "day", "count")
