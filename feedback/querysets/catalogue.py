"""Questions to the catalogues: categories, profiles, reasons."""

from typing import Any

from django.db import models
from django.db.models import Q


class CatalogueQuerySet(models.QuerySet):
    def active(self) -> "CatalogueQuerySet":
        """Entries that may still be chosen; old ones stay for old cases."""
        return self.filter(active=True)

    def unconfirmed(self) -> "CatalogueQuerySet":
        """Of profiles: those whose days the office has not confirmed."""
        return self.filter(confirmed=False)

    def in_order(self) -> "CatalogueQuerySet":
        return self.order_by("order", "pk")


class AnswerTemplateQuerySet(CatalogueQuerySet):
    def fitting(self, category: Any) -> "AnswerTemplateQuerySet":
        """Templates for cases of ``category`` (its key), and those for all, in order."""
        return self.active().filter(Q(category=category) | Q(category=None)).in_order()


class ExtraQuestionQuerySet(CatalogueQuerySet):
    def of_service(self, category: Any) -> "ExtraQuestionQuerySet":
        """Questions that some case of ``category`` is asked, whatever its matter, in order."""
        return self.active().filter(Q(category=category) | Q(category=None)).in_order()

    def asked_for(self, *, category: Any, matter: str) -> "ExtraQuestionQuerySet":
        """Questions that a case of this category (its key) and matter is asked, in order."""
        where = Q(category=category) & Q(matter__in=["", matter or ""]) if category else Q(pk__in=[])
        if matter:
            where |= Q(category=None, matter=matter)
        return self.active().filter(where).in_order()
