"""Questions to plans and to the progress of their tasks."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from cms.core.ports import FoundDocument
from cms.core.querysets.pages import BasePageQuerySet
from cms.core.search.backends import get_backend
from cms.core.search.query import Filters, number_key, parse_query

SEARCH_KIND = "plan"


class PlanPageQuerySet(BasePageQuerySet):
    def newest(self) -> "PlanPageQuerySet":
        """By day of issue, the newest first; plans without a day come last."""
        return self.order_by(models.F("issued_on").desc(nulls_last=True), "-pk")

    def for_lists(self) -> "PlanPageQuerySet":
        """With the number of tasks, and without the text of the page."""
        tasks = self.model._meta.get_field("tasks").related_model
        count = tasks.objects.filter(page=models.OuterRef("pk")).order_by().values("page").annotate(n=models.Count("*"))
        return self.defer_streamfields().annotate(task_count=models.Subquery(count.values("n")))

    def with_number(self, keys: Collection[str]) -> "PlanPageQuerySet":
        return self.filter(number_key__in=keys)

    def identified(self, number_key: str, issued_on: date | None) -> Any:
        """Return the plan that has this number and day, or None. For imports."""
        return self.filter(number_key=number_key, issued_on=issued_on).order_by("pk").first()

    def cited(self, keys: Collection[str]) -> list[FoundDocument]:
        """Return the public ones among those with one of ``keys``, for what cites them."""
        rows = self.readable().with_number(keys).defer_streamfields()
        return [FoundDocument(row.number_key, row.issued_on, row.pk, row.url or "") for row in rows]

    def sought(self, words: str) -> "PlanPageQuerySet":
        """What an editor looks for, drafts included: by number or piece of the title, or as the public would.

        Wagtail's own search fails on filters that it has no index of, and knows no Vietnamese.
        """
        query, only = parse_query(words), Filters(kind=SEARCH_KIND)
        found = [] if query.too_short else get_backend().find(query, only)
        key = number_key(words)
        by_number = models.Q(number_key=key) if key else models.Q(number__icontains=words)
        public = models.Q(pk__in=[int(row.object_id) for row in found])
        return self.filter(by_number | models.Q(title__icontains=words) | public)

    def for_search(self) -> "PlanPageQuerySet":
        """What the public may find, with what the index reads of it."""
        return self.readable().prefetch_related("tasks")

    def years(self) -> list[tuple[int, str]]:
        """Return the years that occur, the newest first, as choices."""
        days = self.order_by().dates("issued_on", "year", order="DESC")
        return [(day.year, str(day.year)) for day in days]


class TaskProgressQuerySet(models.QuerySet):
    def of_page(self, page: Any) -> "TaskProgressQuerySet":
        return self.filter(page_id=page.pk)

    def by_key(self) -> dict[UUID, Any]:
        """Return progress by the stable key of its task."""
        return {row.task_key: row for row in self}
