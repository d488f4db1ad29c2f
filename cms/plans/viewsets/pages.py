"""Plans in the admin: a flat list, with the table of each plan's tasks out and in."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.widgets.button import Button

from django_filters import ChoiceFilter

from cms.core.text import format_vietnamese_date
from cms.core.viewsets import PageList
from cms.plans.enums import PlanKind
from cms.plans.models import PlanPage
from cms.plans.viewsets.exports import TaskTableView


def day_of(page: PlanPage) -> str:
    """The day as it is printed."""
    return format_vietnamese_date(page.issued_on) if page.issued_on else ""


class PlanFilterSet(PageFilterSet):
    document_type = ChoiceFilter(label=_("Loại"), choices=PlanKind)
    year = ChoiceFilter(label=_("Năm"), choices=PlanPage.objects.years, field_name="issued_on__year")

    class Meta:
        model = PlanPage
        fields = ["document_type", "year"]


class PlanIndexView(IndexView):
    default_ordering = "-issued_on"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset


class PlanListingViewSet(PageList):
    model = PlanPage
    name = "plans"
    url_prefix = "danh-sach-ke-hoach"
    icon = "tasks"
    menu_label = _("Danh sách kế hoạch")
    menu_order = 10
    index_view_class = PlanIndexView
    filterset_class = PlanFilterSet
    columns = [
        PageTitleColumn("title", label=_("Trích yếu"), sort_key="title", classname="title"),
        Column("number", label=_("Số ký hiệu"), sort_key="number_key"),
        Column("issued_on", label=_("Ngày"), accessor=day_of, sort_key="issued_on"),
        Column("issuer_name", label=_("Cơ quan")),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        table = self.construct_view(TaskTableView)
        return [*super().get_urlpatterns(), path("<int:pk>/nhiem-vu.<slug:extension>", table, name="task_table")]


def task_table_buttons(page: Any) -> list[Button]:
    """Return what may be done with the tasks of ``page`` as a table: out as XLSX or CSV, and back in."""
    table = {
        extension: reverse("plans:task_table", kwargs={"pk": page.pk, "extension": extension})
        for extension in ("xlsx", "csv")
    }
    return [
        Button(_("Tải bảng nhiệm vụ (Excel)"), url=table["xlsx"], icon_name="download", priority=91),
        Button(_("Tải bảng nhiệm vụ (CSV)"), url=table["csv"], icon_name="download", priority=92),
        Button(
            _("Nhập bảng nhiệm vụ"),
            url=f"{reverse('plan_tasks_import')}?target={page.pk}",
            icon_name="upload",
            priority=93,
        ),
    ]
