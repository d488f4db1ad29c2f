"""The one-stop desk: one list with queues, one screen a dossier. Nothing is copied, edited by form or deleted here."""

from datetime import date
from functools import cached_property, partial
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

import django_filters

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.viewsets.paging import DeskListView
from procedures.enums import DossierChannel, DossierOrigin, DossierState
from procedures.models import Dossier, ProcedureField
from procedures.querysets import DossierQuerySet
from procedures.services.deadlines import clock_now, last_day_soon, standing
from procedures.services.people import dossiers_search
from procedures.viewsets.dossier_columns import (
    DossierDueColumn,
    DossierFiledColumn,
    DossierStateColumn,
    DossierTitleColumn,
)
from procedures.viewsets.dossier_entry import EntryView, PickView, ReceiptFileView, ReceiptView
from procedures.viewsets.dossier_screen import DossierScreenView, DossierStepView
from procedures.viewsets.dossier_sheets import SheetFileView

OPEN = _("Đang giải quyết")
QUEUES = (
    ("today", _("Hẹn trả hôm nay")),
    ("soon", _("Sắp đến hạn")),
    ("late", _("Quá hạn")),
    ("registered", _("Mới gửi tới, chờ tiếp nhận")),
    ("waiting", _("Chờ bổ sung, nộp phí")),
    ("result", _("Có kết quả, chờ trả")),
    ("all", _("Tất cả, kể cả đã trả")),
)


def queue(rows: DossierQuerySet, name: str, today: date) -> DossierQuerySet:
    """Return the rows of one queue; an unknown or empty name gives what is open."""
    verbs = {
        "today": lambda: rows.due_between(today, today),
        "soon": lambda: rows.due_between(today, last_day_soon(today, clock_now())),
        "late": lambda: rows.late(today),
        "registered": rows.registered,
        "waiting": rows.paused,
        "result": rows.result_waits,
        "all": rows.all,
    }
    return verbs.get(name, rows.open)()


class DossierFilterSet(WagtailFilterSet):
    queue = django_filters.ChoiceFilter(label=_("Hàng việc"), choices=QUEUES, empty_label=OPEN, method="in_queue")
    unit = django_filters.ModelChoiceFilter(label=_("Đơn vị"), queryset=Unit.objects.in_order())
    field = django_filters.ModelChoiceFilter(label=_("Lĩnh vực"), queryset=ProcedureField.objects.in_order())
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=DossierState)
    channel = django_filters.ChoiceFilter(label=_("Kênh nộp"), choices=DossierChannel)
    origin = django_filters.ChoiceFilter(label=_("Nguồn"), choices=DossierOrigin)

    class Meta:
        model = Dossier
        fields: list[str] = []

    def in_queue(self, rows: DossierQuerySet, _name: str, value: str) -> DossierQuerySet:
        return queue(rows, value, timezone.localdate())


class DossierIndexView(DeskListView):
    any_permission_required = ["view"]
    filterset_class = DossierFilterSet
    moment, usual_order = "filed_at", "by_date"
    results_template_name = "procedures/admin/dossier_index_results.html"
    people_looked_at = False

    def get_base_queryset(self) -> DossierQuerySet:
        """The rows of this officer's units, and nobody else's."""
        return Dossier.objects.visible_to(self.request.user).with_desk_data()

    def search_queryset(self, queryset: DossierQuerySet) -> DossierQuerySet:
        if not self.is_searching:
            return queryset
        found, self.people_looked_at = dossiers_search(
            dossiers=queryset, typed=self.search_query, actor=self.request.user
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked, index = self.request.GET.get("queue", ""), reverse("dossier:index")
        tabs = [(OPEN, index, not asked)]
        tabs += [(label, f"{index}?queue={name}", asked == name) for name, label in QUEUES]
        visible = Dossier.objects.visible_to(self.request.user)
        return {
            **context,
            "people_looked_at": self.people_looked_at,
            "piece": self.piece,
            "queue_tabs": tabs,
            "last_synced_at": visible.last_synced_at(),
            "entry_url": reverse("dossier:entry") if can(self.request.user, "dossier_enter") else "",
        }

    @cached_property
    def columns(self) -> list[Column]:
        standing_of = partial(standing, today=timezone.localdate(), clock=clock_now())
        shows_people = can(self.request.user, "dossier_identity")
        people = [Column("applicant", label=_("Người nộp"), accessor=_applicant)] if shows_people else []
        return [
            DossierTitleColumn("code", label=_("Hồ sơ"), get_url=self.get_edit_url, sort_key="code", width="30%"),
            *people,
            DossierStateColumn("state", label=_("Tình trạng")),
            DossierDueColumn(standing_of),
            Column("unit", label=_("Đơn vị")),
            DossierFiledColumn("filed_at", label=_("Nộp ngày, kênh"), sort_key="filed_at"),
        ]

    def get_edit_url(self, instance: Dossier) -> str:
        return reverse(self.edit_url_name, args=[instance.pk])


def _applicant(dossier: Dossier) -> str:
    applicant = getattr(dossier, "applicant", None)
    return applicant.name if applicant else ""


class DossierViewSet(ModelViewSet):
    model = Dossier
    name = "dossier"
    url_prefix = "ho-so-mot-cua"
    icon = "folder-open-inverse"
    menu_label = _("Hồ sơ")
    menu_order = 5
    index_view_class = DossierIndexView
    index_template_name = "procedures/admin/dossier_index.html"
    index_results_template_name = "procedures/admin/dossier_index_results.html"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        # There is no form that edits a dossier; its screen stands where Wagtail expects one.
        return {**kwargs, "edit_url_name": self.get_url_name("open"), "step_url_name": self.get_url_name("step")}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("nhan/", EntryView.as_view(), name="entry"),
            path("tim-thu-tuc/", PickView.as_view(), name="pick"),
            path("<int:pk>/", self.construct_view(DossierScreenView), name="open"),
            path("<int:pk>/giay-tiep-nhan/", ReceiptView.as_view(), name="receipt"),
            path("<int:pk>/giay-tiep-nhan.pdf", ReceiptFileView.as_view(), name="receipt_file"),
            path("<int:pk>/phieu-<slug:sheet>.<slug:kind>", SheetFileView.as_view(), name="sheet"),
            path("<int:pk>/<slug:verb>/", self.construct_view(DossierStepView), name="step"),
        ]
