"""Questions to the two short lists beside the register."""

from typing import Any

from django.db import models


class IssuerQuerySet(models.QuerySet):
    def in_order(self) -> "IssuerQuerySet":
        return self.order_by("order", "name")

    def by_key(self) -> dict[str, Any]:
        return {issuer.key: issuer for issuer in self}

    def named(self, name: str) -> "IssuerQuerySet":
        """The issuer of that name; case and marks do not matter."""
        return self.filter(key=self.model.key_of(name))


class DocumentFieldQuerySet(models.QuerySet):
    def in_order(self) -> "DocumentFieldQuerySet":
        return self.order_by("order", "name")
