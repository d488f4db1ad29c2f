"""From what editors wrote to what a reader sees: links resolved, what is gone left out, where one is marked.

Page items are resolved together: two statements for all menus of a page, whatever they hold; a third for lists
of child pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wagtail.models import Page, Site

from cms.core.querysets.pages import outside_closed_sections
from cms.home.enums import MenuPlace
from cms.home.models import Menu
from cms.home.models.menu import LINK, SECTION

MOST_CHILDREN = 12


@dataclass(frozen=True)
class MenuLink:
    """A link as it is drawn. ``current`` is the value of aria-current: page, true (inside it) or nothing."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class MenuColumn:
    title: str
    links: tuple[MenuLink, ...]


@dataclass(frozen=True)
class MenuItem:
    """One item: a link, or a title that opens links or columns; ``url`` is then the page of the title, if any."""

    title: str
    url: str = ""
    current: str = ""
    links: tuple[MenuLink, ...] = ()
    columns: tuple[MenuColumn, ...] = ()

    @property
    def opens(self) -> bool:
        return bool(self.links or self.columns)


Menus = dict[str, list[MenuItem]]


def menus_for(request: HttpRequest, *, unit_id: int | None = None, instead: Menu | None = None) -> Menus:
    """Return the items by place: ``main``, ``utility``, ``footer``.

    Args:
        request: whose site and path count.
        unit_id: the unit on whose pages the reader is.
        instead: a menu that is being previewed; it takes the place of the published one.

    """
    site = Site.find_for_request(request)
    if site is None:
        return {place: [] for place in MenuPlace.values}
    rows = {menu.place: menu for menu in Menu.objects.shown_on(site, unit_id)}
    if instead is not None:
        rows[instead.place] = instead
    raw = {place: list(menu.items.raw_data) for place, menu in rows.items()}
    pages = _Pages(request, site)
    pages.load(value for items in raw.values() for value in items)
    menus = {place: [each for each in map(pages.item, raw.get(place, [])) if each] for place in MenuPlace.values}
    if MenuPlace.MAIN not in rows:
        menus[MenuPlace.MAIN] = pages.sections()
    return menus


@dataclass
class _Pages:
    """The pages that the items name, as this reader may see them."""

    request: HttpRequest
    site: Site
    pages: dict[int, Page] = field(default_factory=dict)
    children: dict[int, list[Page]] = field(default_factory=dict)

    def load(self, items: Iterable[Mapping[str, Any]]) -> None:
        items = list(items)
        wanted = {page for item in items for page in _page_ids(item["value"])}
        if wanted:
            self.pages = _readable().in_bulk(wanted)
        parents = [
            self.pages[item["value"]["heading"]["page"]]
            for item in items
            if item["type"] == SECTION
            and item["value"].get("children_of_page")
            and item["value"]["heading"].get("page") in self.pages
        ]
        if not parents:
            return
        below = Q()
        for parent in parents:
            below |= Q(path__startswith=parent.path, depth=parent.depth + 1)
        by_path = {parent.path: parent.pk for parent in parents}
        for child in _readable().filter(below, show_in_menus=True).order_by("path"):
            self.children.setdefault(by_path[child.path[: -Page.steplen]], []).append(child)

    def item(self, raw: Mapping[str, Any]) -> MenuItem | None:
        """Return the item as it shows; None when nothing of it is left."""
        value = raw["value"]
        if raw["type"] == LINK:
            link = self.link(value)
            return MenuItem(link.title, link.url, link.current) if link else None
        heading = self.heading(value["heading"])
        if raw["type"] == SECTION:
            links = (*self.links(value["links"]), *self.child_links(value))
            columns: tuple[MenuColumn, ...] = ()
            inside = links
        else:
            links = ()
            made = (MenuColumn(each["title"], self.links(each["links"])) for each in _values(value["columns"]))
            columns = tuple(column for column in made if column.links)
            inside = tuple(link for column in columns for link in column.links)
        if not inside:
            # A page whose list has become empty is still a page.
            return heading if heading and heading.url else None
        if not heading:
            return None
        current = heading.current or (next((link.current for link in inside if link.current), "") and "true")
        return MenuItem(heading.title, heading.url, current, links, columns)

    def link(self, value: Mapping[str, Any]) -> MenuLink | None:
        title = (value.get("title") or "").strip()
        if value.get("page"):
            page = self.pages.get(value["page"])
            return self.page_link(page, title) if page else None
        url = value.get("url") or ""
        return MenuLink(title, url, self.current(url)) if title and url else None

    def links(self, raw: Iterable[Any]) -> tuple[MenuLink, ...]:
        return tuple(link for link in map(self.link, _values(raw)) if link)

    def child_links(self, value: Mapping[str, Any]) -> list[MenuLink]:
        children = self.children.get(value["heading"].get("page"), []) if value.get("children_of_page") else []
        return [link for link in map(self.page_link, children[:MOST_CHILDREN]) if link]

    def heading(self, value: Mapping[str, Any]) -> MenuItem | None:
        if link := self.link(value):
            return MenuItem(link.title, link.url, link.current)
        title = (value.get("title") or "").strip()
        # A page that is gone takes its list with it; words alone stay.
        return MenuItem(title) if title and not value.get("page") else None

    def page_link(self, page: Page, title: str = "") -> MenuLink | None:
        url = page.get_url(self.request, self.site)
        return MenuLink(title or page.title, url, self.current(url)) if url else None

    def sections(self) -> list[MenuItem]:
        """Return the sections below the home page: the main menu of a site for which nobody has written one."""
        root = self.site.root_page
        found = _readable().child_of(root).filter(show_in_menus=True).order_by("path")
        links = (self.page_link(page) for page in found)
        return [MenuItem(link.title, link.url, link.current) for link in links if link]

    def current(self, url: str) -> str:
        path = self.request.path
        if url == path:
            return "page"
        return "true" if url not in {"", "/"} and url.startswith("/") and path.startswith(url) else ""


def _readable() -> Any:
    return Page.objects.live().filter(outside_closed_sections())


def _values(raw: Iterable[Any]) -> Iterator[Any]:
    """Values of a list block, in the form that Wagtail stores now and in the one of rows made by hand."""
    for each in raw:
        yield each["value"] if isinstance(each, Mapping) and each.get("type") == "item" else each


def _page_ids(value: Any) -> Iterator[int]:
    """Every page that a raw value names, however deep."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name == "page" and isinstance(each, int):
                yield each
            else:
                yield from _page_ids(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _page_ids(each)
