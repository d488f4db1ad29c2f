"""The surveys in which somebody keys in papers of their own unit, for those who keep no survey."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import can
from surveys.models import Channel, PaperEntry, Survey
from surveys.permissions import keying_units


class SurveyPapersView(WagtailAdminTemplateMixin, TemplateView):
    """Every survey with a place for papers at the units of this person, and what waits there."""

    http_method_names = ["get", "head", "options"]
    template_name = "surveys/admin/paper_desk.html"
    page_title = _("Phiếu khảo sát giấy")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "survey_key"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = keying_units(self.request.user)
        places = Channel.objects.keyed().active().of_units(units)
        waiting = PaperEntry.objects.of_units(units)
        surveys = Survey.objects.begun().taking_papers_at(places).with_papers_waiting(waiting).newest()
        return super().get_context_data(surveys=list(surveys[:100]), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class SurveyPapersMenuItem(MenuItem):
    """Shown to those who key in and keep no survey: the others come to papers by the survey."""

    def __init__(self) -> None:
        super().__init__(
            _("Phiếu khảo sát giấy"), reverse_lazy("survey_papers"), icon_name="form", name="survey-papers", order=161
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "survey_key") and not can(request.user, "survey_edit")


def paper_desk_urls() -> list[URLPattern]:
    """Return the address of the list, for the admin."""
    return [path("phieu-khao-sat-giay/", SurveyPapersView.as_view(), name="survey_papers")]
