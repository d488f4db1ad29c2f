"""What every screen about one survey shares."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.permissions import can
from surveys.models import Survey


class OfSurvey(WagtailAdminTemplateMixin):
    """A screen about one survey; ``capability`` is asked before anything is looked at."""

    capability = "survey_results"
    header_icon = "form"
    index_url_name = ""
    edit_url_name = ""
    step_url_name = ""
    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, self.capability):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def survey(self) -> Survey:
        return get_object_or_404(Survey.objects.select_related("current"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.survey.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Khảo sát")},
            {"url": "", "label": self.survey.title},
        ]
