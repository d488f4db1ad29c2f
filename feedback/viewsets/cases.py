"""The desk: one list with queues, one screen a case. Nothing is added, copied, edited by form or deleted here."""

from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.permissions import can
from cms.core.viewsets.paging import DeskListView
from feedback.models import Case
from feedback.querysets import CaseQuerySet
from feedback.services.deadlines import calendar_now, standing
from feedback.services.identity import cases_search
from feedback.viewsets.columns import CaseTitleColumn, DueColumn, StateColumn
from feedback.viewsets.filters import CaseFilterSet
from feedback.viewsets.onward import PART, part_of
from feedback.viewsets.screen import CaseFileView, CaseLetterView, CaseScreenView, CaseStepView
from feedback.viewsets.tabs import desk_tabs


class CaseIndexView(DeskListView):
    any_permission_required = ["view"]
    filterset_class = CaseFilterSet
    moment, usual_order = "received_at", "by_urgency"
    results_template_name = "feedback/admin/case_index_results.html"
    senders_looked_at = False

    def get_base_queryset(self) -> CaseQuerySet:
        """The rows of this officer, and nobody else's."""
        return Case.objects.visible_to(self.request.user).with_desk_data()

    def search_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        if not self.is_searching:
            return queryset
        found, self.senders_looked_at = cases_search(cases=queryset, typed=self.search_query, actor=self.request.user)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Known only once the list has been made.
        return {
            **context,
            "senders_looked_at": self.senders_looked_at,
            "piece": self.piece,
            "may_triage": self.may_triage,
            **desk_tabs(self.request, self.filters),
        }

    @cached_property
    def may_triage(self) -> bool:
        return can(self.request.user, "case_triage")

    @cached_property
    def columns(self) -> list[Column]:
        standing_of = partial(standing, today=timezone.localdate(), calendar=calendar_now())
        ticks = [BulkActionsCheckboxColumn("bulk_actions", obj_type="case")] if self.may_triage else []
        return [
            *ticks,
            CaseTitleColumn("title", label=_("Phản ánh"), get_url=self.get_edit_url, sort_key="reference", width="30%"),
            StateColumn("state", label=_("Tình trạng")),
            DueColumn(standing_of),
            Column("category", label=_("Lĩnh vực")),
            Column("unit", label=_("Đơn vị")),
            Column("officer", label=_("Người xử lý")),
            Column("received_at", label=_("Gửi đến"), sort_key="received_at", accessor=_received),
        ]

    def get_edit_url(self, instance: Case) -> str:
        return reverse(self.edit_url_name, args=[instance.pk]) + self._way

    @cached_property
    def _way(self) -> str:
        """The part of the list that is on the screen: the case opens with the next one of it at hand."""
        return f"?{urlencode({PART: part_of(self.filters)})}"


def _received(case: Case) -> str:
    return timezone.localtime(case.received_at).strftime("%d/%m/%Y")


class CaseViewSet(ModelViewSet):
    model = Case
    name = "case"
    url_prefix = "phan-anh"
    icon = "mail"
    menu_label = _("Bàn xử lý")
    menu_order = 10
    index_view_class = CaseIndexView
    index_template_name = "feedback/admin/case_index.html"
    index_results_template_name = "feedback/admin/case_index_results.html"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        # There is no form that edits a case; its screen stands where Wagtail expects one.
        return {**kwargs, "edit_url_name": self.get_url_name("open"), "step_url_name": self.get_url_name("step")}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("tep/<int:pk>/", self.construct_view(CaseFileView), name="file"),
            path("van-ban/<int:pk>/", self.construct_view(CaseLetterView), name="letter"),
            path("<int:pk>/", self.construct_view(CaseScreenView), name="open"),
            path("<int:pk>/<slug:verb>/", self.construct_view(CaseStepView), name="step"),
        ]
