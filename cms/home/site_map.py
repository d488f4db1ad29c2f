"""The map of the site, for people and for machines.

For people its sections and pages as a tree, long lists by their index alone; for machines every page.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.http import HttpRequest

from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from cms.core.models import BasePage
from cms.core.querysets.pages import outside_closed_sections
from cms.internal.models import ClosedPage

# Levels below the home page; what lies deeper is found on its own page.
DEPTH = 4
MOST_PAGES = 1000


class PageSitemap(Sitemap):
    """Every page that anybody may read. Address and day stand in the common table: no table of a type is asked."""

    def items(self) -> PageQuerySet:
        pages = self.get_wagtail_site().root_page.get_descendants(inclusive=True).live()
        return pages.filter(outside_closed_sections()).not_type(*ClosedPage.__subclasses__()).order_by("path")


@dataclass
class Branch:
    title: str
    url: str
    branches: list["Branch"] = field(default_factory=list)


def map_of(request: HttpRequest) -> list[Branch]:
    """Return the tree of what anybody may read below the home page of the site; one statement."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    root = site.root_page
    pages = Page.objects.live().descendant_of(root).filter(outside_closed_sections(), depth__lte=root.depth + DEPTH)
    pages = pages.not_exact_type(*_entry_types()).order_by("path")
    top: list[Branch] = []
    above: dict[str, Branch] = {}
    for page in pages[:MOST_PAGES]:
        branch = Branch(page.title, page.get_url(request, site) or "")
        parent = page.path[: -Page.steplen]
        if parent == root.path:
            top.append(branch)
        elif parent in above:
            above[parent].branches.append(branch)
        else:
            # What lies in a draft or behind a log-in is not on the map either.
            continue
        above[page.path] = branch
    return top


def _entry_types() -> list[type[BasePage]]:
    """The page types of which there are thousands: news, documents, plans."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and not model.in_site_map]
