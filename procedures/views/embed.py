"""The list of procedures in the frame of a school's site or of the parent portal (S19), and how to put it there."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import Unit
from procedures.api import BASE
from procedures.models import ProcedurePage
from procedures.querysets import ProcedureFilters
from procedures.views.notice import groups_of

MOST = 200


@require_safe
def framed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the list, narrowed as the address says, for a frame of the sites that the catalogue names for one unit."""
    unit = get_object_or_404(Unit.objects.active(), slug=slug)
    asked = ProcedureFilters.from_query(request.GET)
    procedures = ProcedurePage.objects.readable()
    procedures = procedures.matching(asked.words) if asked.words else procedures
    page = procedures.filtered(asked).in_order().listed(1, MOST)
    context = {
        "unit": unit,
        "asked": asked,
        "procedure_page": page,
        "address": f"{BASE}?{asked.query}" if asked else BASE,
        "noindex": True,
    }
    response = render(request, "pages/procedures/column.html", context)
    if sites := unit.embed_origins:
        response._csp_replace = {"frame-ancestors": sites}
        response.xframe_options_exempt = True
    return response


@require_safe
def how_to_frame(request: HttpRequest) -> HttpResponse:
    """Tell whoever keeps another site how to show the list there, and hand out the lines to paste."""
    asked = ProcedureFilters.from_query(request.GET).without_words()
    units = [unit for unit in Unit.objects.active().in_order() if unit.embed_origins]
    unit = next((unit for unit in units if unit.slug == request.GET.get("don-vi", "")), None)
    chosen = {"name": "don-vi", "label": _("Trang của đơn vị"), "empty": _("Chọn đơn vị"), "options": []}
    chosen["options"] = [{"value": each.slug, "label": each.called, "current": each is unit} for each in units]
    query = asked.query
    context: dict[str, Any] = {
        "groups": [chosen, *groups_of(asked)],
        "unit": unit,
        "units": units,
        "snippet": _snippet(unit, query) if unit else "",
        "frame": _frame(unit, query) if unit else "",
        "files": [
            (f"{BASE}{name}?{query}" if query else f"{BASE}{name}", label, kind)
            for name, label, kind in (
                ("du-lieu.json", _("Danh mục theo điều kiện đã chọn"), "JSON"),
                ("du-lieu.csv", _("Danh mục theo điều kiện đã chọn"), "CSV"),
                ("ban-ghi.json", _("Bản ghi đầy đủ của từng thủ tục"), "JSON"),
            )
        ],
        "breadcrumbs": [(_("Thủ tục hành chính"), BASE)],
        "shared": {"title": _("Đặt danh sách thủ tục trên trang web khác"), "text": ""},
        "noindex": bool(request.GET),
    }
    return render(request, "pages/procedures/how_to_frame.html", context)


def _frame(unit: Unit, query: str) -> str:
    address = reverse("procedures:frame", args=[unit.slug])
    return f"{address}?{query}" if query else address


def _snippet(unit: Unit, query: str) -> str:
    """Return the lines to paste into another site."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy"></iframe>',
        f"{settings.SITE_URL}{_frame(unit, query)}",
        _("Thủ tục hành chính"),
    )
