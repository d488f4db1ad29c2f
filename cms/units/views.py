"""Fixed addresses below a unit: the column that other sites frame, and the notice for the wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.admin import messages

from cms.core.models import AgencySettings, Unit
from cms.units.models import UnitPage, reception_of
from cms.units.querysets import everybody


@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is new of one unit, for the frame of another site: one of those that the catalogue names."""
    unit = get_object_or_404(everybody(), slug=slug)
    context = {"unit": unit, "place": reception_of(unit), "unit_url": _address(unit), "noindex": True}
    response = render(request, "pages/units/column.html", context)
    if sites := unit.embed_origins:
        response._csp_replace = {"frame-ancestors": sites}
        response.xframe_options_exempt = True
    return response


@require_safe
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where one unit receives phản ánh, kiến nghị as one sheet of A4 (S38)."""
    unit = get_object_or_404(everybody(), slug=slug)
    agency = AgencySettings.load(request_or_site=request) if unit.parent_id is None else None
    context = {
        "unit": unit,
        "place": reception_of(unit, agency),
        "breadcrumbs": [(_("Đơn vị, trường học"), "/don-vi/"), (unit.called, _address(unit))],
        "noindex": True,
    }
    return render(request, "pages/units/notice.html", context)


def _address(unit: Unit) -> str:
    return UnitPage.objects.addresses([unit.pk]).get(unit.pk, "")


def refuse_copy(request: HttpRequest, page: object) -> HttpResponse | None:
    """A second page of one unit would have the first one's address."""
    if not isinstance(getattr(page, "specific", page), UnitPage):
        return None
    messages.warning(request, _("Mỗi đơn vị chỉ có một trang, nên không sao chép được trang này."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
