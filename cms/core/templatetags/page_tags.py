"""The furniture of a page: what machines read of it, how to hand it on, what lies before, after and beside it."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.core.paginator import Page as ListPage
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Page

from cms.core.models import AgencySettings, BasePage
from cms.core.pictures import renditions_of
from cms.core.templatetags.component_tags import PAGE_PARAM, way_back

register = template.Library()

# These end a script element or begin another sign language inside it; as \u… they are the same text.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.inclusion_tag("components/page_head.html", takes_context=True)
def page_head(context) -> dict[str, Any]:
    """Canonical address, what a shared link shows, the feed of a list and the page as data.

    For ``page`` of the context; the view may give ``shared`` with ``title``, ``text`` and ``feed``, and one that is
    no page with ``data`` (what it is in the words of schema.org). Nothing for what search engines leave out.
    """
    request = context.get("request")
    if request is None or context.get("noindex"):
        return {}
    page = context.get("page")
    shared = context.get("shared") or {}
    address = page_address(context)
    agency = context.get("agency")
    return {
        "address": address,
        "site_name": agency.name if agency else "",
        "title": shared.get("title") or (page and (page.seo_title or page.title)) or "",
        "text": shared.get("text") or (page and (page.search_description or getattr(page, "summary", ""))) or "",
        "kind": "article" if shared.get("data") or getattr(page, "is_rated", False) else "website",
        "picture": _share_picture(page, request),
        "feed": shared.get("feed") or _feed(page),
        "data": ld_script({"@context": "https://schema.org", **shared["data"]})
        if "data" in shared
        else json_ld(context),
    }


@register.simple_tag(takes_context=True)
def page_address(context) -> str:
    """The one address that stands for this page, with scheme and host.

    Each page of a list is one of its own, if the list goes so far; so is a part of it that the page names in
    ``own_query`` of its context.
    Whatever else stands behind the question mark changes nothing.
    """
    request, page = context.get("request"), context.get("page")
    if request is None:
        return ""
    # Not the address of this host but the page's own: a school's page is reached on the portal too.
    address = page.full_url if _is_stored(page) else ""
    query = dict(context.get("own_query") or {})
    # By its type: asking a lazy form token what it is would make one, and a cookie with it.
    shown = next((value for value in context.flatten().values() if issubclass(type(value), ListPage)), None)
    if shown and shown.number > 1:
        query[PAGE_PARAM] = str(shown.number)
    return (address or request.build_absolute_uri(request.path)) + (f"?{urlencode(query)}" if query else "")


@register.simple_tag(takes_context=True)
def json_ld(context) -> SafeString:
    """What the page is, in the words of schema.org, for machines; data, so the policy against scripts lets it be.

    ``BasePage.json_ld`` says what it is; address, language, picture, publisher and the way back are added here.
    """
    request, page = context.get("request"), context.get("page")
    if request is None or not _is_stored(page) or not isinstance(page, BasePage):
        return SafeString("")
    graph = [_described(context, page, request), _agency(context, page, request), _crumbs(page, request)]
    graph = [part for part in graph if part]
    return ld_script({"@context": "https://schema.org", "@graph": graph}) if graph else SafeString("")


def ld_script(data: Mapping[str, Any]) -> SafeString:
    """Return ``data`` as a script element of data; no text in it can end the element."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above


@register.inclusion_tag("components/page_tools.html", takes_context=True)
def page_tools(context, page: Page | None = None, title: str = "", feed: str = "") -> dict[str, Any]:
    """Copy the address, send it on, print: plain links, and buttons that appear with script.

    Args:
        context: of the template.
        page: whose address and title; else the page of the context.
        title: for what is no page.
        feed: address of the Atom feed, where the page does not say.

    """
    page = page or context.get("page")
    title = title or (page.title if page else "")
    address = page_address(context)
    return {
        "address": address,
        "title": title,
        "mail": f"mailto:?{urlencode({'subject': title, 'body': address}, quote_via=quote)}",
        "facebook": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}",
        "zalo": f"https://zalo.me/share?{urlencode({'url': address})}",
        "feed": feed or _feed(page),
    }


@register.inclusion_tag("components/neighbours.html")
def neighbours(page: BasePage) -> dict[str, Any]:
    """Links to what comes before and after ``page`` in its list."""
    before, after = page.neighbour_pages() if _is_stored(page) else (None, None)
    return {"before": before, "after": after}


@register.inclusion_tag("components/related_pages.html")
def related_pages(page: BasePage, heading: str = "") -> dict[str, Any]:
    """Pages on the same matter; nothing when there are none."""
    return {"pages": page.related_pages() if _is_stored(page) else [], "heading": heading}


def _is_stored(page: Any) -> bool:
    """A page that is being written for the first time has no place yet, and so no address."""
    return page is not None and bool(getattr(page, "path", ""))


def _feed(page: Any) -> str:
    name = getattr(page, "feed_name", "")
    return reverse(name) if name else ""


def _share_picture(page: Any, request: HttpRequest) -> dict[str, Any] | None:
    """Return address, size and words of the picture a shared link shows; None without one, or without its file."""
    if page is None:
        return None
    if not hasattr(page, "_share_picture"):
        image = getattr(page, "share_picture", None)
        made = next(iter(renditions_of(image, "share").values()), None)
        facts = made and {
            "url": request.build_absolute_uri(made.url),
            "width": made.width,
            "height": made.height,
            "alt": getattr(image, "description", ""),
        }
        page._share_picture = facts
    return page._share_picture


def _described(context: Any, page: BasePage, request: HttpRequest) -> dict[str, Any]:
    described = page.json_ld(request)
    if not described:
        return {}
    address = page_address(context)
    picture = _share_picture(page, request)
    common = {"@id": address, "url": address, "inLanguage": "vi", "publisher": {"@id": _agency_id(request)}}
    return {**common, **({"image": [picture["url"]]} if picture else {}), **described}


def _agency(context: Any, page: BasePage, request: HttpRequest) -> dict[str, Any]:
    agency: AgencySettings = context.get("agency") or AgencySettings.load(request_or_site=request)
    whole = page.depth == 2
    short = {"@type": "GovernmentOrganization", "name": agency.name}
    return {"@id": _agency_id(request), **(agency.json_ld() if whole else short), "url": _root(request)}


def _crumbs(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    steps = [(title, request.build_absolute_uri(url)) for title, url in way_back(page, request)]
    if not steps:
        return {}
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": url}
            for place, (title, url) in enumerate([*steps, (page.title, page.get_full_url(request))], start=1)
        ],
    }


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _agency_id(request: HttpRequest) -> str:
    return f"{_root(request)}#co-quan"
