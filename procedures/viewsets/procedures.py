"""The procedures in the admin: a flat list, and the two short lists beside it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter

from cms.core.viewsets import CatalogueViewSet, PageList
from procedures.enums import Grade, Level, Standing
from procedures.models import ProcedureField, ProcedurePage, ReceivingPlace
from procedures.services import field_save, place_save


def work_left(page: ProcedurePage) -> str:
    """What an editor still has to do on the newest draft of the procedure."""
    draft = page.latest_revision.content if page.latest_revision else {}
    return _("Cần xác nhận") if draft.get("needs_confirmation", page.needs_confirmation) else ""


class ProcedureFilterSet(PageFilterSet):
    field = ModelChoiceFilter(label=_("Lĩnh vực"), queryset=ProcedureField.objects.in_order())
    level = ChoiceFilter(label=_("Cấp thực hiện"), choices=Level.choices, method="at_level")
    state = ChoiceFilter(label=_("Tình trạng"), choices=Standing.choices, method="standing")
    grade = ChoiceFilter(label=_("Độ tin cậy"), choices=Grade.choices)
    needs_confirmation = BooleanFilter(label=_("Cần xác nhận"))
    has_sample = BooleanFilter(label=_("Có hồ sơ mẫu"), method="having_sample")

    class Meta:
        model = ProcedurePage
        fields = ["field", "level", "state", "grade", "needs_confirmation", "has_sample"]

    def at_level(self, queryset: Any, _name: str, value: str) -> Any:
        """Those carried out at this level, among others."""
        return queryset.at_level(value)

    def standing(self, queryset: Any, _name: str, value: str) -> Any:
        """Those that stand so today."""
        return queryset.stands(value, timezone.localdate())

    def having_sample(self, queryset: Any, _name: str, value: bool) -> Any:
        """Those with a filled example, or those without."""
        return queryset.with_sample() if value else queryset.without_sample()


class ProcedureIndexView(IndexView):
    default_ordering = "sort_name"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().for_admin()

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "sort_name", "-sort_name"]


class ProcedureListingViewSet(PageList):
    model = ProcedurePage
    name = "procedures_list"
    url_prefix = "danh-sach-thu-tuc"
    icon = "list-ul"
    menu_label = _("Danh sách thủ tục")
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = ProcedureIndexView
    filterset_class = ProcedureFilterSet
    columns = [
        PageTitleColumn("title", label=_("Tên thủ tục"), sort_key="sort_name", classname="title"),
        Column("code", label=_("Mã"), sort_key="code"),
        Column("field", label=_("Lĩnh vực")),
        Column("state", label=_("Tình trạng"), accessor="state_now.text"),
        Column("needs_confirmation", label=_("Cần làm"), accessor=work_left),
        PageStatusColumn("status", label=_("Đăng"), sort_key="live"),
    ]


class FieldForm(forms.ModelForm):
    class Meta:
        model = ProcedureField
        fields = ["name", "order"]

    def clean_name(self) -> str:
        """One row a name, however it is written."""
        name: str = self.cleaned_data["name"]
        if ProcedureField.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Đã có lĩnh vực này."))
        return name

    def store(self, *, actor: Any) -> ProcedureField:
        """Hand the clean values to the service."""
        return field_save(field=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class PlaceForm(forms.ModelForm):
    class Meta:
        model = ReceivingPlace
        fields = ["name", "address", "map_url", "hours", "phone", "order"]

    def store(self, *, actor: Any) -> ReceivingPlace:
        """Hand the clean values to the service."""
        return place_save(place=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class FieldViewSet(CatalogueViewSet):
    model = ProcedureField
    form = FieldForm
    icon = "folder-open-inverse"
    menu_label = _("Lĩnh vực thủ tục")
    menu_order = 30
    list_display = ["name", "order"]
    ordering = ["order", "name"]


class PlaceViewSet(CatalogueViewSet):
    model = ReceivingPlace
    form = PlaceForm
    icon = "home"
    menu_label = _("Nơi tiếp nhận hồ sơ")
    menu_order = 40
    list_display = ["name", "address", "phone"]
    ordering = ["order", "name"]
