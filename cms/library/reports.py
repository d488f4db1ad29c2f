"""How often the files of materials are taken: per material, per month, per unit."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

import django_filters

from cms.core.enums import Scope
from cms.core.models import PageReading, Unit
from cms.core.permissions import can, scope_of
from cms.core.text import cell_text
from cms.library.querysets.downloads import GROUPS, downloads_by

CAPABILITY = "download_report_view"


class DownloadFilterSet(WagtailFilterSet):
    theo = django_filters.ChoiceFilter(
        label=_("Gộp theo"),
        method="as_it_is",
        choices=[
            ("thang", _("Tháng")),
            ("don-vi", _("Đơn vị")),
            ("tai-lieu-thang", _("Học liệu và tháng")),
        ],
        empty_label=_("Học liệu"),
    )
    day = django_filters.DateFromToRangeFilter(label=_("Ngày tải"), widget=DateRangePickerWidget)
    unit = django_filters.ModelChoiceFilter(
        label=_("Đơn vị phụ trách"),
        field_name="page__materialpage__owner_unit",
        queryset=Unit.objects.in_order(),
    )

    class Meta:
        model = PageReading
        fields = ["theo", "day", "unit"]

    def as_it_is(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        """The rows are grouped before they are narrowed."""
        return queryset


def _page_of(row: dict[str, Any]) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row["page_id"]])


def _unit_of(row: dict[str, Any]) -> str:
    return row["unit"] or _now("Chưa ghi đơn vị")


def _month_of(row: dict[str, Any]) -> str:
    return f"{row['month']:%m/%Y}"


_HEADINGS: dict[str, Any] = {
    "title": _("Học liệu"),
    "unit": _("Đơn vị phụ trách"),
    "month": _("Tháng"),
    "taken": _("Lượt tải tệp"),
    "read": _("Lượt xem trang"),
}
_SHOWN: dict[str, Callable[[dict[str, Any]], str]] = {"unit": _unit_of, "month": _month_of}


class DownloadReport(ReportView):
    """One line a material, a month or a unit, what is taken most first."""

    page_title = _("Lượt tải học liệu")
    header_icon = "download"
    index_url_name = "download_report"
    index_results_url_name = "download_report_results"
    filterset_class = DownloadFilterSet
    export_headings = _HEADINGS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, CAPABILITY):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def group(self) -> str:
        asked = self.request.GET.get("theo", "")
        return asked if asked in GROUPS else GROUPS[0]

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        return downloads_by(self.group, units=None if scope_of(user, CAPABILITY) is Scope.ALL else user.unit_ids)

    @cached_property
    def list_export(self) -> list[str]:
        named = {
            "tai-lieu": ["title", "unit"],
            "thang": ["month"],
            "don-vi": ["unit"],
            "tai-lieu-thang": ["month", "title", "unit"],
        }
        return [*named[self.group], "taken", "read"]

    @cached_property
    def columns(self) -> list[Column]:
        may_edit = can(self.request.user, "page_edit")
        return [self._column(name, _page_of if name == "title" and may_edit else None) for name in self.list_export]

    @staticmethod
    def _column(name: str, get_url: Callable[[dict[str, Any]], str] | None) -> Column:
        label = _HEADINGS[name]
        if name in {"taken", "read"}:
            return NumberColumn(name, label=label)
        if get_url is not None:
            return TitleColumn(name, label=label, get_url=get_url)
        return Column(name, label=label, accessor=_SHOWN.get(name, name))

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        """Say in a file what the screen says."""
        return {name: _SHOWN[name](item) if name in _SHOWN else item[name] for name in self.list_export}

    def get_preprocess_function(self, field: str, value: Any, export_format: str) -> Any:
        """A cell that would begin a formula opens as text."""
        if export_format == self.FORMAT_CSV and isinstance(value, str):
            return cell_text
        return super().get_preprocess_function(field, value, export_format)

    def stream_csv(self, queryset: QuerySet) -> Iterator[str]:
        """Begin with the mark without which Excel takes Vietnamese for something else."""
        yield "\ufeff"
        yield from super().stream_csv(queryset)

    def get_filename(self) -> str:
        return "luot-tai-hoc-lieu"

    @cached_property
    def no_results_message(self) -> str:
        return _now("Chưa có lượt xem hay lượt tải nào trong thời gian này.")


class DownloadReportMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Lượt tải học liệu"), reverse_lazy("download_report"), icon_name="download", name="downloads", order=915
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, CAPABILITY)


def download_report_urls() -> list[URLPattern]:
    """Return the addresses of the report, for the admin."""
    return [
        path("reports/luot-tai-hoc-lieu/", DownloadReport.as_view(), name="download_report"),
        path(
            "reports/luot-tai-hoc-lieu/results/",
            DownloadReport.as_view(results_only=True),
            name="download_report_results",
        ),
    ]
