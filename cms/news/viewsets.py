"""News in the admin: a flat list, and the catalogue of categories."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import DateFromToRangeFilter, ModelChoiceFilter

from cms.core.text import format_vietnamese_date
from cms.core.viewsets import CatalogueViewSet, PageList
from cms.news.models import NewsCategory, NewsPage
from cms.news.services import category_delete, category_save


def day_of(page: NewsPage) -> str:
    """The day that readers see; when the page was last touched says little of news."""
    return format_vietnamese_date(page.published_on)


class NewsFilterSet(PageFilterSet):
    category = ModelChoiceFilter(label=_("Chuyên mục"), queryset=NewsCategory.objects.in_order())
    published_on = DateFromToRangeFilter(label=_("Ngày tin"))

    class Meta:
        model = NewsPage
        fields = ["category", "published_on"]


class NewsIndexView(IndexView):
    default_ordering = "-published_on"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("category").with_readings()

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "read", "-read"]


class NewsListingViewSet(PageList):
    model = NewsPage
    name = "news"
    url_prefix = "danh-sach-tin"
    icon = "doc-full-inverse"
    menu_label = _("Danh sách tin")
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = NewsIndexView
    filterset_class = NewsFilterSet
    columns = [
        PageTitleColumn("title", label=_("Tiêu đề"), sort_key="title", classname="title"),
        Column("category", label=_("Chuyên mục")),
        Column("published_on", label=_("Ngày tin"), accessor=day_of, sort_key="published_on"),
        NumberColumn("read", label=_("Lượt xem"), sort_key="read"),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]


class CategoryForm(forms.ModelForm):
    class Meta:
        model = NewsCategory
        fields = ["name", "intro", "order"]

    def clean_name(self) -> str:
        """Two names that differ in marks alone would want one address word."""
        name: str = self.cleaned_data["name"]
        word = NewsCategory.slug_of(name)
        if not self.instance.pk and NewsCategory.objects.called(word):
            raise forms.ValidationError(_("Đã có chuyên mục có tên này, hoặc chỉ khác dấu."))
        return name

    def store(self, *, actor: Any) -> Model:
        """Hand the clean values to the service."""
        return category_save(category=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class CategoryDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        category_delete(category=self.object, actor=self.request.user)


class CategoryViewSet(CatalogueViewSet):
    model = NewsCategory
    form = CategoryForm
    delete_view_class = CategoryDeleteView
    icon = "folder-open-inverse"
    menu_label = _("Chuyên mục tin")
    menu_order = 30
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name"]
