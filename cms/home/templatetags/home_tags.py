"""The frame around every page: menus and notices; and the year pages, for pages of other apps."""

from typing import Any

from django import template

from cms.home.menus import Menus, menus_for
from cms.home.models import ReformYearPage, SiteNotice
from cms.home.notices import notices_for

register = template.Library()


@register.simple_tag(takes_context=True)
def site_menus(context) -> Menus:
    """The menus of this place, asked for once a page; on a unit's pages its own where it has any."""
    request = context.get("request")
    if request is None:
        return {}
    preview = context.get("preview_menu")
    unit_id = preview.unit_id if preview else _unit_of(context)
    return menus_for(request, unit_id=unit_id, instead=preview)


@register.simple_tag(takes_context=True)
def site_notices(context) -> list[SiteNotice]:
    """Notices that stand above this page at this minute; in a preview the one that is being written."""
    if preview := context.get("preview_notice"):
        return [preview]
    page = context.get("page")
    units = {_unit_of(context), getattr(page, "owner_unit_id", None)} - {None}
    return notices_for(context.get("request"), page, units)


def _unit_of(context: Any) -> int | None:
    """The unit on whose pages the reader is: its page says so, or an own view by ``frame_unit_id``."""
    return context.get("frame_unit_id") or getattr(context.get("page"), "frame_unit_id", None)


@register.simple_tag
def reform_years() -> list[ReformYearPage]:
    """Return the public year pages of administrative reform, the latest first; an empty list when there are none."""
    return list(ReformYearPage.objects.readable().newest().defer_streamfields())
