"""“Nhiệm vụ của đơn vị tôi”: the tasks that an officer's units carry out, what is late first."""

from functools import cached_property
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

import django_filters

from cms.core.models import Unit
from cms.plans.enums import DueStanding
from cms.plans.models import PlanPage, PlanTask, TaskDifficulty, TaskLine, task_lines
from cms.plans.querysets import PlanTaskQuerySet
from cms.plans.viewsets.columns import TaskDueColumn, TaskTitleColumn, state_of, units_of
from cms.plans.viewsets.screen import ProductFileView, TaskScreenView, TaskStepView

_REACHES = (("all", _("Mọi nhiệm vụ tôi xem được")), ("answer", _("Có khó khăn chờ tôi trả lời")))
_OPEN = ("open", _("Chưa kết thúc"))


class TaskFilterSet(WagtailFilterSet):
    reach = django_filters.ChoiceFilter(
        label=_("Phạm vi"), choices=_REACHES, empty_label=_("Của đơn vị tôi"), method="leave"
    )
    standing = django_filters.ChoiceFilter(
        label=_("Thời hạn"), choices=[_OPEN, *DueStanding.choices], empty_label=_("Tất cả"), method="leave"
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Đơn vị"), queryset=Unit.objects.active().in_order(), field_name="units", distinct=True
    )
    plan = django_filters.ModelChoiceFilter(label=_("Kế hoạch"), queryset=None, field_name="page")

    class Meta:
        model = PlanTask
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Titles of drafts are nobody's business but that of those who write them.
        mine = PlanTask.objects.visible_to(self.request.user).order_by().values("page")
        self.filters["plan"].queryset = PlanPage.objects.filter(pk__in=mine).for_choosing()

    def leave(self, rows: PlanTaskQuerySet, _name: str, _value: str) -> PlanTaskQuerySet:
        """The view itself looks at these two: one decides where to begin, the other is computed, never stored."""
        return rows


class TaskIndexView(generic.IndexView):
    any_permission_required = ["view"]
    is_searchable = True
    filterset_class = TaskFilterSet
    page_title = _("Nhiệm vụ của đơn vị tôi")
    results_template_name = "plans/admin/task_index_results.html"
    FORMATS = ()

    def get_base_queryset(self) -> PlanTaskQuerySet:
        rows, user = PlanTask.objects.visible_to(self.request.user), self.request.user
        reach = self.request.GET.get("reach")
        if reach == "answer":
            waiting = TaskDifficulty.objects.for_answering_by(user).values_list("page_id", "task_key")
            pairs = set(waiting)
            found = rows.filter(page_id__in={pk for pk, _key in pairs}, key__in={key for _pk, key in pairs})
        else:
            found = rows if reach == "all" else rows.of_units_of(user)
        return found.with_screen_data()

    def search_queryset(self, queryset: PlanTaskQuerySet) -> PlanTaskQuerySet:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def get_queryset(self) -> list[TaskLine]:
        """Return lines, not rows: whether a task is late is computed from its day and its progress."""
        rows = self.search_queryset(self.filter_queryset(self.get_base_queryset())).order_by("pk")
        tasks = list(rows)
        lines = task_lines(tasks, {task.page_id: task.page.issued_on for task in tasks})
        standing = self.request.GET.get("standing")
        if standing == _OPEN[0]:
            lines = [line for line in lines if line.standing != DueStanding.ENDED]
        elif standing in DueStanding.values:
            lines = [line for line in lines if line.standing == standing]
        return sorted(lines, key=lambda line: line.urgency)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TaskTitleColumn(
                "task", label=_("Nhiệm vụ"), accessor="task.content", get_url=self.get_edit_url, width="45%"
            ),
            Column("units", label=_("Đơn vị"), accessor=units_of),
            TaskDueColumn(),
            Column("state", label=_("Tiến độ"), accessor=state_of),
        ]

    def get_edit_url(self, instance: TaskLine) -> str:
        return reverse(self.edit_url_name, args=[instance.task.pk])

    def get_add_url(self) -> None:
        return None


class TaskViewSet(ModelViewSet):
    model = PlanTask
    name = "plan_task"
    url_prefix = "nhiem-vu"
    icon = "clipboard-list"
    menu_label = _("Nhiệm vụ của đơn vị tôi")
    menu_order = 5
    index_view_class = TaskIndexView
    index_results_template_name = "plans/admin/task_index_results.html"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        # There is no form that edits a task here; its screen stands where Wagtail expects one.
        names = {"step_url_name": "step", "file_url_name": "file"}
        return {
            **kwargs,
            "edit_url_name": self.get_url_name("open"),
            **{name: self.get_url_name(view) for name, view in names.items()},
        }

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("tep/<int:pk>/", self.construct_view(ProductFileView), name="file"),
            path("<int:pk>/", self.construct_view(TaskScreenView), name="open"),
            path("<int:pk>/<slug:verb>/", self.construct_view(TaskStepView), name="step"),
        ]
