"""Questions to the books on paper and their lines."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Count, Max, Q

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from feedback.querysets.catalogue import CatalogueQuerySet


class PaperBookQuerySet(CatalogueQuerySet):
    def open_to(self, user: Any, capability: str = "case_enter") -> "PaperBookQuerySet":
        """Narrow to the books that ``user`` may key in: all of them, or those kept by the own units."""
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        return self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)

    def with_counts(self) -> "PaperBookQuerySet":
        """Add ``keyed`` (lines with a case), ``skipped`` (lines said to be empty), ``last`` and ``distinct_lines``."""
        return self.select_related("unit").annotate(
            keyed=Count("lines", filter=Q(lines__case__isnull=False)),
            skipped=Count("lines", filter=Q(lines__case__isnull=True)),
            last=Max("lines__number"),
            # Lines below the first of the book are no gap and fill none.
            numbers=Count("lines__number", filter=Q(lines__number__gte=models.F("first_number")), distinct=True),
        )


class BookLineQuerySet(models.QuerySet):
    def at(self, number: int, suffix: str = "") -> "BookLineQuerySet":
        return self.filter(number=number, suffix=suffix)

    def between(self, first: int, last: int) -> "BookLineQuerySet":
        return self.filter(number__range=(first, last))

    def of_numbers(self, numbers: Collection[int]) -> "BookLineQuerySet":
        return self.filter(number__in=numbers).in_order()

    def in_order(self) -> "BookLineQuerySet":
        return self.order_by("number", "suffix")

    def newest_first(self) -> "BookLineQuerySet":
        """As the book is read from its end."""
        return self.order_by("-number", "-suffix")

    def last_keyed(self) -> "BookLineQuerySet":
        """The lines keyed in last, whatever their numbers."""
        return self.filter(case__isnull=False).order_by("-entered_at", "-pk")

    def empty_lines(self) -> "BookLineQuerySet":
        """Lines of which somebody said why nothing stands in them."""
        return self.filter(case__isnull=True)

    def keyed(self) -> "BookLineQuerySet":
        return self.filter(case__isnull=False)

    def with_cases(self) -> "BookLineQuerySet":
        return self.select_related("case", "book__unit", "entered_by")
