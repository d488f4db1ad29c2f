"""What people answered in a period: a table, a chart, the words that were let through, and all numbers as a file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from cms.core.models import Unit
from cms.core.open_data import csv_answer, csv_lines
from cms.core.periods import Period, PeriodError, period_asked, read_period, report_periods
from surveys.models import OpenWords, Survey
from surveys.permissions import result_units
from surveys.reports import HEADING, csv_rows, question_rows, unit_rows
from surveys.services.results import SurveyResults, survey_results
from surveys.viewsets.access import OfSurvey

MOST_WORDS = 100
YEARS = 3


class Asking(OfSurvey):
    """Which period and which unit an address asks for."""

    error = ""

    @cached_property
    def period(self) -> Period:
        today = timezone.localdate()
        try:
            return period_asked(self.request.GET, today=today)
        except PeriodError as refused:
            self.error = str(refused)
        found = read_period(str(today.year))
        if found is None:
            raise Http404
        return found

    @cached_property
    def units(self) -> frozenset[int] | None:
        return result_units(self.request.user)

    @cached_property
    def unit(self) -> Unit | None:
        """The unit asked for; one that is not this person's business is not told apart from one that is not."""
        given = self.request.GET.get("don-vi", "")
        if not given:
            return None
        key = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        unit = get_object_or_404(Unit, pk=key)
        if self.units is not None and unit.pk not in self.units:
            raise PermissionDenied
        return unit

    @cached_property
    def found(self) -> SurveyResults:
        unit_id = self.unit.pk if self.unit else None
        return survey_results(self.survey, self.period, unit_ids=self.units, unit_id=unit_id)


class SurveyResultsView(Asking, TemplateView):
    """The results on one screen; small numbers are hidden from everybody."""

    template_name = "surveys/admin/survey_results.html"
    page_title = _("Kết quả khảo sát")
    csv_url_name = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, period = self.found, self.period
        year = timezone.localdate().year
        query = period.query + (f"&don-vi={self.unit.pk}" if self.unit else "")
        units = Unit.objects.in_order()
        return super().get_context_data(
            survey=self.survey,
            found=found,
            error=self.error,
            rows=question_rows(found),
            unit_rows=unit_rows(found),
            words=list(self._words()[:MOST_WORDS]),
            unit=self.unit,
            units=units if self.units is None else units.filter(pk__in=self.units),
            periods=[each for past in range(year, year - YEARS, -1) for each in report_periods(past)],
            screen_url=reverse(self.edit_url_name, args=[self.survey.pk]),
            csv_url=f"{reverse(self.csv_url_name, args=[self.survey.pk])}?{query}",
            **kwargs,
        )

    def _words(self) -> Any:
        """Words of units that are this person's business, let through by their moderator."""
        if not self.found.whole_months:  # day by day the words would tell when somebody answered
            return OpenWords.objects.none()
        rows = OpenWords.objects.shown().filter(response__version__survey=self.survey)
        rows = rows.between(self.period.starts_on, self.period.ends_on).newest()
        if self.unit:
            return rows.of_units([self.unit.pk])
        return rows if self.units is None else rows.of_units(self.units)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, **kwargs, status=400 if self.error else 200)


class SurveyResultsCsvView(Asking, View):
    """The same numbers as a file; what is hidden on the screen is hidden in it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        survey: Survey = self.survey
        rows = csv_rows(self.found, unit_code=self.unit.code if self.unit else "")
        name = self.period.key or f"{self.period.starts_on}-{self.period.ends_on}"
        return csv_answer(csv_lines(HEADING, rows), filename=f"khao-sat-{survey.slug}-{name}.csv")
