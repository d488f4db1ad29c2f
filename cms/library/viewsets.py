"""The library in the admin: a flat list, and the catalogue of topics."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import BooleanFilter, ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter

from cms.core.models import Unit
from cms.core.text import format_vietnamese_date
from cms.core.viewsets import CatalogueViewSet, PageList
from cms.library.enums import Audience, Level, MaterialKind
from cms.library.models import MaterialPage, MaterialTopic
from cms.library.services import topic_delete, topic_save


def day_of(page: MaterialPage) -> str:
    """The day that readers see."""
    return format_vietnamese_date(page.published_on)


class MaterialFilterSet(PageFilterSet):
    topics = ModelChoiceFilter(label=_("Chủ đề"), queryset=MaterialTopic.objects.in_order())
    level = ChoiceFilter(label=_("Cấp học"), choices=Level.choices, method="for_level")
    audience = ChoiceFilter(label=_("Dành cho"), choices=Audience.choices, method="for_audience")
    kind = ChoiceFilter(label=_("Loại tệp"), choices=MaterialKind.choices, method="of_kind")
    owner_unit = ModelChoiceFilter(label=_("Đơn vị phụ trách"), queryset=Unit.objects.in_order())
    published_on = DateFromToRangeFilter(label=_("Ngày đăng"))
    over = BooleanFilter(label=_("Đã hết hạn dùng"), method="only_over")

    class Meta:
        model = MaterialPage
        fields = ["topics", "level", "audience", "kind", "owner_unit", "published_on", "over"]

    def for_level(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep what is for pupils of one school, by name."""
        return queryset.filter(**{Level(value).column: True})

    def for_audience(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep what is for one audience, by name."""
        return queryset.filter(**{Audience(value).column: True})

    def of_kind(self, queryset: Any, _name: str, value: str) -> Any:
        """Keep what has a file of one kind."""
        return queryset.with_kind(value)

    def only_over(self, queryset: Any, _name: str, value: bool) -> Any:
        """Keep what is over, or what is not."""
        return queryset.over(value)


class MaterialIndexView(IndexView):
    default_ordering = "-published_on"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("owner_unit").with_taken()

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "taken", "-taken", "read", "-read"]


class MaterialListingViewSet(PageList):
    model = MaterialPage
    name = "materials"
    url_prefix = "danh-sach-hoc-lieu"
    icon = "download"
    menu_label = _("Danh sách học liệu")
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = MaterialIndexView
    filterset_class = MaterialFilterSet
    columns = [
        PageTitleColumn("title", label=_("Tên học liệu"), sort_key="title", classname="title"),
        Column("owner_unit", label=_("Đơn vị")),
        Column("published_on", label=_("Ngày đăng"), accessor=day_of, sort_key="published_on"),
        NumberColumn("taken", label=_("Lượt tải"), sort_key="taken"),
        NumberColumn("read", label=_("Lượt xem"), sort_key="read"),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]


class TopicForm(forms.ModelForm):
    class Meta:
        model = MaterialTopic
        fields = ["name", "order"]

    def clean_name(self) -> str:
        """Two names that differ in marks alone would want one address word."""
        name: str = self.cleaned_data["name"]
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(_("Tên phải có chữ hoặc số."))
        if MaterialTopic.objects.like(name, but=self.instance.pk):
            raise forms.ValidationError(_("Đã có chủ đề có tên này, hoặc chỉ khác dấu."))
        return name

    def store(self, *, actor: Any) -> Model:
        """Hand the clean values to the service."""
        return topic_save(topic=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class TopicDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        topic_delete(topic=self.object, actor=self.request.user)


class TopicViewSet(CatalogueViewSet):
    model = MaterialTopic
    form = TopicForm
    delete_view_class = TopicDeleteView
    icon = "folder-open-inverse"
    menu_label = _("Chủ đề học liệu")
    menu_order = 30
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
