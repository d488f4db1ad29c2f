"""Public files whose words the search does not know, and why: scans, locked and damaged files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

import django_filters

from cms.core.enums import FileTextState
from cms.core.permissions import can
from cms.media.models import PortalDocument
from cms.media.querysets import documents_to_look_at


def state_of(document: Any) -> str:
    """Return what the search knows of the words of ``document``, as people read it."""
    state = FileTextState(document.text_state).label if document.text_state else _now("Loại tệp này không đọc được chữ")
    return f"{state}; {_now('chỉ đọc phần đầu')}" if document.text_partial else str(state)


class FileTextFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Đọc chữ"), field_name="text_state", choices=FileTextState.choices, empty_label=_("Mọi tình trạng")
    )

    class Meta:
        model = PortalDocument
        fields = ["state"]


class FileTextReport(ReportView):
    """One line a file that readers can open and the search cannot read whole."""

    page_title = _("Tệp không đọc được chữ")
    header_icon = "doc-full"
    index_url_name = "file_texts"
    index_results_url_name = "file_texts_results"
    filterset_class = FileTextFilterSet
    FORMATS = ("xlsx",)  # a CSV cell may be a formula for whoever opens it
    columns = [
        TitleColumn("title", label=_("Tệp"), get_url=lambda file: reverse("wagtaildocs:edit", args=[file.pk])),
        Column("filename", label=_("Tên tệp")),
        Column("text_state", label=_("Đọc chữ"), accessor=state_of),
    ]
    list_export = ["title", "filename", "text_state"]
    export_headings = {"title": _("Tệp"), "filename": _("Tên tệp"), "text_state": _("Đọc chữ")}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "file_text_view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return documents_to_look_at()

    def get_filename(self) -> str:
        return "tep-khong-doc-duoc-chu"

    @cached_property
    def no_results_message(self) -> str:
        return _now("Mọi tệp PDF và Word đang công khai đều đọc được chữ.")

    @property
    def header_more_buttons(self) -> list[Button]:
        return [button for button in super().header_more_buttons if button.url != self.csv_export_url]


class FileTextMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            _("Tệp không đọc được chữ"), reverse_lazy("file_texts"), icon_name="doc-full", name="file-texts", order=920
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "file_text_view")


def file_text_urls() -> list[URLPattern]:
    """Return the addresses of the report, for the admin."""
    return [
        path("reports/tep-khong-doc-duoc-chu/", FileTextReport.as_view(), name="file_texts"),
        path(
            "reports/tep-khong-doc-duoc-chu/results/",
            FileTextReport.as_view(results_only=True),
            name="file_texts_results",
        ),
    ]
