"""Reviewing procedures in the admin: the records, what each year plans, the report of a year."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from django_filters import BooleanFilter, ChoiceFilter, NumberFilter

from cms.core.forms import name_empty_choices
from cms.core.permissions import can
from cms.core.text import cell_text
from cms.core.viewsets.columns import MomentColumn
from cms.core.viewsets.storing import StoringCreateView, StoringEditView
from procedures.enums import ReviewProposal, ReviewState
from procedures.models import ProcedurePage, ProcedureReview, ReviewYear, review_paper, year_facts
from procedures.services import review_remove, review_restore, review_save, review_year_save

EDIT, READ = "procedure_review", "procedure_review_view"
_FACTS = ("year", "problem", "proposal", "target", "amount_now", "amount_proposed", "reason", "state")


class ProcedureChoice(forms.ModelChoiceField):
    """Procedures by code and name; drafts too, since a review is the office's own work."""

    def label_from_instance(self, page: Any) -> str:
        return f"{page.code} – {page.name}"


class ReviewForm(forms.ModelForm):
    procedure = ProcedureChoice(label=_("Thủ tục"), queryset=None)

    class Meta:
        model = ProcedureReview
        fields = ["procedure", *_FACTS, "sent_with", "result"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = ProcedurePage.objects.for_choosing()
        self.fields["procedure"].required = not self.instance.code
        name_empty_choices(self.fields.values())

    def store(self, *, actor: Any) -> ProcedureReview:
        """Hand the clean values to the service."""
        review = self.instance if self.instance.pk else None
        return review_save(review=review, actor=actor, **self.cleaned_data)


class ReviewFilterSet(WagtailFilterSet):
    year = NumberFilter(label=_("Năm"), min_value=2000, max_value=2100)
    proposal = ChoiceFilter(label=_("Kiến nghị"), choices=ReviewProposal.choices)
    state = ChoiceFilter(label=_("Tình trạng"), choices=ReviewState.choices)
    removed = BooleanFilter(label=_("Đã bỏ"), method="leave")

    class Meta:
        model = ProcedureReview
        fields = ["year", "proposal", "state", "removed"]

    def leave(self, rows: Any, _name: str, _value: bool) -> Any:
        """The view itself looks at this one: it decides where to begin."""
        return rows


class ReviewIndexView(generic.IndexView):
    filterset_class = ReviewFilterSet
    is_searchable = True
    restore_url_name = ""
    list_export = [
        *("year", "code", "name", "problem", "words", "reason"),
        *("get_state_display", "sent_with", "result", "created_at"),
    ]
    export_headings = {
        **{"year": _("Năm"), "code": _("Mã"), "name": _("Thủ tục"), "problem": _("Vướng mắc"), "words": _("Kiến nghị")},
        **{"reason": _("Lý do"), "get_state_display": _("Tình trạng"), "sent_with": _("Văn bản gửi")},
        **{"result": _("Kết quả"), "created_at": _("Ghi lúc")},
    }

    @property
    def shows_removed(self) -> bool:
        return self.request.GET.get("removed") == "true"

    def get_base_queryset(self) -> Any:
        rows = ProcedureReview.objects
        return rows.removed() if self.shows_removed else rows.current()

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.sought(self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance: Model) -> str | None:
        if not can(self.request.user, EDIT):
            return None
        name = self.restore_url_name if self.shows_removed else self.edit_url_name
        return reverse(name, args=[instance.pk])

    def get_list_buttons(self, instance: Model) -> list[Any]:
        return [] if self.shows_removed else super().get_list_buttons(instance)

    def get_preprocess_function(self, field: str, value: Any, export_format: str) -> Any:
        """A cell that would begin a formula opens as text."""
        if export_format == self.FORMAT_CSV and isinstance(value, str):
            return cell_text
        return super().get_preprocess_function(field, value, export_format)


class ReviewCreateView(StoringCreateView):
    def get_initial(self) -> dict[str, Any]:
        """Another screen may lead here with the procedure already chosen."""
        return {**super().get_initial(), "procedure": self.request.GET.get("thu-tuc", "")[:10]}


class ReviewEditView(StoringEditView):
    def get_queryset(self) -> Any:
        return ProcedureReview.objects.current()


class ReviewDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        review_remove(review=self.object, actor=self.request.user)


class RestoreView(WagtailAdminTemplateMixin, TemplateView):
    """Ask once, then put a record back that was taken away."""

    template_name = "procedures/admin/restore_review.html"
    page_title = _("Lấy lại kết quả rà soát")
    header_icon = "undo"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, EDIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = get_object_or_404(ProcedureReview, pk=self.kwargs["pk"])
        return super().get_context_data(review=review, index_url=reverse(self.index_url_name), **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        review_restore(review=get_object_or_404(ProcedureReview, pk=pk), actor=request.user)
        messages.success(request, _now("Đã lấy lại."))
        return redirect(self.index_url_name)


class ReviewViewSet(ModelViewSet):
    model = ProcedureReview
    icon = "clipboard-list"
    menu_label = _("Rà soát thủ tục")
    menu_order = 50
    index_view_class = ReviewIndexView
    add_view_class = ReviewCreateView
    edit_view_class = ReviewEditView
    delete_view_class = ReviewDeleteView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "code",
        Column("name", label=_("Thủ tục"), accessor=lambda review: review.name[:120]),
        Column("year", label=_("Năm"), sort_key="year"),
        Column("words", label=_("Kiến nghị")),
        Column("state", label=_("Tình trạng"), accessor="get_state_display", sort_key="state"),
        MomentColumn("created_at", label=_("Ghi lúc")),
    ]
    export_filename = "ra-soat-thu-tuc"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return ReviewForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(restore_url_name=self.get_url_name("restore"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        restore = self.construct_view(RestoreView, index_url_name=self.get_url_name("index"))
        return [*super().get_urlpatterns(), path("lay-lai/<int:pk>/", restore, name="restore")]


class YearForm(forms.ModelForm):
    class Meta:
        model = ReviewYear
        fields = ["year", "reviews_planned", "samples_planned", "basis", "note"]

    def store(self, *, actor: Any) -> ReviewYear:
        """Hand the clean values to the service."""
        return review_year_save(plan=self.instance if self.instance.pk else None, actor=actor, **self.cleaned_data)


class YearIndexView(generic.IndexView):
    report_url_name = ""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add to each year what came of it: three queries, however many years."""
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        counts = ProcedureReview.objects.current().counts()
        samples = ProcedurePage.objects.readable().sampled_by_year([row.year for row in rows])
        for row in rows:
            row.found, row.samples = counts.get(row.year, {}), samples[row.year]
        return context

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        report = Button(_("Báo cáo (PDF)"), url=reverse(self.report_url_name, args=[instance.year]), icon_name="print")
        return [*super().get_list_more_buttons(instance), report]

    def get_edit_url(self, instance: Model) -> str | None:
        return super().get_edit_url(instance) if can(self.request.user, EDIT) else None


class ReportView(View):
    """The reviews of one year on paper."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        if not can(request.user, READ):
            raise PermissionDenied
        if not 2000 <= year <= 2100:
            raise Http404
        rows = ProcedureReview.objects.current().of_year(year)
        samples = ProcedurePage.objects.readable().sampled_by_year([year])[year]
        plan = ReviewYear.objects.of_year(year)
        facts = year_facts(plan, rows.counts().get(year, {}), samples, rows.days_saved())
        content = review_paper(year, facts, rows.in_order())
        headers = {
            "Content-Disposition": f'inline; filename="ra-soat-thu-tuc-{year}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type="application/pdf", headers=headers)


def _of(name: str, wanted: str) -> Any:
    return lambda row: f"{row.found.get(name, 0)} / {getattr(row, wanted)}"


class YearViewSet(ModelViewSet):
    model = ReviewYear
    icon = "calendar-check"
    menu_label = _("Chỉ tiêu rà soát, hồ sơ mẫu")
    menu_order = 60
    index_view_class = YearIndexView
    add_view_class = StoringCreateView
    edit_view_class = StoringEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "year",
        Column("reviewed", label=_("Thủ tục đã rà soát / chỉ tiêu"), accessor=_of("reviewed", "reviews_planned")),
        Column("sent", label=_("Kiến nghị đã gửi"), accessor=lambda row: row.found.get("sent", 0)),
        Column("accepted", label=_("Được chấp thuận"), accessor=lambda row: row.found.get("accepted", 0)),
        Column(
            "samples", label=_("Có hồ sơ mẫu / chỉ tiêu"), accessor=lambda row: f"{row.samples} / {row.samples_planned}"
        ),
        Column("basis", label=_("Theo văn bản")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return YearForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(report_url_name=self.get_url_name("report"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        report = self.construct_view(ReportView)
        return [*super().get_urlpatterns(), path("bao-cao/<int:year>.pdf", report, name="report")]
