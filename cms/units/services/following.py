"""What the search knows of units, and when it has to look again. Each receiver is one call."""

from typing import Any

from wagtail.models import Page, PageViewRestriction, Site

from cms.core.models import Unit
from cms.core.search import SearchText, index_branch, index_objects
from cms.units.models import UnitPage
from cms.units.querysets import SEARCH_KIND, everybody


def for_search() -> Any:
    """Return the units that the public may find: those of the directory."""
    return everybody().select_related("unit_page")


def search_text(unit: Unit) -> SearchText:
    """What the site's search knows of ``unit``; words of its page only while anybody may read it."""
    page = getattr(unit, "unit_page", None)
    if page is not None and not (page.live and not page.get_view_restrictions().exists()):
        page = None
    facts = [unit.short_name, unit.code, unit.get_kind_display(), unit.area, unit.address, unit.phone, unit.head_name]
    return SearchText(
        title=unit.name,
        body="\n".join(filter(None, [*facts, *(_words(page) if page else ())])),
        url=(page.url or "") if page else f"/don-vi/?q={unit.code}",
        unit_id=unit.pk,
    )


def _words(page: UnitPage) -> list[str]:
    people = [f"{person.name}, {person.position}" for person in page.people.all()]
    return [page.intro, *people, *page.body.stream_block.get_searchable_content(page.body)]


def units_below_reindex(page: Page) -> None:
    """After ``page`` was published, taken down, renamed or moved: units whose pages lie there lead elsewhere now."""
    pages = UnitPage.objects.descendant_of(page, inclusive=True)
    index_objects(kind=SEARCH_KIND, pks=pages.values_list("unit_id", flat=True))


def page_changed(instance: Page, **_rest: Any) -> None:
    """Receive Wagtail's word of a page published, taken down, renamed or moved."""
    units_below_reindex(instance)


def page_deleted(instance: UnitPage, **_rest: Any) -> None:
    """Receive word of a unit's page that is gone: the search leads to the directory again."""
    index_objects(kind=SEARCH_KIND, pks=[instance.unit_id])


def restriction_changed(instance: PageViewRestriction, **_rest: Any) -> None:
    """Receive word of a section closed or opened: the words of the pages in it are found, or no longer."""
    units_below_reindex(instance.page)


def site_changed(instance: Site, **_rest: Any) -> None:
    """A host name of its own, given or taken, changes the addresses of a unit's pages."""
    # Wagtail forgets the old names itself, but is told after us.
    Site.clear_site_root_paths_cache()
    root = UnitPage.objects.filter(pk=instance.root_page_id).first()
    if root is not None:
        index_branch(page=root)
        units_below_reindex(root)
