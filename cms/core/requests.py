"""Whose request it is."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address.

    Behind ``PROXIES`` trusted proxies it is the entry that the outermost of them wrote into
    X-Forwarded-For; everything further left is the visitor's own claim. Without proxies the header
    is ignored altogether.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.PROXIES:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(forwarded) < settings.PROXIES:
        return direct
    return forwarded[-settings.PROXIES]
