"""The calendar in the admin: flat lists of events and of weeks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter

from cms.core.models import Unit
from cms.core.text import format_vietnamese_date
from cms.core.viewsets import PageList
from cms.events.enums import EventKind, EventStanding
from cms.events.models import EventPage, WorkSchedulePage


def day_of(page: EventPage) -> str:
    """The day that readers see; when the page was last touched says little of an event."""
    return format_vietnamese_date(page.starts_on)


class EventFilterSet(PageFilterSet):
    kind = ChoiceFilter(label=_("Loại"), choices=EventKind)
    standing = ChoiceFilter(label=_("Còn diễn ra không"), choices=EventStanding)
    starts_on = DateFromToRangeFilter(label=_("Ngày bắt đầu"))
    owner_unit = ModelChoiceFilter(label=_("Đơn vị"), queryset=Unit.objects.active().in_order())

    class Meta:
        model = EventPage
        fields = ["kind", "standing", "starts_on", "owner_unit"]


class EventIndexView(IndexView):
    default_ordering = "-starts_on"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("owner_unit")


class EventListingViewSet(PageList):
    model = EventPage
    name = "event_pages"
    url_prefix = "danh-sach-su-kien"
    icon = "calendar-alt"
    menu_label = _("Sự kiện")
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    columns = [
        PageTitleColumn("title", label=_("Tên"), sort_key="title", classname="title"),
        Column("kind", label=_("Loại"), accessor="get_kind_display"),
        Column("starts_on", label=_("Ngày bắt đầu"), accessor=day_of, sort_key="starts_on"),
        Column("standing", label=_("Còn diễn ra không"), accessor="get_standing_display"),
        Column("owner_unit", label=_("Đơn vị"), accessor="owner_unit"),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]


class WeekFilterSet(PageFilterSet):
    week_start = DateFromToRangeFilter(label=_("Tuần bắt đầu từ"))

    class Meta:
        model = WorkSchedulePage
        fields = ["week_start", "unit"]


class WeekIndexView(IndexView):
    default_ordering = "-week_start"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().with_counts()


class WeekListingViewSet(PageList):
    model = WorkSchedulePage
    name = "week_pages"
    url_prefix = "danh-sach-lich-cong-tac"
    icon = "calendar-alt"
    menu_label = _("Lịch công tác tuần")
    menu_order = 20
    add_to_admin_menu = False
    index_view_class = WeekIndexView
    filterset_class = WeekFilterSet
    columns = [
        PageTitleColumn("title", label=_("Tuần"), sort_key="week_start", classname="title"),
        NumberColumn("entry_count", label=_("Số việc")),
        DateColumn("latest_revision_created_at", label=_("Sửa lần cuối"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]
