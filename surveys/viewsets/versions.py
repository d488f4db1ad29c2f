"""Writing the questions of a version; one that was answered is only looked at."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views import generic

from cms.core.permissions import can
from surveys.models import SurveyVersion
from surveys.panels import version_panel
from surveys.services.keys import version_faults
from surveys.services.plan import plan_written
from surveys.services.questionnaires import SurveyChangedError, SurveyRefusedError, version_save
from surveys.services.sheets import print_again_words
from surveys.viewsets.preview import preview_of

VERSION_PANEL = version_panel().bind_to_model(SurveyVersion)


class VersionEditView(generic.EditView):
    """Sections and questions on one screen; what nobody could answer is refused with the reason, nothing is lost."""

    model = SurveyVersion
    page_title = _("Câu hỏi")
    success_message = _("Đã lưu câu hỏi.")
    error_message = _("Chưa lưu được: có chỗ cần sửa.")
    screen_url_name = ""
    version_url_name = ""
    preview_url_name = ""
    panel = VERSION_PANEL
    form_class = VERSION_PANEL.get_form_class()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "survey_edit"):
            raise PermissionDenied
        version = get_object_or_404(SurveyVersion, pk=kwargs["pk"])
        if version.frozen_on is not None and request.method != "POST":
            # What was answered is only looked at; whoever was writing meanwhile is told by the service, words kept.
            return preview_of(request, version, reverse(self.preview_url_name, args=[version.pk]))
        return super().dispatch(request, *args, **kwargs)

    def is_valid(self, form: ModelForm) -> bool:
        """Ask the plan that the form makes, once the form itself is right."""
        if not super().is_valid(form):
            return False
        version = form.save(commit=False)
        for fault in version_faults(version, plan_written(version)):
            form.add_error(None, fault)
        if form.errors:
            self.produced_error_message = self.get_error_message()
        return not form.errors

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except SurveyRefusedError as refused:
            if isinstance(refused, SurveyChangedError):
                # The next press is made on what is known now.
                form.data = form.data.copy()
                form.data["expected"] = str(refused.edition)
            form.add_error(None, str(refused))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> SurveyVersion:
        expected = self.form.cleaned_data.get("expected")
        return version_save(version=self.form.save(commit=False), actor=self.request.user, expected=expected)

    def get_success_message(self) -> str:
        return " ".join(filter(None, [str(self.success_message), print_again_words(self.object)]))

    def get_edit_url(self) -> str:
        return reverse(self.version_url_name, args=[self.object.pk])

    def get_success_url(self) -> str:
        return reverse(self.screen_url_name, args=[self.object.survey_id])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        survey = self.object.survey
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Khảo sát")},
            {"url": self.get_success_url(), "label": survey.title},
            {"url": "", "label": _now("Bản %(number)d") % {"number": self.object.number}},
        ]
