"""The published cases as data: CSV, JSON, and the page that says what every field means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import AgencySettings, LedgerEvent
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer, opened
from cms.core.querysets.keys import read_day_key
from cms.core.requests import client_address
from cms.core.services.limits import Verdict, limit_hit
from cms.core.views import too_many
from feedback.api.records import FIELDS, FIGURE_FIELDS, NAMES, in_chunks, place_of, record_of
from feedback.feeds import PublicCasesFeed
from feedback.models import PublicCase
from feedback.models.pages import LIST_URL, ListFilter
from feedback.querysets import PublicCaseQuerySet

PAGE, MOST = 100, 500
# What changes a published copy, or a name beside it. Everything else that happens in the house leaves the files alone.
_CHANGING_COPIES = (
    *("public_case.published", "public_case.unpublished", "public_case.withdrawn", "public_case.masked"),
    *("case.anonymise", "retention.purged", "catalogue.saved", "catalogue.seeded"),
    *("unit.created", "unit.changed", "demo.cleared"),
)


@require_safe
def cases_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with every published case that the filters of the list let through, one a line."""
    if "q" in request.GET and (answer_at_once := too_many(request, "search")):
        return answer_at_once

    def answer() -> HttpResponseBase:
        rows = (list(record_of(row, request.build_absolute_uri).values()) for row in in_chunks(_asked(request)))
        return csv_answer(csv_lines(NAMES, rows), filename="phan-anh-kien-nghi.csv")

    return if_changed(request, state=data_state(), answer=answer)


@require_safe
def cases_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with a page of published cases and the address of the next; ``sau`` says where it begins."""
    if "q" in request.GET:
        verdict = limit_hit(limit="search", visitor=client_address(request))
        if not verdict.allowed:
            return _later(verdict)
    typed = request.GET.get("sau", "")
    place = read_day_key(typed) if typed else None
    if typed and place is None:
        return opened(json_answer({"error": _("Không đọc được “sau”: hãy dùng địa chỉ ở mục next.")}, status=400))
    size = request.GET.get("moi-trang", "")[:4]
    wanted = min(MOST, max(1, int(size))) if size.isascii() and size.isdecimal() else PAGE

    def answer() -> HttpResponseBase:
        return json_answer(_page(request, place, wanted))

    return if_changed(request, state=data_state(), answer=answer)


@require_safe
def cases_atom(request: HttpRequest) -> HttpResponseBase:
    """Answer with the newest published answers as Atom, unless the reader has them already."""
    return if_changed(request, state=data_state(), answer=lambda: PublicCasesFeed()(request))


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show what every field means, under which terms it may be used, and how it is read."""
    total, last = PublicCase.objects.public().mark()
    context: dict[str, Any] = {
        "breadcrumbs": [(_("Phản ánh, kiến nghị"), LIST_URL)],
        "fields": FIELDS,
        "figure_fields": FIGURE_FIELDS,
        "licence": AgencySettings.load().data_licence,
        "total": total,
        "last": last,
        "page_size": PAGE,
        "most": MOST,
        "shared": {"title": _("Dữ liệu mở về phản ánh, kiến nghị"), "text": ""},
    }
    return render(request, "pages/feedback/data.html", context)


def data_state() -> list[Any]:
    """Return what the published cases depend on: the copies, the names beside them, and who publishes them."""
    agency = AgencySettings.load()
    last = LedgerEvent.objects.last_number(_CHANGING_COPIES)
    return [*PublicCase.objects.public().mark(), last, agency.name, agency.data_licence]


def _later(verdict: Verdict) -> HttpResponse:
    """Refuse a program in its own language, and say when it may search again."""
    response = json_answer({"error": _("Tìm quá nhiều lần liền nhau. Xin đợi rồi hỏi lại.")}, status=429)
    response.headers["Retry-After"] = str(verdict.retry_after)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest) -> PublicCaseQuerySet:
    asked = ListFilter.of(request)
    return PublicCase.objects.public().filtered(category=asked.category, unit=asked.unit, year=asked.year, q=asked.q)


def _page(request: HttpRequest, place: Any, size: int) -> dict[str, Any]:
    asked = _asked(request)
    total, last = asked.mark()
    rows = asked.newest().with_list_data()
    found = list((rows.after(*place) if place else rows)[: size + 1])
    items = [record_of(row, request.build_absolute_uri) for row in found[:size]]
    following = None
    if len(found) > size:
        query = request.GET.copy()
        query["sau"] = place_of(found[size - 1])
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return {
        "title": _("Phản ánh, kiến nghị đã trả lời"),
        "publisher": AgencySettings.load().name,
        "licence": AgencySettings.load().data_licence,
        "dictionary": request.build_absolute_uri(f"{LIST_URL}du-lieu/"),
        "updated_at": last,
        "total": total,
        "next": following,
        "items": items,
    }
