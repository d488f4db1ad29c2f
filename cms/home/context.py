"""What the frame of every public page shows: the agency, today. Menus and notices come by their tags."""

from copy import copy

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site

from cms.core.models import AgencySettings, Unit
from cms.units.models import UnitPage


def site_frame(request: HttpRequest) -> dict[str, object]:
    """Return lazy values: a template that does not show the frame (the admin, a file) asks nothing of the database."""
    unit = SimpleLazyObject(lambda: _unit_of_host(request))
    agency = SimpleLazyObject(lambda: _agency(request, unit))
    return {
        "agency": agency,
        # On a school's own host the search begins with what is the school's; a press shows everything.
        "search_keep": SimpleLazyObject(lambda: [("don-vi", unit.slug)] if unit else []),
        "today": SimpleLazyObject(timezone.localdate),
        "is_demo": SimpleLazyObject(lambda: agency.has_sample_data),
    }


def _unit_of_host(request: HttpRequest) -> Unit | None:
    """Return the unit whose page is the first of the host name asked for; None on the portal itself."""
    site = Site.find_for_request(request)
    if site is None or site.is_default_site:
        return None
    page = UnitPage.objects.select_related("unit").filter(pk=site.root_page_id).first()
    return page.unit if page else None


def _agency(request: HttpRequest, unit: Unit | None) -> AgencySettings:
    """Return who speaks on this host: the agency, or a school on its own host name."""
    agency = AgencySettings.load(request_or_site=request)
    return _as_unit(agency, unit) if unit else agency


def _as_unit(agency: AgencySettings, unit: Unit) -> AgencySettings:
    """Return a copy, never saved, that has the unit's name and contacts and names the agency above it."""
    face = copy(agency)
    face.parent_name, face.name, face.short_name = agency.name, unit.name, unit.called
    face.address, face.phone, face.email = unit.address, unit.phone, unit.email
    face.opening_hours = unit.opening_hours
    face.responsible_person = ", ".join(filter(None, (unit.head_name, unit.head_title)))
    return face
