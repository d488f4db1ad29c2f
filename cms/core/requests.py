"""Whose request it is."""

import re
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:\d+)?|(?P<v4>[\d.]+):\d+")


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address.

    Behind ``PROXIES`` trusted proxies it is the entry that the outermost of them wrote into
    X-Forwarded-For; everything further left is the visitor's own claim. Without proxies the header
    is ignored altogether. What is no address counts as missing: the connection's address then stands.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.PROXIES:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(forwarded) < settings.PROXIES:
        return direct
    return _spelled(forwarded[-settings.PROXIES]) or direct


def _spelled(entry: str) -> str:
    """Return the one spelling of an address, without the port some proxies add; empty when it is none."""
    if match := _WITH_PORT.fullmatch(entry):
        entry = match["v6"] or match["v4"]
    try:
        address = ip_address(entry)
    except ValueError:
        return ""
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)
