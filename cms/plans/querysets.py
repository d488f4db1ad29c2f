"""Questions to plans and to the progress of their tasks."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import ExtractYear, RowNumber

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from cms.core.ports import FoundDocument
from cms.core.querysets.facets import Facets, whole_number
from cms.core.querysets.pages import BasePageQuerySet, outside_closed_sections
from cms.core.search import matching_keys
from cms.core.search.backends import get_backend
from cms.core.search.query import Filters, number_key, parse_query
from cms.plans.enums import PlanKind

SEARCH_KIND = "plan"

# The facets of the list of plans, in the order of their columns.
FACETS = ("kind", "year", "unit")
_SLUG = re.compile(r"[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class PlanFilters:
    """What a reader asked the plans for. Nonsense in the address is no filter and no error."""

    kind: str = ""
    year: int | None = None
    unit: str = ""
    words: str = ""

    PARAMS = {"kind": "loai", "year": "nam", "unit": "don-vi", "words": "q"}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PlanFilters":
        """Read the parameters ``loai``, ``nam``, ``don-vi`` (a unit's word in addresses) and ``q``."""
        kind, unit = query.get("loai", ""), query.get("don-vi", "")
        return cls(
            kind=kind if kind in PlanKind.values else "",
            year=whole_number(query.get("nam", ""), most=9999),
            unit=unit if _SLUG.fullmatch(unit) else "",
            words=" ".join(query.get("q", "")[:200].split()),
        )

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


class PlanPageQuerySet(BasePageQuerySet):
    def newest(self) -> "PlanPageQuerySet":
        """By day of issue, the newest first; plans without a day come last."""
        return self.order_by(models.F("issued_on").desc(nulls_last=True), "-pk")

    def issued_in(self, year: int) -> "PlanPageQuerySet":
        """Those of one year, oldest first."""
        return self.filter(issued_on__year=year).order_by("issued_on", "pk")

    def for_lists(self) -> "PlanPageQuerySet":
        """With the number of tasks, and without the text of the page."""
        tasks = self.model._meta.get_field("tasks").related_model
        count = tasks.objects.filter(page=models.OuterRef("pk")).order_by().values("page").annotate(n=models.Count("*"))
        return self.defer_streamfields().annotate(task_count=models.Subquery(count.values("n")))

    def filtered(self, asked: PlanFilters) -> "PlanPageQuerySet":
        """Narrow to what a reader asked for; every filter narrows the others."""
        wanted = {"document_type": asked.kind, "issued_on__year": asked.year, "owner_unit__slug": asked.unit}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        return rows.matching(asked.words) if asked.words else rows

    def matching(self, words: str) -> "PlanPageQuerySet":
        """What the site's search finds for ``words`` among plans, their tasks too; never an error."""
        return self.filter(pk__in=[int(key) for key in matching_keys(words, kind=SEARCH_KIND)])

    def facets(self, asked: PlanFilters) -> Facets:
        """Count what the words of ``asked`` find by every facet at once: one statement, however many filters."""
        rows = self.matching(asked.words) if asked.words else self
        years = rows.order_by().annotate(facet_year=ExtractYear("issued_on"))
        columns = years.values_list("document_type", "facet_year", "owner_unit__slug")
        return Facets.of(asked, FACETS, columns.annotate(found=models.Count("pk")))

    def with_number(self, keys: Collection[str]) -> "PlanPageQuerySet":
        return self.filter(number_key__in=keys)

    def identified(self, number_key: str, issued_on: date | None) -> Any:
        """Return the plan that has this number and day, or None. For imports."""
        return self.filter(number_key=number_key, issued_on=issued_on).order_by("pk").first()

    def numbered(self, number: str) -> Any:
        """Return the newest plan that has this number as people write it, or None. For commands."""
        key = number_key(number)
        return self.filter(number_key=key).newest().first() if key else None

    def carrying_out(self, page: Any) -> "PlanPageQuerySet":
        """Public plans that say that they carry out ``page``, by the page itself or by its number and day (S50)."""
        links = self.model._meta.get_field("upward").related_model.objects.filter(page_id=OuterRef("pk"))
        by_number = Q(cited_page=None, number_key=page.number_key) & (Q(issued_on=None) | Q(issued_on=page.issued_on))
        meant = links.filter(Q(cited_page_id=page.pk) | by_number if page.number_key else Q(cited_page_id=page.pk))
        return self.readable().exclude(pk=page.pk).filter(Exists(meant))

    def for_choosing(self) -> "PlanPageQuerySet":
        """With what tells one plan from another in a list of choices, drafts included."""
        return self.newest().only("title", "number", "issued_on")

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


class _OfPages(models.QuerySet):
    """Rows that units report beside the revisions of a plan."""

    def of_page(self, page: Any) -> Any:
        return self.filter(page_id=page.pk)

    def of_pages(self, pks: Iterable[int]) -> Any:
        return self.filter(page_id__in=list(pks))

    def of_task(self, task: Any) -> Any:
        return self.filter(page_id=task.page_id, task_key=task.key)


def _of_public_plans(prefix: str = "page__") -> Q:
    """Return the condition that the plan is live; the page itself was asked for when it was opened."""
    return Q(**{f"{prefix}live": True})


class PlanTaskQuerySet(models.QuerySet):
    def of_pages(self, pks: Iterable[int]) -> "PlanTaskQuerySet":
        """Tasks of these plans in their order, with their units."""
        return self.filter(page_id__in=list(pks)).prefetch_related("units").order_by("page_id", "sort_order", "pk")

    def visible_to(self, user: Any, capability: str = "plan_progress") -> "PlanTaskQuerySet":
        """Tasks of published plans that ``user`` has to do with: of one of the own units, or in a plan of one.

        A draft is nobody's business but that of those who write pages.
        """
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        rows = self.filter(_of_public_plans())
        return rows if scope is Scope.ALL else rows.filter(self._of_units(user) | Q(page__owner_unit__in=user.unit_ids))

    def of_units_of(self, user: Any) -> "PlanTaskQuerySet":
        """Tasks that the own units carry out; one without a unit is that of the plan's owner."""
        nobody = ~Exists(self._unit_rows(OuterRef("pk")))
        return self.filter(self._of_units(user) | (nobody & Q(page__owner_unit__in=user.unit_ids)))

    def _unit_rows(self, task: Any) -> Any:
        return self.model.units.through.objects.filter(plantask_id=task)

    def _of_units(self, user: Any) -> Any:
        return Q(Exists(self._unit_rows(OuterRef("pk")).filter(unit_id__in=user.unit_ids)))

    def with_screen_data(self) -> "PlanTaskQuerySet":
        """What a list or a screen of the office shows of a task, in a constant number of queries."""
        return self.select_related("page", "page__owner_unit").prefetch_related("units").defer("page__body")

    def matching(self, words: str) -> "PlanTaskQuerySet":
        """Search the office's list: words of the task, its product, its plan."""
        rows = self
        for word in words.split()[:10]:
            rows = rows.filter(
                Q(content__icontains=word)
                | Q(product__icontains=word)
                | Q(responsible__icontains=word)
                | Q(page__title__icontains=word)
                | Q(page__number__icontains=word)
            )
        return rows

    def page_with_most_of(self, contents: Collection[str]) -> tuple[int, int] | None:
        """Return the plan that has most of these tasks, with their number; None when none or two have as many."""
        rows = self.filter(content__in=list(contents)[:500]).order_by().values("page_id")
        counts = list(rows.annotate(n=models.Count("pk")).order_by("-n")[:2])
        if not counts or (len(counts) > 1 and counts[0]["n"] == counts[1]["n"]):
            return None
        return counts[0]["page_id"], counts[0]["n"]


class PlanTargetQuerySet(models.QuerySet):
    def of_pages(self, pks: Iterable[int]) -> "PlanTargetQuerySet":
        """Targets of these plans in their order."""
        return self.filter(page_id__in=list(pks)).order_by("page_id", "sort_order", "pk")

    def visible_to(self, user: Any) -> "PlanTargetQuerySet":
        """Targets of published plans that ``user`` may tell figures of."""
        scope = scope_of(user, "plan_progress")
        if scope is None:
            return self.none()
        rows = self.filter(_of_public_plans())
        mine = Q(unit__in=user.unit_ids) | Q(unit=None, page__owner_unit__in=user.unit_ids)
        return rows if scope is Scope.ALL else rows.filter(mine)

    def with_screen_data(self) -> "PlanTargetQuerySet":
        return (
            self.select_related("page", "unit")
            .defer("page__body")
            .order_by("-page__issued_on", "page_id", "sort_order")
        )


class TargetValueQuerySet(_OfPages):
    def standing(self) -> "TargetValueQuerySet":
        """Values that were not taken back, the newest first."""
        return self.filter(removed_at=None).order_by("-at", "-pk")

    def of_target(self, target: Any) -> "TargetValueQuerySet":
        return self.filter(page_id=target.page_id, target_key=target.key)


class TaskProgressQuerySet(_OfPages):
    def by_key(self) -> dict[UUID, Any]:
        """Return progress by the stable key of its task; of recurring tasks that of the task as a whole."""
        return {row.task_key: row for row in self.filter(period="")}


class TaskProgressEntryQuerySet(models.QuerySet):
    def of_pages(self, pks: Iterable[int]) -> "TaskProgressEntryQuerySet":
        return self.filter(progress__page_id__in=list(pks)).select_related("progress")

    def of_task(self, task: Any) -> "TaskProgressEntryQuerySet":
        """Everything that was said of the task, the newest first, with who said it."""
        rows = self.filter(progress__page_id=task.page_id, progress__task_key=task.key)
        return rows.select_related("progress", "by", "undone_by")

    def standing(self) -> "TaskProgressEntryQuerySet":
        """Steps that hold: neither taken back nor taking another one back."""
        return self.filter(undoes=None, undone_by=None)

    def latest_of_each(self, count: int) -> "TaskProgressEntryQuerySet":
        """The newest ``count`` steps of each progress, the newest first."""
        place = Window(RowNumber(), partition_by=F("progress_id"), order_by=[F("at").desc(), F("pk").desc()])
        return self.annotate(place=place).filter(place__lte=count).order_by("-at", "-pk")


class TaskProductQuerySet(_OfPages):
    def public(self) -> "TaskProductQuerySet":
        """What a leader has shown to everybody, of tasks that the plan still has.

        Whether the plan itself may be read is asked of the plan.
        """
        tasks = self.model._meta.get_field("page").related_model._meta.get_field("tasks").related_model.objects
        kept = tasks.filter(page_id=OuterRef("page_id"), key=OuterRef("task_key"))
        return self.filter(Exists(kept), public=True, removed_at=None)

    def in_use(self) -> "TaskProductQuerySet":
        return self.filter(removed_at=None)

    def of_readable_plans(self) -> "TaskProductQuerySet":
        """Products of plans that anybody may read."""
        pages = self.model._meta.get_field("page").related_model.objects
        return self.filter(page__in=pages.filter(outside_closed_sections(), live=True))


class TaskDifficultyQuerySet(_OfPages):
    def public(self) -> "TaskDifficultyQuerySet":
        """Answered ones that a leader has shown to everybody, in the words made for that."""
        return self.filter(public=True, state="answered")

    def waiting(self) -> "TaskDifficultyQuerySet":
        return self.filter(state="waiting")

    def visible_to(self, user: Any) -> "TaskDifficultyQuerySet":
        """Until it is answered: the unit that reports and the leaders above it or of the plan (S51).

        Answered ones are open to whoever sees the task. A withdrawn one stays with its unit.
        """
        seen = Q(pk__in=[])
        if scope_of(user, "plan_difficulty_view") is not None:
            seen |= Q(unit__in=user.unit_ids)
        if scope_of(user, "plan_difficulty_answer") is not None:
            seen |= Q(page__owner_unit__in=user.unit_ids, state="waiting")
        if scope_of(user, "plan_progress") is not None:
            seen |= Q(state="answered")
        return self.filter(seen)

    def for_answering_by(self, user: Any) -> "TaskDifficultyQuerySet":
        """Waiting ones that ``user`` may answer: as a leader, and not the own."""
        if scope_of(user, "plan_difficulty_answer") is None:
            return self.none()
        reach = Q(unit__in=user.unit_ids) | Q(page__owner_unit__in=user.unit_ids)
        return self.waiting().filter(reach, _of_public_plans()).exclude(reported_by=user)
