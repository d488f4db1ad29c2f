"""Questions to the records of reviews."""

from collections.abc import Collection
from typing import Any

from django.db import models

from cms.core.text import fold
from procedures.enums import ReviewProposal, ReviewState


class ReviewQuerySet(models.QuerySet):
    def current(self) -> "ReviewQuerySet":
        """Those that nobody has taken away."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> "ReviewQuerySet":
        """Those that were taken away and can be put back."""
        return self.filter(removed_at__isnull=False)

    def of_codes(self, codes: Collection[str]) -> "ReviewQuerySet":
        """Those of these procedures."""
        return self.filter(code__in=codes)

    def of_year(self, year: int) -> "ReviewQuerySet":
        return self.filter(year=year)

    def days_saved(self) -> int:
        """Return how many days the proposals save that were accepted."""
        days = self.filter(proposal=ReviewProposal.CUT_DAYS, state__in=[ReviewState.ACCEPTED, ReviewState.DONE])
        found = days.aggregate(saved=models.Sum(models.F("amount_now") - models.F("amount_proposed")))
        return found["saved"] or 0

    def in_order(self) -> "ReviewQuerySet":
        """By procedure, as a report lists them."""
        return self.order_by("code", "pk")

    def sought(self, words: str) -> "ReviewQuerySet":
        """What an officer looks for: by code, by piece of the name or of the problem."""
        named = models.Q(code__startswith=words) | models.Q(name__icontains=words) | models.Q(problem__icontains=words)
        return self.filter(named | models.Q(target__icontains=fold(words)))

    def counts(self) -> dict[int, dict[str, int]]:
        """Return how many procedures were ``reviewed`` and how many proposals ``sent`` and ``accepted``, by year.

        One statement, however many years.
        """
        done = models.Q(state__in=[state for state in ReviewState if state != ReviewState.PLANNED])
        good = models.Q(state__in=[ReviewState.ACCEPTED, ReviewState.DONE])
        rows = (
            self.order_by()
            .values("year")
            .annotate(
                reviewed=models.Count("code", filter=done, distinct=True),
                sent=models.Count("pk", filter=models.Q(state__in=list(ReviewState.sent()))),
                accepted=models.Count("pk", filter=good),
            )
        )
        return {row.pop("year"): row for row in map(dict[str, Any], rows)}


class ReviewYearQuerySet(models.QuerySet):
    def of_year(self, year: int) -> Any:
        """Return the plan of one year, or None."""
        return self.filter(year=year).first()

    def resting_on(self, basis: str) -> "ReviewYearQuerySet":
        """The years that this paper plans."""
        return self.filter(basis=basis)
