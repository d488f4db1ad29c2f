"""Saved filters of the desk: kept from the list, renamed, shared, removed. They hold no case and open none."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.forms import CleanCharField
from cms.core.models import Unit
from cms.core.permissions import can
from feedback.models import SavedFilter
from feedback.services.saved_filters import saved_filter_problems, saved_filter_remove, saved_filter_save
from feedback.viewsets.filters import in_words, plain_query
from feedback.viewsets.tabs import bound_filters


def _plain(query: str, request: HttpRequest) -> str:
    filters = bound_filters(query, request)
    return plain_query(filters.form, filters.data)


class SavedFilterForm(forms.ModelForm):
    """Name and unit; what is filtered comes with the address and is read by the filter form of the list."""

    name = CleanCharField(label=_("Tên bộ lọc"), max_length=60)
    query = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5_000, strip=False)

    class Meta:
        model = SavedFilter
        fields = ["name", "unit"]

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request
        if self.instance.pk:
            self.initial["query"] = self.instance.query
        self.fields["name"].help_text = self._told(self["query"].value() or "")
        units = Unit.objects.filter(pk__in=request.user.unit_ids).in_order()
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Dùng chung với đơn vị"),
            queryset=units,
            required=False,
            empty_label=_("Không, chỉ mình tôi thấy"),
            help_text=_("Người cùng đơn vị thấy bộ lọc này ở bàn xử lý; mỗi người chỉ thấy phản ánh mình được xem."),
        )
        if not can(request.user, "case_filter_share"):
            del self.fields["unit"]

    def _told(self, query: str) -> str:
        query = _plain(query, self.request)
        told = in_words(bound_filters(query, self.request).form, query)
        return _now("Đang lọc: %(told)s.") % {"told": told} if told else _now("Không lọc gì: mọi phản ánh đang mở.")

    def clean_query(self) -> str:
        return _plain(self.cleaned_data["query"], self.request)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "name" in values and "query" in values:
            row = self.instance if self.instance.pk else None
            problems = saved_filter_problems(
                actor=self.request.user, name=values["name"], query=values["query"], unit=self._unit(values), row=row
            )
            self.say(problems)
        return values

    def say(self, problems: Mapping[str, Any]) -> None:
        """Put each sentence beside its field; the query has none that people see."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields and field != "query" else "name", sentence)

    def _unit(self, values: dict[str, Any]) -> Unit | None:
        return values.get("unit") if "unit" in self.fields else self.instance.unit

    def keep(self, actor: Any) -> SavedFilter:
        """Hand the clean values to the service."""
        values = self.cleaned_data
        row = SavedFilter.objects.get(pk=self.instance.pk) if self.instance.pk else None
        return saved_filter_save(
            actor=actor, name=values["name"], query=values["query"], unit=self._unit(values), row=row
        )


def desk_url(row: SavedFilter) -> str:
    """Return where the part of the list is."""
    index = reverse("case:index")
    return f"{index}?{row.query}" if row.query else index


class OwnFilterMixin:
    """A filter of somebody else does not exist, unless it is shared and this person keeps what is shared."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_object(self, queryset: Any = None) -> SavedFilter:
        return get_object_or_404(SavedFilter.objects.changeable_by(self.request.user), pk=self.kwargs["pk"])

    def get_usage_url(self) -> None:
        """Nothing refers to a filter."""

    def get_history_url(self) -> None:
        """What happened to it is told by the ledger."""


class FilterFormMixin:
    request: HttpRequest
    form: SavedFilterForm
    object: SavedFilter

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}  # type: ignore[misc]

    def form_valid(self, form: SavedFilterForm) -> HttpResponse:
        """What another window did since the form was checked is said beside the field as well."""
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except ValidationError as error:
            form.say(error.message_dict)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]

    def save_instance(self) -> SavedFilter:
        return self.form.keep(self.request.user)

    def get_success_url(self) -> str:
        return desk_url(self.object)


class SavedFilterIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[SavedFilter]:
        return SavedFilter.objects.changeable_by(self.request.user)

    def get_add_url(self) -> None:
        """Filters are saved from the list, where it is seen what they find."""


class SavedFilterCreateView(FilterFormMixin, generic.CreateView):
    page_title = _("Lưu bộ lọc")
    submit_button_label = _("Lưu bộ lọc")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "query": self.request.GET.urlencode()}

    def get_success_message(self, instance: SavedFilter) -> str:
        return _now("Đã lưu bộ lọc “%(name)s”. Bộ lọc đứng cạnh các hàng việc ở bàn xử lý.") % {"name": instance.name}


class SavedFilterEditView(OwnFilterMixin, FilterFormMixin, generic.EditView):
    def get_success_message(self) -> str:
        return _now("Đã ghi bộ lọc “%(name)s”.") % {"name": self.object.name}


class SavedFilterDeleteView(OwnFilterMixin, generic.DeleteView):
    page_title = _("Xóa bộ lọc")

    def get_success_url(self) -> str:
        """Stay at what was filtered: saving it again is the way back."""
        return desk_url(self.object)

    def delete_action(self) -> None:
        saved_filter_remove(row=self.object, actor=self.request.user)

    def get_success_message(self) -> str:
        return _now(
            "Đã xóa bộ lọc “%(name)s”. Danh sách vẫn đang lọc như cũ: muốn giữ lại thì bấm “Lưu bộ lọc này”."
        ) % {"name": self.object.name}

    @property
    def confirmation_message(self) -> str:
        return _now("Xóa bộ lọc này khỏi bàn xử lý? Không phản ánh nào bị đụng tới.")


class SavedFilterViewSet(ModelViewSet):
    model = SavedFilter
    icon = "list-ul"
    menu_label = _("Bộ lọc đã lưu")
    menu_order = 11
    index_view_class = SavedFilterIndexView
    add_view_class = SavedFilterCreateView
    edit_view_class = SavedFilterEditView
    delete_view_class = SavedFilterDeleteView
    index_results_template_name = "feedback/admin/saved_filter_results.html"
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    add_to_reference_index = False
    ordering = ["name", "pk"]
    list_display = ["name", Column("unit", label=_("Dùng chung với")), Column("owner", label=_("Người lưu"))]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return SavedFilterForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("luu/", self.add_view, name="add"),
            path("<int:pk>/", self.edit_view, name="edit"),
            path("<int:pk>/xoa/", self.delete_view, name="delete"),
        ]
