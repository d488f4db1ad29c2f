"""Plans in the admin: a flat list."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from django_filters import ChoiceFilter

from cms.plans.enums import PlanKind
from cms.plans.models import PlanPage


class PlanFilterSet(PageFilterSet):
    document_type = ChoiceFilter(label=_("Loại"), choices=PlanKind)
    year = ChoiceFilter(label=_("Năm"), choices=PlanPage.objects.years, field_name="issued_on__year")

    class Meta:
        model = PlanPage
        fields = ["document_type", "year"]


class PlanIndexView(IndexView):
    default_ordering = "-issued_on"


class PlanListingViewSet(PageListingViewSet):
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
        DateColumn("issued_on", label=_("Ngày"), sort_key="issued_on"),
        Column("issuer_name", label=_("Cơ quan")),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]
