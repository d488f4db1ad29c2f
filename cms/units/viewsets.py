"""Pages of units in the admin: a flat list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import ChoiceFilter

from cms.core.enums import UnitKind
from cms.core.viewsets import PageList
from cms.units.models import UnitPage


class UnitPageFilterSet(PageFilterSet):
    kind = ChoiceFilter(label=_("Loại đơn vị"), choices=UnitKind, field_name="unit__kind")

    class Meta:
        model = UnitPage
        fields = ["kind"]


class UnitPageIndexView(IndexView):
    default_ordering = "title"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("unit")

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset


class UnitPageListingViewSet(PageList):
    model = UnitPage
    name = "unit_pages"
    url_prefix = "danh-sach-trang-don-vi"
    icon = "group"
    menu_label = _("Danh sách trang đơn vị")
    menu_order = 10
    index_view_class = UnitPageIndexView
    filterset_class = UnitPageFilterSet
    columns = [
        PageTitleColumn("title", label=_("Đơn vị"), sort_key="title", classname="title"),
        Column("code", label=_("Mã"), accessor="unit.code"),
        Column("kind", label=_("Loại"), accessor="unit.get_kind_display"),
        DateColumn("latest_revision_created_at", label=_("Sửa lần cuối"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]
