"""Questions to plans and to the progress of their tasks."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import models

from cms.core.querysets.pages import BasePageQuerySet


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

    def of_year(self, year: int) -> "PlanPageQuerySet":
        return self.filter(issued_on__year=year)


class TaskProgressQuerySet(models.QuerySet):
    def of_page(self, page: Any) -> "TaskProgressQuerySet":
        return self.filter(page_id=page.pk)

    def by_key(self) -> dict[UUID, Any]:
        """Return progress by the stable key of its task."""
        return {row.task_key: row for row in self}
