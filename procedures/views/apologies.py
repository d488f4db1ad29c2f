"""The public list of apologies: dossier, procedure, why, the new day, the unit; never the person (S37)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import AgencySettings
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer
from cms.core.periods import PeriodError, period_asked, report_periods
from cms.core.querysets.keys import key_page, read_moment_key
from procedures.api.apologies import KEYS, record
from procedures.enums import ApologyKind
from procedures.models import Apology, DossierSettings
from procedures.querysets.apologies import ApologyFilters, ApologyQuerySet

PAGE_SIZE = 20
YEARS = 3


@require_safe
def apologies(request: HttpRequest) -> HttpResponse:
    """Show the letters that have gone out, the newest first; a period that cannot be is told beside the form."""
    today, asked = timezone.localdate(), _asked(request)
    rows = Apology.objects.public().filtered(asked)
    sides = {
        name: read_moment_key(request.GET.get(param, "")) for name, param in (("after", "sau"), ("before", "truoc"))
    }
    piece = key_page(rows.newest().with_public_data(), _key, size=PAGE_SIZE, **sides)
    error = _period_error(request)
    context = {
        "piece": piece,
        "total": rows.count(),
        "asked": asked,
        "groups": _groups(asked),
        "periods": [report_periods(year) for year in range(today.year, today.year - YEARS, -1)],
        "typed": {name: request.GET.get(name, "")[:10] for name in ("ky", "tu", "den")},
        "error": error,
        "query": _query(request),
        "rules": DossierSettings.load(),
        "noindex": bool(request.GET),
        "breadcrumbs": [(_("Thủ tục hành chính"), "/thu-tuc-hanh-chinh/")],
        "shared": {
            "title": _("Thư xin lỗi"),
            "text": _("Hồ sơ trả chậm hoặc giải quyết sai, và lời xin lỗi của cơ quan."),
            "feed": reverse("apologies_feed"),
        },
    }
    return render(request, "pages/procedures/apologies.html", context, status=400 if error else 200)


@require_safe
def apologies_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same letters as CSV, a line each."""
    records = _records(request)

    def answer() -> HttpResponseBase:
        lines = ([said[name] for name in KEYS] for said in records)
        return csv_answer(csv_lines(KEYS, lines), filename="thu-xin-loi.csv")

    return if_changed(request, state=records, answer=answer)


@require_safe
def apologies_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same letters as JSON, with a way back here."""
    agency, items = AgencySettings.load(), _records(request)

    def answer() -> HttpResponseBase:
        facts = {
            "title": _("Thư xin lỗi"),
            "publisher": agency.name,
            "licence": agency.data_licence,
            "url": request.build_absolute_uri(reverse("apologies")),
            "total": len(items),
            "items": items,
        }
        return json_answer(facts)

    return if_changed(request, state=[*items, agency.name, agency.data_licence], answer=answer)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    rows: Iterable[Apology] = _all(_asked(request))
    return [record(row, request.build_absolute_uri) for row in rows]


def _all(asked: ApologyFilters) -> ApologyQuerySet:
    return Apology.objects.public().filtered(asked).newest().with_public_data()


def _asked(request: HttpRequest) -> ApologyFilters:
    return ApologyFilters.from_query(request.GET, today=timezone.localdate())


def _key(row: Apology) -> tuple[Any, int]:
    return row.delivered_at, row.pk


def _period_error(request: HttpRequest) -> str:
    if not any(request.GET.get(name, "").strip() for name in ("ky", "tu", "den")):
        return ""
    try:
        period_asked(request.GET, today=timezone.localdate())
    except PeriodError as refusal:
        return str(refusal)
    return ""


def _query(request: HttpRequest) -> str:
    """Return the filters in force as a query, for the files of the same rows."""
    query = request.GET.copy()
    for name in [name for name in query if name not in {"don-vi", "loai", "ky", "tu", "den"}]:
        del query[name]
    return query.urlencode()


def _groups(asked: ApologyFilters) -> list[dict[str, Any]]:
    units = Apology.objects.units()
    offered = (
        ("don-vi", _("Đơn vị"), units, asked.unit),
        ("loai", _("Xin lỗi vì"), ApologyKind.choices, asked.kind),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": value, "label": words, "current": value == chosen} for value, words in choices],
        }
        for name, label, choices, chosen in offered
    ]
