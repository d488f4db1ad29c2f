"""What people look for on the portal, and what they do not find."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

import django_filters

from cms.core.models import SearchDemand
from cms.core.permissions import can
from cms.home.models import SearchPromotion


class SearchDemandFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("Ngày tìm"), widget=DateRangePickerWidget)
    missed = django_filters.ChoiceFilter(
        label=_("Kết quả"),
        method="only",
        choices=[("khong", _("Có lượt không tìm thấy gì"))],
        empty_label=_("Mọi câu tìm"),
    )

    class Meta:
        model = SearchDemand
        fields = ["day", "missed"]

    def only(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        """Keep the queries that found nothing at least once."""
        return queryset.filter(misses__gt=0)


def _again(row: dict[str, Any]) -> str:
    return f"{reverse('site_search')}?{urlencode({'q': row['query']})}"


def _promote(row: dict[str, Any]) -> str:
    add = reverse(SearchPromotion.snippet_viewset.get_url_name("add"))
    return f"{add}?{urlencode({'cau-tim': row['query']})}"


class ButtonColumn(Column):
    """A link that begins something with the row."""

    cell_template_name = "home/admin/button_cell.html"

    def __init__(self, name: str, *, text: Any, get_url: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.text, self.get_url = text, get_url

    def get_value(self, instance: Any) -> str:
        return self.get_url(instance)

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return super().get_cell_context_data(instance, parent_context) | {"text": self.text, "row": instance}


COLUMNS = [
    TitleColumn("query", label=_("Câu tìm, viết không dấu"), get_url=_again),
    NumberColumn("times", label=_("Lượt tìm")),
    NumberColumn("misses", label=_("Lượt không có kết quả")),
    DateColumn("last", label=_("Lần cuối")),
]
PROMOTE = ButtonColumn("promote", label=_("Gợi ý"), text=_("Chuyển thành gợi ý"), get_url=_promote)


class SearchReport(ReportView):
    """One line a query, what is missed most first."""

    page_title = _("Bạn đọc tìm gì")
    header_icon = "search"
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    filterset_class = SearchDemandFilterSet
    # CSV too: a cell that begins a formula cannot be, every query is folded words of letters and figures.
    list_export = ["query", "times", "misses", "last"]
    export_headings = {
        "query": _("Câu tìm, viết không dấu"),
        "times": _("Lượt tìm"),
        "misses": _("Lượt không có kết quả"),
        "last": _("Lần cuối"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "search_report_view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Any]:
        """With the way to a promoted result for those who may make one."""
        return [*COLUMNS, *([PROMOTE] if can(self.request.user, "search_promote") else [])]

    def get_queryset(self) -> QuerySet:
        return SearchDemand.objects.shown()

    def get_filename(self) -> str:
        return "ban-doc-tim-gi"

    @cached_property
    def no_results_message(self) -> str:
        return _now("Chưa có câu tìm nào được hỏi từ ba lượt trở lên trong thời gian này.")


class SearchReportMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Bạn đọc tìm gì"), reverse_lazy("search_report"), icon_name="search", name="search-report", order=910
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "search_report_view")


def search_report_urls() -> list[URLPattern]:
    """Return the addresses of the report, for the admin."""
    return [
        path("reports/ban-doc-tim-gi/", SearchReport.as_view(), name="search_report"),
        path("reports/ban-doc-tim-gi/results/", SearchReport.as_view(results_only=True), name="search_report_results"),
    ]
