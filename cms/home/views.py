"""The site's own pages that are no Wagtail pages: search over everything public."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import Unit
from cms.core.search import Facet, Parts, SearchHit, search_kinds
from cms.core.search import search as search_public
from cms.core.views import too_many

_YEARS = range(1900, 3000)
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
    context = {
        "q": results.query,
        "results": results,
        "entries": [_entry(hit) for hit in results.hits],
        "page_obj": Paginator(range(results.total), results.size).get_page(results.page),
        "groups": [
            {"title": _("Loại nội dung"), "param": "loai", "options": _options(results.kinds, kind)},
            {"title": _("Năm"), "param": "nam", "options": _options(results.years, str(year))},
            {"title": _("Đơn vị"), "param": "don-vi", "options": _chosen_unit(unit)},
        ],
        "keep": [(name, value) for name, value in chosen.items() if value],
        "breadcrumbs": [],
        "noindex": True,
    }
    return render(request, "pages/home/search.html", context)


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
    }


def _marked(parts: Parts) -> SafeString:
    pieces = (format_html("<mark>{}</mark>", piece) if matched else piece for piece, matched in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _options(facets: Iterable[Facet], current: str | None) -> list[dict[str, Any]]:
    return [
        {"value": facet.value, "label": facet.label, "count": facet.count, "current": facet.value == current}
        for facet in facets
    ]


def _chosen_unit(unit: Unit | None) -> list[dict[str, Any]]:
    return [{"value": unit.slug, "label": unit.called, "count": None, "current": True}] if unit else []
