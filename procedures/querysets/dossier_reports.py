"""Questions to figures that reports stated."""

from django.db import models


class DossierReportQuerySet(models.QuerySet):
    def public(self) -> "DossierReportQuerySet":
        return self.filter(public=True)

    def of_period(self, key: str) -> "DossierReportQuerySet":
        """Lines of one period, the whole agency first, then its units and fields by name."""
        rows = self.filter(period=key).select_related("unit", "field")
        return rows.order_by("unit__order", "unit__name", "field__order", "field__name", "pk")

    def newest(self) -> "DossierReportQuerySet":
        return self.select_related("unit", "field").order_by("-period", "unit__name", "field__name", "pk")
