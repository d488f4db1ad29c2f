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
from surveys.enums import SurveyState
from surveys.models import Channel, PaperEntry, Survey
from surveys.permissions import keying_units
from surveys.querysets import ChannelQuerySet, PaperEntryQuerySet


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


class OfPapers(OfSurvey):
    """A screen about papers of one survey, those of the units for which this person keys in."""

    capability = "survey_key"

    @cached_property
    def survey(self) -> Survey:
        """The survey; of a draft those who only key in know nothing."""
        rows = Survey.objects.select_related("current")
        rows = rows if can(self.request.user, "survey_edit") else rows.begun()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def units(self) -> frozenset[int] | None:
        return keying_units(self.request.user)

    @property
    def papers(self) -> PaperEntryQuerySet:
        return PaperEntry.objects.filter(survey=self.survey).of_units(self.units)

    @property
    def places(self) -> ChannelQuerySet:
        """The places in use at which this person takes papers."""
        rows = Channel.objects.keyed().active().filter(survey=self.survey).of_units(self.units)
        return rows.select_related("unit", "survey").in_order()

    def paper(self) -> PaperEntry:
        """Return the paper that the address names; PermissionDenied for one of another unit."""
        rows = PaperEntry.objects.filter(survey=self.survey)
        found = get_object_or_404(
            rows.select_related("survey", "version__survey", "channel__unit"), pk=self.kwargs["paper_pk"]
        )
        if not can(self.request.user, self.capability, found.channel):
            raise PermissionDenied
        return found

    def may_key(self) -> bool:
        """Say whether there is a place at which this person takes papers, and questions to key in."""
        if self.survey.current_id is None or self.survey.state == SurveyState.DRAFT:
            return False
        return self.units is None or self.places.exists()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        if can(self.request.user, "survey_results"):
            return super().get_breadcrumbs_items()
        return [
            *self.breadcrumbs_items,
            {"url": reverse("survey_papers"), "label": _("Phiếu khảo sát giấy")},
            {"url": "", "label": self.survey.title},
        ]
