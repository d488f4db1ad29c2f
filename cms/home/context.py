"""What the frame of every public page shows: the agency, the menu, today."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site

from cms.core.models import AgencySettings


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    current: bool


def site_frame(request: HttpRequest) -> dict[str, object]:
    """Return lazy values: a template that does not show the frame (the admin, a file) asks nothing of the database."""
    agency = SimpleLazyObject(lambda: AgencySettings.load(request_or_site=request))
    return {
        "agency": agency,
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "today": SimpleLazyObject(timezone.localdate),
        "is_demo": SimpleLazyObject(lambda: agency.has_sample_data),
    }


def _menu(request: HttpRequest) -> list[MenuItem]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = site.root_page.get_children().live().public().in_menu()
    items = [(page.title, page.get_url(request, site) or "/") for page in pages]
    return [MenuItem(title, url, request.path.startswith(url)) for title, url in items]
