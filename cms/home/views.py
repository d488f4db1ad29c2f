"""The site's own pages that are no Wagtail pages: search over everything public, the map, what is not there."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import Unit
from cms.core.requests import client_address
from cms.core.search import Facet, Parts, SearchHit, SearchResults, search_kinds
from cms.core.search import search as search_public
from cms.core.search import suggest as suggest_public
from cms.core.services.limits import limit_hit, limit_peek
from cms.core.services.searches import search_note
from cms.core.text import fold
from cms.core.views import too_many
from cms.home.models import SearchPromotion
from cms.home.site_map import map_of

_YEARS = range(1900, 3000)
# What stands in addresses and says nothing about the page: endings of files, words that the server wrote.
_NO_WORD = re.compile(r"\d{1,3}|index|html?|php|aspx?|jsp|default|home|page|trang")
_FILE = re.compile(r"\.(?!html?$|php$|aspx?$)\w{1,5}$")
_MOST_WORDS = 8
NOT_FOUND = "search_not_found"  # the limit
_SLUG = re.compile(r"[-\w]{1,80}")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``/tim-kiem/?q=`` with its filters ``loai``, ``nam``, ``don-vi``; a value they do not know is ignored."""
    asked = request.GET
    if asked.get("q") and (refusal := too_many(request, "search")):
        return refusal
    kind = next((kind.name for kind in search_kinds() if kind.name == asked.get("loai")), None)
    year = _number(asked.get("nam", ""))
    year = year if year in _YEARS else None
    unit = _unit(asked.get("don-vi", ""))
    results = search_public(
        asked.get("q", ""), kind=kind, year=year, unit=unit, page=_number(asked.get("trang", "")) or 1
    )
    chosen = {"loai": kind, "nam": year, "don-vi": unit.slug if unit else None}
    context = _context(results, chosen, unit)
    anew = request.method == "GET" and results.query and not results.too_short and "trang" not in asked
    if anew and not any(chosen.values()):
        search_note(query=results.query, found=bool(results.total), visitor=client_address(request))
    return render(request, "pages/home/search.html", context)


def _context(results: SearchResults, chosen: dict[str, Any], unit: Unit | None) -> dict[str, Any]:
    kind, year = chosen["loai"], chosen["nam"]
    groups = [
        {"title": _("Loại nội dung"), "param": "loai", "options": _options(results.kinds, kind)},
        {"title": _("Năm"), "param": "nam", "options": _options(results.years, str(year))},
        {"title": _("Đơn vị"), "param": "don-vi", "options": _units(results.units, unit)},
    ]
    first = results.page == 1 and not any(chosen.values())
    return {
        "q": results.query,
        "results": results,
        "promoted": _promoted(results.query) if first and not results.too_short else [],
        "entries": [_entry(hit) for hit in results.hits],
        "near": [] if results.hits else _near(results.query),
        "page_obj": Paginator(range(results.total), results.size).get_page(results.page),
        "groups": groups,
        "chips": _chips(groups),
        "keep": [(name, value) for name, value in chosen.items() if value],
        "breadcrumbs": [],
        "noindex": True,
    }


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer ``/tim-kiem/goi-y/?q=`` with what the typed words may become; for everybody the same, for a minute."""
    verdict = limit_hit(limit="search_suggest", visitor=client_address(request))
    found = suggest_public(request.GET.get("q", "")) if verdict.allowed else ()
    lines = [
        {
            "text": line.text,
            "number": line.number,
            "kind": line.kind_label or _("Hay được tìm"),
            "url": line.url or f"{reverse('site_search')}?{urlencode({'q': line.text})}",
        }
        for line in found
    ]
    response = JsonResponse({"suggestions": lines}, status=200 if verdict.allowed else 429)
    response.headers["Cache-Control"] = "public, max-age=60" if verdict.allowed else "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _unit(slug: str) -> Unit | None:
    return Unit.objects.filter(slug=slug).first() if _SLUG.fullmatch(slug) else None


def _entry(hit: SearchHit) -> dict[str, Any]:
    return {
        "title": hit.plain_title,
        "url": hit.url,
        "marked_title": _marked(hit.title),
        "marked_text": _marked(hit.excerpt),
        "tag_text": hit.kind_label,
        "date": hit.date,
        "file_name": hit.file_name,
        "file_url": hit.file_url,
    }


def _marked(parts: Parts) -> SafeString:
    pieces = (format_html("<mark>{}</mark>", piece) if matched else piece for piece, matched in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _options(facets: Iterable[Facet], current: str | None) -> list[dict[str, Any]]:
    return [
        {"value": facet.value, "label": facet.label, "count": facet.count, "current": facet.value == current}
        for facet in facets
    ]


def _units(facets: Iterable[Facet], unit: Unit | None) -> list[dict[str, Any]]:
    """Return the units among the results, and the chosen one even when it has none."""
    options = _options(facets, unit.slug if unit else None)
    if unit and not any(option["current"] for option in options):
        options.insert(0, {"value": unit.slug, "label": unit.called, "count": 0, "current": True})
    return options


def _chips(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the chosen filters, each to be taken off by itself."""
    return [
        {"param": group["param"], "title": group["title"], "label": option["label"]}
        for group in groups
        for option in group["options"]
        if option["current"]
    ]


