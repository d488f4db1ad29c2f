"""The register in the admin: a flat list of documents, and its two catalogues."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet

from django_filters import BooleanFilter, ChoiceFilter, ModelChoiceFilter

from cms.core.text import format_vietnamese_date
from cms.core.viewsets import CatalogueViewSet, PageList
from cms.official_documents.models import DocumentField, Issuer, OfficialDocumentPage
from cms.official_documents.services import area_save, issuer_save


def day_of(page: OfficialDocumentPage) -> str:
    """The day as it is printed; how long ago it was says little of a document."""
    return format_vietnamese_date(page.issued_on) if page.issued_on else str(page.issued_year or "")


def work_left(page: OfficialDocumentPage) -> str:
    """What an editor still has to do on the document."""
    return _("Điền đủ trích yếu") if page.abstract_cut else ""


class DocumentFilterSet(PageFilterSet):
    document_type = ChoiceFilter(
        label=_("Loại văn bản"), choices=OfficialDocumentPage._meta.get_field("document_type").choices
    )
    issued_year = ChoiceFilter(label=_("Năm"), choices=OfficialDocumentPage.objects.years)
    issuer = ModelChoiceFilter(label=_("Cơ quan ban hành"), queryset=Issuer.objects.in_order())
    abstract_cut = BooleanFilter(label=_("Trích yếu bị cắt, cần điền đủ"))

    class Meta:
        model = OfficialDocumentPage
        fields = ["document_type", "issued_year", "issuer", "abstract_cut"]


class DocumentIndexView(IndexView):
    default_ordering = "-sort_on"

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_valid_orderings(self) -> list[str]:
        return [*super().get_valid_orderings(), "sort_on", "-sort_on"]


class DocumentListingViewSet(PageList):
    model = OfficialDocumentPage
    name = "documents"
    url_prefix = "danh-sach-van-ban"
    icon = "doc-full"
    menu_label = _("Danh sách văn bản")
    menu_order = 10
    add_to_admin_menu = False
    index_view_class = DocumentIndexView
    filterset_class = DocumentFilterSet
    columns = [
        PageTitleColumn("title", label=_("Trích yếu"), sort_key="title", classname="title"),
        Column("number", label=_("Số ký hiệu"), sort_key="number_key"),
        Column("issued_on", label=_("Ngày"), accessor=day_of, sort_key="sort_on"),
        Column("issuer", label=_("Cơ quan")),
        Column("abstract_cut", label=_("Cần làm"), accessor=work_left),
        PageStatusColumn("status", label=_("Tình trạng"), sort_key="live"),
    ]


class IssuerForm(forms.ModelForm):
    class Meta:
        model = Issuer
        fields = ["name", "abbreviation", "order"]

    def clean_name(self) -> str:
        """One row a name, however it is written."""
        name: str = self.cleaned_data["name"]
        if Issuer.objects.named(name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Đã có cơ quan này."))
        return name

    def store(self, *, actor: Any) -> Issuer:
        """Hand the clean values to the service."""
        return issuer_save(issuer=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class AreaForm(forms.ModelForm):
    class Meta:
        model = DocumentField
        fields = ["name", "order"]

    def store(self, *, actor: Any) -> DocumentField:
        """Hand the clean values to the service."""
        return area_save(area=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class IssuerViewSet(CatalogueViewSet):
    model = Issuer
    form = IssuerForm
    icon = "group"
    menu_label = _("Cơ quan ban hành")
    menu_order = 30
    list_display = ["name", "abbreviation", "order"]
    ordering = ["order", "name"]


class AreaViewSet(CatalogueViewSet):
    model = DocumentField
    form = AreaForm
    icon = "folder-open-inverse"
    menu_label = _("Lĩnh vực văn bản")
    menu_order = 40
    list_display = ["name", "order"]
    ordering = ["order", "name"]
