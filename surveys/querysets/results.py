"""Questions to what is read from responses."""

from datetime import date

from django.db import models

from surveys.enums import MonthScope, SurveyKind


class MonthTallyQuerySet(models.QuerySet):
    def of_units(self) -> "MonthTallyQuerySet":
        return self.filter(scope=MonthScope.UNIT)

    def of_strata(self) -> "MonthTallyQuerySet":
        return self.filter(scope=MonthScope.STRATUM)

    def between(self, first: date, last: date) -> "MonthTallyQuerySet":
        return self.filter(month__range=(first, last))

    def before(self, month: date) -> "MonthTallyQuerySet":
        return self.filter(month__lt=month)

    def cells(self) -> models.QuerySet:
        """Part, month and counts of every row."""
        return self.order_by().values_list("part", "month", "counts")


class ThemeQuerySet(models.QuerySet):
    def active(self) -> "ThemeQuerySet":
        return self.filter(active=True)


class SnapshotQuerySet(models.QuerySet):
    def standing(self) -> "SnapshotQuerySet":
        """What is published and was not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def of_agency(self) -> "SnapshotQuerySet":
        return self.filter(unit__isnull=True)

    def of_satisfaction(self) -> "SnapshotQuerySet":
        """Published figures of satisfaction with services: what the first page quotes."""
        return self.filter(survey__kind__in=(SurveyKind.SIPAS, SurveyKind.EDUCATION), top2__isnull=False)

    def newest(self) -> "SnapshotQuerySet":
        return self.order_by("-published_at", "-pk")