def _promoted(asked: str) -> list[dict[str, Any]]:
    """Return what editors put above the results of this query."""
    return [
        {"title": page.title, "url": page.url, "text": note or page.search_description}
        for page, note in SearchPromotion.objects.pages_for(asked)
        if page.url
    ]


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Answer ``/so-do-trang/``: every section on one page."""
    context = {
        "branches": map_of(request),
        "services": [
            {"title": _("Gửi phản ánh, kiến nghị"), "url": reverse("feedback:form_start")},
            {"title": _("Theo dõi phản ánh bằng mã"), "url": reverse("feedback:follow")},
            {"title": _("Tra cứu hồ sơ"), "url": reverse("dossier_lookup")},
            {"title": _("Số liệu giải quyết hồ sơ"), "url": reverse("dossier_figures")},
            {"title": _("Thư xin lỗi đã công khai"), "url": reverse("apologies")},
            {"title": _("Tìm kiếm"), "url": reverse("site_search")},
        ],
        "feeds": [
            {"title": _("Tin tức"), "url": reverse("news_feed")},
            {"title": _("Văn bản"), "url": reverse("documents_feed")},
            {"title": _("Kế hoạch"), "url": reverse("plans_feed")},
            {"title": _("Lịch"), "url": reverse("events_feed")},
            {"title": _("Học liệu"), "url": reverse("materials_feed")},
            {"title": _("Thủ tục hành chính"), "url": reverse("procedures_feed")},
            {"title": _("Thư xin lỗi"), "url": reverse("apologies_feed")},
            {"title": _("Phản ánh đã trả lời"), "url": reverse("feedback:public_cases_feed")},
        ],
        "breadcrumbs": [],
        "shared": {"title": _("Sơ đồ trang")},
    }
    return render(request, "pages/home/site_map.html", context)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is there, and offer what the words of the address find; just the former without a database."""
    asked = _words_of(request.path)
    try:
        context = {"asked": asked, "entries": _found_for(asked, request), "breadcrumbs": [], "noindex": True}
        return render(request, "404.html", context, status=404)
    except DatabaseError:
        # Without a request: not even who reads it is asked for.
        return HttpResponse(render_to_string("errors/404_bare.html"), status=404)


def _words_of(path: str) -> str:
    """Return what the last parts of an address say, in words: ``/tin-tuc/hop-phu-huynh.html`` is “hop phu huynh”."""
    if _FILE.search(path):
        return ""
    for part in reversed([part for part in path.split("/") if part]):
        words = [word for word in re.findall(r"\w+", fold(part)) if not _NO_WORD.fullmatch(word)]
        if words:
            return " ".join(words[:_MOST_WORDS])
    return ""


def _found_for(asked: str, request: HttpRequest) -> list[dict[str, Any]]:
    """Search as far as this visitor may: whoever tries a thousand addresses is told of none."""
    if request.method != "GET" or len(asked) < 3:
        return []
    visitor = client_address(request)
    # Looked at first: whoever is over the limit does not even cost a write.
    if not all(count(limit=NOT_FOUND, visitor=visitor).allowed for count in (limit_peek, limit_hit)):
        return []
    return [_entry(hit) for hit in search_public(asked, size=5).hits] or _near(asked)


def _near(asked: str) -> list[dict[str, Any]]:
    """Return what a part of the words finds: how they begin, else how they end; one wrong word hides everything."""
    words = asked.split()[:_MOST_WORDS]
    half = max(2, len(words) // 2)
    for some in dict.fromkeys((" ".join(words[:half]), " ".join(words[-half:]))):
        if len(words) > half and (hits := search_public(some, size=5).hits):
            return [_entry(hit) for hit in hits]
    return []
