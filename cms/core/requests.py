"""Whose request it is, and whether a person asks."""

import re
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

_MACHINE = re.compile(
    r"(?<!cu)bots?\b|crawl|spider|slurp|archiv|preview|facebookexternalhit|whatsapp|monitor|uptime|lighthouse|headless"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|scrapy|httpclient|feed|fetch|scan|validator",
    re.IGNORECASE,
)
# What one household or one telephone is given whole; its single addresses change at will.
_HOUSEHOLD = 64  # bits
_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:\d+)?|(?P<v4>[\d.]+):\d+")


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as the limits count it: of IPv6 the beginning that one household shares.

    Behind ``PROXIES`` trusted proxies it is the entry that the outermost of them wrote into
    X-Forwarded-For; everything further left is the visitor's own claim. Without proxies the header
    is ignored altogether. What is no address counts as missing: the connection's address then stands.
    """
    stated = str(request.META.get("REMOTE_ADDR") or "")
    direct = _spelled(stated) or stated
    if not settings.PROXIES:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(forwarded) < settings.PROXIES:
        return direct
    return _spelled(forwarded[-settings.PROXIES]) or direct


def is_person(request: HttpRequest) -> bool:
    """Say whether a person seems to ask: no program that names itself, nothing fetched before anybody wants it."""
    asked = request.headers
    agent = asked.get("User-Agent", "")
    ahead = "prefetch" in f"{asked.get('Sec-Purpose', '')} {asked.get('Purpose', '')} {asked.get('X-Moz', '')}".lower()
    return bool(request.method == "GET" and agent and not _MACHINE.search(agent) and not ahead)


def begins_download(request: HttpRequest) -> bool:
    """Say whether a person takes a file with this request: a cut download that goes on was counted when it began."""
    part = request.headers.get("Range", "").replace(" ", "").lower()
    return is_person(request) and (not part or part.startswith("bytes=0-"))


def is_reader(request: HttpRequest) -> bool:
    """Say whether a person seems to be looking at a page of this site that asked for this little file.

    Programs that name themselves, pages fetched before anybody wants them, and what other sites ask for are none.
    A browser that says nothing of where it asks from, as old phones do, is believed.
    """
    asked = request.headers
    here = asked.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    as_picture = asked.get("Sec-Fetch-Dest", "image") == "image"
    return is_person(request) and here and as_picture


def _spelled(entry: str) -> str:
    """Return the one spelling of an address, without the port some proxies add; empty when it is none.

    Whoever has one IPv6 address has 2^64 of them, so of these only the common beginning is told.
    """
    if match := _WITH_PORT.fullmatch(entry):
        entry = match["v6"] or match["v4"]
    try:
        address = ip_address(entry)
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _HOUSEHOLD), strict=False).network_address)


def is_own_form(request: HttpRequest) -> bool:
    """Say whether the browser vouches that this request comes from a page of the same site.

    For forms on pages that every reader gets the same copy of, and that can therefore hold no token. Browsers send
    Origin with every form; scripts of other sites can neither forge nor drop it.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
