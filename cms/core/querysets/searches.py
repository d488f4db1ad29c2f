"""Questions to the counts of what people look for, to what is suggested of them, and to the words of files."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import models

from cms.core.enums import FileTextState

# Fewer than this in the period asked about, and a query may be about one person: nobody is shown it.
FEWEST_SHOWN = 3


class SearchDemandQuerySet(models.QuerySet):
    def shown(self) -> models.QuerySet:
        """Return one row a query, what is missed most first; narrowing by ``day`` afterwards narrows the sums as well.

        A row is a dict of ``query``, ``times``, ``misses`` and ``last``, the last day it was asked.
        """
        return (
            self.values("query")
            .annotate(times=models.Sum("asked"), misses=models.Sum("missed"), last=models.Max("day"))
            .filter(times__gte=FEWEST_SHOWN)
            .order_by("-misses", "-times", "query")
        )

    def before(self, day: date) -> "SearchDemandQuerySet":
        return self.filter(day__lt=day)

    def asked_by_many(self, since: date, most: int) -> models.QuerySet:
        """Return the queries that on one day at least three visitors asked, with ``times``; nearly all must have found.

        One visitor counts once a day for one query, so three on one day are three.
        """
        return (
            self.filter(day__gte=since)
            .values("query")
            .annotate(times=models.Sum("asked"), misses=models.Sum("missed"), at_once=models.Max("asked"))
            .filter(at_once__gte=FEWEST_SHOWN, misses__lte=models.F("times") / 10)
            .order_by("-times", "query")[:most]
        )


class SearchSuggestionQuerySet(models.QuerySet):
    def beginning(self, words: str) -> "SearchSuggestionQuerySet":
        """What begins with these folded words, most asked first, with the entry that stands for it."""
        return self.filter(query__startswith=words).select_related("entry").order_by("-times", "query")


class FileTextQuerySet(models.QuerySet):
    def waiting(self) -> "FileTextQuerySet":
        return self.filter(state=FileTextState.WAITING)

    def readable(self) -> "FileTextQuerySet":
        """Those whose words are known."""
        return self.filter(state=FileTextState.READ)

    def unreadable(self) -> "FileTextQuerySet":
        """Those that an editor may want to do something about: tried, and no words came out, or not all."""
        return self.exclude(state__in=[FileTextState.WAITING, FileTextState.READ]) | self.filter(partial=True)

    def overdue(self, before: datetime) -> "FileTextQuerySet":
        """Those that were handed to a worker long ago: it died, or the queue was emptied."""
        return self.waiting().filter(asked_at__lt=before)

    def of(self, digests: Collection[str]) -> "FileTextQuerySet":
        return self.filter(digest__in=digests)
