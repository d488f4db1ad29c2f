"""What people answered in a period, for those who may see it: tables, words let through, publishing, files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from cms.core.models import Unit
from cms.core.open_data import csv_answer, csv_lines
from cms.core.periods import Period, PeriodError, period_asked, read_period, report_periods
from cms.core.permissions import can
from surveys.api.lines import HEADING, csv_rows
from surveys.api.records import results_record
from surveys.models import OpenWords, ResultSnapshot
from surveys.permissions import result_units
from surveys.reports.screen import shown
from surveys.services.results import SurveyResults, survey_results, words_of_results
from surveys.services.snapshots import SnapshotRefusedError, snapshot_publish, snapshot_withdraw
from surveys.services.words import words_quote
from surveys.viewsets.access import OfSurvey

MOST_WORDS = 100
YEARS = 3


class OfResults(OfSurvey):
    """A screen about results: which period and unit an address asks for, and all that is shown of them."""

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
        return survey_results(self.survey, self.period, unit=self.unit)

    @cached_property
    def record(self) -> dict[str, Any]:
        """Everything that this person may see of the period: of units, their own lines alone."""
        record = results_record(self.found, public=False)
        if self.units is not None:
            codes = set(Unit.objects.filter(pk__in=self.units).values_list("code", flat=True))
            record["by_kind"] = []  # a kind may have one unit, and that another's
            record["by_unit"] = [part for part in record["by_unit"] if part["code"] in codes]
            if record["wishes"]:
                record["wishes"]["by_unit"] = [each for each in record["wishes"]["by_unit"] if each["code"] in codes]
        return record

    @property
    def query(self) -> str:
        return self.period.query + (f"&don-vi={self.unit.pk}" if self.unit else "")

    template_name = "surveys/admin/survey_results.html"
    page_title = _("Kết quả khảo sát")
    csv_url_name = ""
    export_url_name = ""
    publish_url_name = ""
    withdraw_url_name = ""
    quote_url_name = ""
    problem = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, year, pk = self.request.user, timezone.localdate().year, self.survey.pk
        units = Unit.objects.in_order()
        may_publish = can(user, "survey_publish")
        return super().get_context_data(
            survey=self.survey,
            error=self.error,
            problem=self.problem,
            period=self.period,
            words=words_of_results(self.found, most=MOST_WORDS, own=self.units),
            unit=self.unit,
            units=units if self.units is None else units.filter(pk__in=self.units),
            periods=[each for past in range(year, year - YEARS, -1) for each in report_periods(past)],
            screen_url=reverse(self.edit_url_name, args=[pk]),
            csv_url=f"{reverse(self.csv_url_name, args=[pk])}?{self.query}",
            exports=self._exports(),
            may_publish=may_publish,
            publish_url=f"{reverse(self.publish_url_name, args=[pk])}?{self.query}",
            withdraw_url_name=self.withdraw_url_name,
            quote_url_name=self.quote_url_name,
            query=self.query,
            snapshots=list(self.survey.snapshots.select_related("unit").newest()[:20]),
            **self._shown(),
            **kwargs,
        )

    def _shown(self) -> dict[str, Any]:
        found = shown(self.record)
        lines = found.pop("units")  # the list of units to choose from has this name already
        return {**found, "unit_lines": lines}

    def _exports(self) -> list[tuple[str, str]]:
        """Return the files that this person may take away, with what each is called."""
        if not self.export_url_name or not can(self.request.user, "survey_export"):
            return []
        names = {"xlsx": _("Phiếu dạng bảng (XLSX)"), "csv": _("Phiếu dạng bảng (CSV)"), "docx": _("Tóm tắt (DOCX)")}
        pk = self.survey.pk
        urls = {kind: f"{reverse(self.export_url_name, args=[pk, kind])}?{self.query}" for kind in names}
        return [(urls[kind], str(name)) for kind, name in names.items()]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        status = 400 if self.error else 422 if self.problem else 200
        return super().render_to_response(context, **kwargs, status=status)


class SurveyResultsView(OfResults, TemplateView):
    """The results on one screen; small numbers are hidden from everybody."""


class SurveyResultsCsvView(OfResults, View):
    """The same numbers as a file; what is hidden on the screen is hidden in it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        name = self.period.key or f"{self.period.starts_on}-{self.period.ends_on}"
        filename = f"khao-sat-{self.survey.slug}-{name}.csv"
        return csv_answer(csv_lines(HEADING, csv_rows(self.record)), filename=filename)


class SnapshotPublishView(OfResults, TemplateView):
    """Publish what the screen shows, or show it again with the reason why not."""

    http_method_names = ["post", "options"]
    capability = "survey_publish"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.error or self.period is None:
            raise Http404
        note = request.POST.get("note", "")
        try:
            made = snapshot_publish(
                survey=self.survey,
                period=self.period,
                reckon=lambda: results_record(
                    survey_results(self.survey, self.period, unit=self.unit, publishing=True)
                ),
                actor=request.user,
                unit=self.unit,
                note=note,
            )
        except SnapshotRefusedError as refused:
            self.problem = str(refused)
            return self.render_to_response(self.get_context_data(note=note))
        address = reverse("surveys:snapshot", args=[self.survey.slug, made.pk])
        messages.success(request, _now("Đã công bố kết quả ở %(address)s.") % {"address": address})
        return redirect(f"{reverse(self.results_url_name, args=[self.survey.pk])}?{self.query}")

    results_url_name = ""


class WordsQuoteView(OfResults, TemplateView):
    """Let everybody read words that were let through, under the results, or no more."""

    http_method_names = ["post", "options"]
    capability = "survey_publish"
    results_url_name = ""

    def post(self, request: HttpRequest, pk: int, words_pk: int) -> HttpResponse:
        quoted = request.POST.get("quoted") == "1"
        words = get_object_or_404(OpenWords.objects.filter(response__version__survey=self.survey), pk=words_pk)
        try:
            done = words_quote(words_id=words.pk, quoted=quoted, actor=request.user)
        except ValidationError as refused:
            self.problem = " ".join(refused.messages)
            return self.render_to_response(self.get_context_data())
        if done is None:
            self.problem = _now("Lời này không còn ở trạng thái cho đọc nên không trích được.")
            return self.render_to_response(self.get_context_data())
        told = _now("Lời này được trích dưới kết quả công khai.") if quoted else _now("Đã thôi trích lời này.")
        messages.success(request, told)
        return redirect(f"{reverse(self.results_url_name, args=[self.survey.pk])}?{self.query}")


class SnapshotWithdrawView(OfResults, TemplateView):
    """Take published results back, with a reason that everybody can read."""

    http_method_names = ["post", "options"]
    capability = "survey_publish"
    results_url_name = ""

    def post(self, request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
        found = get_object_or_404(ResultSnapshot.objects.filter(survey=self.survey), pk=snapshot)
        try:
            snapshot_withdraw(snapshot=found, actor=request.user, reason=request.POST.get("reason", ""))
        except ValidationError as refused:
            self.problem = " ".join(refused.messages)
            return self.render_to_response(self.get_context_data())
        messages.success(request, _now("Đã rút kết quả. Địa chỉ của nó nói rõ đã rút và vì sao."))
        return redirect(reverse(self.results_url_name, args=[self.survey.pk]))
