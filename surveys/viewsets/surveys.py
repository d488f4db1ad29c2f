"""The list of surveys, the form of one, and where its screens are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.models import AgencySettings
from cms.core.viewsets import StoringCreateView, StoringEditView
from surveys.forms import SurveyForm
from surveys.models import ResponseTally, Survey
from surveys.querysets import SurveyQuerySet
from surveys.viewsets.counting import count_told
from surveys.viewsets.exports import ImportBlankView, SurveyExportView
from surveys.viewsets.goals import GoalsView
from surveys.viewsets.inviting import InvitationsRevokeView, InvitationsView
from surveys.viewsets.papers import CompareView, KeyView, PapersView
from surveys.viewsets.places import PlacesView, PlaceView, PosterView, SheetPdfView
from surveys.viewsets.preview import VersionPreviewView
from surveys.viewsets.results import (
    SnapshotPublishView,
    SnapshotWithdrawView,
    SurveyResultsCsvView,
    SurveyResultsView,
    WordsQuoteView,
)
from surveys.viewsets.screen import SurveyScreenView, SurveyStepView
from surveys.viewsets.versions import VersionEditView

PRESSED = ("post", "options")  # an address that does something and shows nothing by itself
OWN_SCREENS = (
    *("places", "posters", "place", "poster", "papers", "sheet", "key", "compare", "take_back"),
    *("invitations", "revoke", "quote", "goals"),
)


class SurveyIndexView(generic.IndexView):
    any_permission_required = ["view"]

    @cached_property
    def columns(self) -> list[Column]:
        least = AgencySettings.load().smallest_cell

        def told(survey: Any) -> str:
            return count_told(survey.responses, least=least)

        def asked(survey: Any) -> int | None:
            return survey.current and survey.current.number

        return [
            TitleColumn("title", label=_("Khảo sát"), get_url=lambda survey: reverse("survey:open", args=[survey.pk])),
            Column("kind", label=_("Loại"), accessor="get_kind_display"),
            Column("state", label=_("Tình trạng"), accessor="get_state_display"),
            Column("version", label=_("Bản đang hỏi"), accessor=asked),
            NumberColumn("responses", label=_("Số phiếu"), accessor=told),
        ]

    def get_base_queryset(self) -> SurveyQuerySet:
        return Survey.objects.with_counts(ResponseTally.objects.all()).select_related("current").newest()

    def get_list_buttons(self, instance: Model) -> list[Any]:
        return []


class SurveyCreateView(StoringCreateView):
    success_message = _("Đã lập “%(object)s”. Hãy soạn câu hỏi rồi mở khảo sát.")
    screen_url_name = ""

    def get_success_url(self) -> str:
        return reverse(self.screen_url_name, args=[self.object.pk])


class SurveyEditView(StoringEditView):
    success_message = _("Đã lưu “%(object)s”.")
    screen_url_name = ""

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        """Say beside the field what the service refuses: somebody else may have made a place a moment ago."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_url(self) -> str:
        return reverse(self.screen_url_name, args=[self.object.pk])


class SurveyViewSet(ModelViewSet):
    model = Survey
    name = "survey"
    url_prefix = "khao-sat"
    icon = "form"
    menu_label = _("Khảo sát")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = SurveyIndexView
    add_view_class = SurveyCreateView
    edit_view_class = SurveyEditView
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_fields = ["title", "slug"]
    search_backend_name = None
    list_filter = ["kind", "state"]
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return SurveyForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # The screen of a survey stands where Wagtail expects the form; the form is one press further.
        return {
            **super().get_common_view_kwargs(**kwargs),
            "edit_url_name": self.get_url_name("open"),
            "screen_url_name": self.get_url_name("open"),
            "step_url_name": self.get_url_name("step"),
            "results_url_name": self.get_url_name("figures"),
            "csv_url_name": self.get_url_name("figures_csv"),
            "export_url_name": self.get_url_name("export"),
            "publish_url_name": self.get_url_name("publish"),
            "withdraw_url_name": self.get_url_name("withdraw"),
            "change_url_name": self.get_url_name("edit"),
            "blank_url_name": self.get_url_name("blank"),
            "version_url_name": self.get_url_name("version"),
            "preview_url_name": self.get_url_name("preview"),
            **{f"{name}_url_name": self.get_url_name(name) for name in OWN_SCREENS},
            "history_url_name": None,
            "usage_url_name": None,
            "delete_url_name": None,
        }

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_edit_view_kwargs(**kwargs), "edit_url_name": self.get_url_name("edit")}

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        taken_back = view(PapersView, http_method_names=PRESSED)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("moi/", self.add_view, name="add"),
            path("ban/<int:pk>/", view(VersionEditView, model=VersionEditView.model), name="version"),
            path("ban/<int:pk>/xem-truoc/", view(VersionPreviewView), name="preview"),
            path("<int:pk>/", view(SurveyScreenView), name="open"),
            path("<int:pk>/sua/", self.edit_view, name="edit"),
            path("<int:pk>/mau-nhap.xlsx", view(ImportBlankView), name="blank"),
            path("<int:pk>/ket-qua/", view(SurveyResultsView), name="figures"),
            path("<int:pk>/ket-qua/du-lieu.csv", view(SurveyResultsCsvView), name="figures_csv"),
            path("<int:pk>/ket-qua/phieu.<slug:kind>", view(SurveyExportView), name="export"),
            path("<int:pk>/ket-qua/cong-bo/", view(SnapshotPublishView), name="publish"),
            path("<int:pk>/ket-qua/loi/<int:words_pk>/", view(WordsQuoteView), name="quote"),
            path("<int:pk>/ket-qua/<int:snapshot>/rut/", view(SnapshotWithdrawView), name="withdraw"),
            path("<int:pk>/diem/", view(PlacesView), name="places"),
            path("<int:pk>/diem/to-dan.pdf", view(PosterView), name="posters"),
            path("<int:pk>/diem/<int:place_pk>/", view(PlaceView), name="place"),
            path("<int:pk>/diem/<int:place_pk>/to-dan.pdf", view(PosterView), name="poster"),
            path("<int:pk>/loi-moi/", view(InvitationsView), name="invitations"),
            path("<int:pk>/loi-moi/<int:batch_pk>/thu-hoi/", view(InvitationsRevokeView), name="revoke"),
            path("<int:pk>/chi-tieu/", view(GoalsView), name="goals"),
            path("<int:pk>/phieu-giay/", view(PapersView), name="papers"),
            path("<int:pk>/phieu-giay/mau.pdf", view(SheetPdfView), name="sheet"),
            path("<int:pk>/phieu-giay/nhap/", view(KeyView), name="key"),
            path("<int:pk>/phieu-giay/<int:paper_pk>/", view(CompareView), name="compare"),
            path("<int:pk>/phieu-giay/<int:paper_pk>/go/", taken_back, name="take_back"),
            path("<int:pk>/<slug:verb>/", view(SurveyStepView), name="step"),
        ]
