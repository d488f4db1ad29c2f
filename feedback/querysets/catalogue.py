"""Questions to the catalogues: categories, profiles, reasons."""

from django.db import models


class CatalogueQuerySet(models.QuerySet):
    def active(self) -> "CatalogueQuerySet":
        """Entries that may still be chosen; old ones stay for old cases."""
        return self.filter(active=True)

    def in_order(self) -> "CatalogueQuerySet":
        return self.order_by("order", "pk")
