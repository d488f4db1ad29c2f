"""The results of a survey as a page, as CSV and as JSON, live or as they were published; all say and hide the same."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer, opened
from cms.core.periods import Period, PeriodError, period_asked, read_period, report_periods
from surveys.api.lines import HEADING, csv_rows
from surveys.api.records import results_record
from surveys.models import ResultSnapshot, Survey
from surveys.models.pages import INDEX_URL
from surveys.reports.screen import shown
from surveys.services.results import SurveyResults, quotes_published, survey_results
from surveys.services.snapshots import record_digest

YEARS = 3


class AskedError(ValueError):
    """What was asked for is not there; the message is a sentence for people."""


@dataclass(frozen=True)
class Asked:
    """Which figures an address asks for."""

    period: Period
    unit: Unit | None = None
    kind: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read ``ky``, ``tu``, ``den``, ``don-vi`` (the slug of a unit), ``cap``. Raises AskedError in words."""
        try:
            period = period_asked(request.GET, today=timezone.localdate())
        except PeriodError as refusal:
            raise AskedError(str(refusal)) from refusal
        slug, kind = request.GET.get("don-vi", "")[:80], request.GET.get("cap", "")[:20]
        if kind and kind not in UnitKind.values:
            raise AskedError(_("Không có cấp, loại đơn vị này. Hãy chọn trong danh sách."))
        unit = Unit.objects.filter(slug=slug).first() if slug else None
        if slug and unit is None:
            raise AskedError(_("Không có đơn vị này. Hãy chọn trong danh sách."))
        return cls(period, unit, "" if unit else kind)


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the results of a period; what cannot be asked for is told beside the form, above those of this year."""
    survey = _public(slug)
    error = ""
    try:
        asked = Asked.of(request)
    except AskedError as refusal:
        error, asked = str(refusal), Asked(_this_year())
    found = _found(survey, asked) if survey.results_public else None
    context = {
        **_frame(survey, request),
        "period": asked.period,
        "asked": asked,
        "published": list(survey.snapshots.standing().newest()[:20]),
        "periods": [
            report_periods(year) for year in range(timezone.localdate().year, timezone.localdate().year - YEARS, -1)
        ],
        "unit_choices": Unit.objects.active().in_order().values_list("slug", "name"),
        "kind_choices": UnitKind.choices,
        "kind_name": UnitKind(asked.kind).label if asked.kind else "",
        "error": error,
        "typed": {name: request.GET.get(name, "")[:10] for name in ("tu", "den")} if error else {},
        "query": _query(asked),
        "shared": {"title": survey.title, "text": asked.period.label},
        **({**shown(results_record(found)), "quoted": found.quotes} if found else {}),
    }
    return render(request, "pages/surveys/results.html", context, status=400 if error else 200)


@require_safe
def results_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the same results for programs; what is hidden is null, and says so."""
    return _as_data(request, slug, json_answer)


@require_safe
def results_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the same results, a line a row of every table."""
    return _as_data(request, slug, _csv)


@require_safe
def snapshot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show figures as they were published; of what was taken back, that it was, and why."""
    found = _snapshot(slug, pk)
    context = {**_frame(found.survey, request), "snapshot": found, "noindex": found.is_withdrawn}
    if found.is_withdrawn:
        return render(request, "pages/surveys/snapshot_gone.html", context, status=410)
    context |= {"shared": {"title": found.survey.title, "text": found.record["period"]["label"]}, **shown(found.record)}
    context["quoted"] = quotes_published(found)
    return render(request, "pages/surveys/snapshot.html", context)


@require_safe
def snapshot_json(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Answer with published figures for programs, with the digest by which a copy can be checked."""
    found = _snapshot(slug, pk)
    if found.is_withdrawn:
        return opened(json_answer({"error": _gone(found)}, status=410))
    return opened(json_answer({**found.record, "published_at": found.published_at, "digest": found.digest}))


@require_safe
def snapshot_csv(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Answer with published figures, a line a row of every table."""
    found = _snapshot(slug, pk)
    if found.is_withdrawn:
        return HttpResponse(_gone(found), status=410, content_type="text/plain; charset=utf-8")
    return opened(_csv(found.record))


def _public(slug: str) -> Survey:
    """Return a survey of which somebody let everybody see results, or published some."""
    return get_object_or_404(Survey.objects.select_related("current").with_results(), slug=slug)


def _snapshot(slug: str, pk: int) -> ResultSnapshot:
    return get_object_or_404(ResultSnapshot.objects.select_related("survey", "unit"), pk=pk, survey__slug=slug)


def _found(survey: Survey, asked: Asked) -> SurveyResults:
    return survey_results(survey, asked.period, unit=asked.unit, kind=asked.kind)


def _as_data(request: HttpRequest, slug: str, answer: Any) -> HttpResponseBase:
    survey = _public(slug)
    if not survey.results_public:
        raise Http404
    try:
        record = results_record(_found(survey, Asked.of(request)))
    except AskedError as refusal:
        return opened(json_answer({"error": str(refusal)}, status=400))
    return if_changed(request, state=[record_digest(record)], answer=lambda: answer(record))


def _csv(record: dict[str, Any]) -> HttpResponseBase:
    period = record["period"]
    name = period["key"] or f"{period['from']}-{period['to']}"
    return csv_answer(csv_lines(HEADING, csv_rows(record)), filename=f"khao-sat-{record['survey']}-{name}.csv")


def _frame(survey: Survey, request: HttpRequest) -> dict[str, Any]:
    return {
        "survey": survey,
        "breadcrumbs": [(_("Khảo sát"), INDEX_URL), (survey.title, f"{INDEX_URL}{survey.slug}/")],
        "noindex": bool(request.GET),
    }


def _query(asked: Asked) -> str:
    more = f"&don-vi={asked.unit.slug}" if asked.unit else f"&cap={asked.kind}" if asked.kind else ""
    return f"{asked.period.query}{more}"


def _gone(found: ResultSnapshot) -> str:
    return _("Kết quả này đã được rút ngày %(day)s. Lý do: %(reason)s") % {
        "day": f"{timezone.localtime(found.withdrawn_at):%d/%m/%Y}",
        "reason": found.withdrawn_reason,
    }


def _this_year() -> Period:
    period = read_period(str(timezone.localdate().year))
    if period is None:
        raise Http404
    return period
