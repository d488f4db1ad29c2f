"""Questions to figures that reports stated, and to what the office says of them."""

from datetime import date

from django.db import models
from django.db.models import F


class DossierReportQuerySet(models.QuerySet):
    def public(self) -> "DossierReportQuerySet":
        return self.filter(public=True)

    def of_period(self, key: str) -> "DossierReportQuerySet":
        """Lines of one period, the whole agency first, then its units and fields."""
        rows = self.filter(period=key).select_related("unit", "field")
        units = F("unit__sort_name").asc(nulls_first=True), F("field__name").asc(nulls_first=True)
        return rows.order_by(*units, "pk")

    def newest(self) -> "DossierReportQuerySet":
        """The newest period first."""
        return self.select_related("unit", "field").order_by("-period", "pk")

    def of_line(self, *, period: str, unit: object, field: object) -> "DossierReportQuerySet":
        """The line of this period, unit and field, which there is once."""
        return self.filter(period=period, unit=unit, field=field)


class ServiceEvaluationQuerySet(models.QuerySet):
    def public(self, today: date) -> "ServiceEvaluationQuerySet":
        """What anybody may read."""
        return self.filter(public=True, published_on__lte=today)

    def of_period(self, key: str) -> "ServiceEvaluationQuerySet":
        """The one of this period; none for a period that is given by two days."""
        return self.filter(period=key) if key else self.none()

    def newest(self) -> "ServiceEvaluationQuerySet":
        return self.order_by("-published_on", "-period")
