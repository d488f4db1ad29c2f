"""Questions to the news."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, TruncMonth

from cms.core.querysets.pages import BasePageQuerySet
from cms.core.search import matching_keys
from cms.core.text import fold

SEARCH_KIND = "news"

NewsIdentity = tuple[str, date]

_MONTH = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")


def identity_of(title: str, day: date) -> NewsIdentity:
    """Return what makes one piece the same as another: its title, but for case and marks, and its day. For imports."""
    return fold(title), day


@dataclass(frozen=True)
class NewsFilters:
    """What a reader asked the news for. Nonsense in the address is no filter and no error."""

    category: str = ""
    year: int | None = None
    month: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "NewsFilters":
        """Read ``chuyen-muc`` (the address word of a category) and ``thang`` (``2026-11``, or ``2026`` alone)."""
        category = query.get("chuyen-muc", "")[:60]
        found = _MONTH.fullmatch(query.get("thang", ""))
        year, month = (int(found["year"]), int(found["month"] or 0)) if found else (0, 0)
        known = date.min.year <= year and month <= 12 and not (found and found["month"] == "00")
        return cls(category if category.isprintable() else "", *((year, month or None) if known else (None, None)))

    @property
    def time(self) -> str:
        """The month or the year as the address has it."""
        if self.year is None:
            return ""
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    def __bool__(self) -> bool:
        return bool(self.category or self.year)


class NewsPageQuerySet(BasePageQuerySet):
    def newest(self) -> "NewsPageQuerySet":
        """Newest first, with what a list shows and without the text of the page."""
        pictures = ("image__renditions", "listing_image__renditions")
        rows = self.select_related("category").prefetch_related(*pictures).defer_streamfields()
        return rows.order_by("-published_on", "-pk")

    def before(self, piece: Any) -> "NewsPageQuerySet":
        """Older pieces, the nearest first."""
        day = piece.published_on
        older = models.Q(published_on__lt=day) | models.Q(published_on=day, pk__lt=piece.pk)
        return self.filter(older).order_by("-published_on", "-pk").defer_streamfields()

    def after(self, piece: Any) -> "NewsPageQuerySet":
        """Newer pieces, the nearest first."""
        day = piece.published_on
        newer = models.Q(published_on__gt=day) | models.Q(published_on=day, pk__gt=piece.pk)
        return self.filter(newer).order_by("published_on", "pk").defer_streamfields()

    def sought(self, words: str) -> "NewsPageQuerySet":
        """What an editor looks for, drafts included: by piece of the title, or as the public would.

        Wagtail's own search fails on filters that it has no index of, and knows no Vietnamese.
        """
        public = [int(key) for key in matching_keys(words, kind=SEARCH_KIND)]
        return self.filter(models.Q(title__icontains=words) | models.Q(pk__in=public))

    def most_read(self, *, since: date, count: int) -> list[Any]:
        """Return those that were read most since ``since``, at most ``count``, each with ``read``.

        Two steps, so that only days since then are added up and only ``count`` pages are fetched.
        """
        days = self.filter(readings__day__gte=since).order_by().values_list("pk")
        most = list(days.annotate(read=models.Sum("readings__count")).order_by("-read", "-pk")[:count])
        rows = self.model.objects.newest().in_bulk([pk for pk, _read in most])
        for pk, read in most:
            rows[pk].read = read
        return [rows[pk] for pk, _read in most]

    def identified(self, days: Iterable[date]) -> dict[NewsIdentity, Any]:
        """Return the news of these days by what makes one piece the same as another; drafts included."""
        rows = self.filter(published_on__in=sorted(set(days))).defer_streamfields().order_by("-pk")
        return {identity_of(row.draft_title, row.published_on): row for row in rows}

    def with_readings(self) -> "NewsPageQuerySet":
        """With ``read``, how often each was read in all."""
        counts = self.model.objects.order_by().filter(pk=models.OuterRef("pk")).values("pk")
        read = counts.annotate(read=models.Sum("readings__count")).values("read")
        return self.annotate(read=Coalesce(models.Subquery(read), 0))

    def in_category(self, slug: str) -> "NewsPageQuerySet":
        return self.filter(category__slug=slug) if slug else self

    def in_time(self, asked: NewsFilters) -> "NewsPageQuerySet":
        """The pieces of the year, or of the month, that was asked for."""
        rows = self.filter(published_on__year=asked.year) if asked.year else self
        return rows.filter(published_on__month=asked.month) if asked.month else rows

    def filtered(self, asked: NewsFilters) -> "NewsPageQuerySet":
        """Narrow to what a reader asked for; both filters work together."""
        return self.in_category(asked.category).in_time(asked)

    def category_counts(self) -> list[tuple[str, str, int]]:
        """Return (address word, name, pieces) of every category that occurs, in the order of the catalogue."""
        rows = self.exclude(category=None).order_by("category__order", "category__name")
        return list(rows.values_list("category__slug", "category__name").annotate(pieces=models.Count("pk")))

    def month_counts(self) -> list[tuple[date, int]]:
        """Return (first day of the month, pieces) of every month that occurs, the newest first."""
        rows = self.annotate(month=TruncMonth("published_on")).order_by("-month")
        return list(rows.values_list("month").annotate(pieces=models.Count("pk")))


class NewsCategoryQuerySet(models.QuerySet):
    def in_order(self) -> "NewsCategoryQuerySet":
        return self.order_by("order", "name")

    def called(self, slug: str) -> Any:
        """Return the category with this address word, or None."""
        return self.filter(slug=slug).first() if slug else None
