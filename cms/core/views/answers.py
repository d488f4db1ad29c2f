"""The answer to too many requests: 429, when to come back, and nothing lost; and the dot that counts readings."""

from base64 import b64decode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.core.requests import client_address, is_reader
from cms.core.services.limits import Verdict, limit_hit
from cms.core.services.readings import reading_note

# One transparent point.
_DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def too_many(request: HttpRequest, limit: str) -> HttpResponse | None:
    """Count one try of the visitor; return the page that refuses it, or None while it is within the limit."""
    verdict = limit_hit(limit=limit, visitor=client_address(request))
    return None if verdict.allowed else refused(request, verdict)


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Return the page that says when to try again."""
    response = render(request, "errors/429.html", status=429)
    response.headers["Retry-After"] = str(verdict.retry_after)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def count_reading(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer with a transparent point, and note that a page was read.

    Every page that counts shows this point. It works without scripts, and behind any cache of pages, because the
    point itself is never stored. It sets no cookie, asks nothing of the database and keeps nothing of the reader.
    """
    if is_reader(request):
        reading_note(page_id=page_id, visitor=client_address(request))
    response = HttpResponse(_DOT, content_type="image/gif")
    response.headers["Cache-Control"] = "no-store"
    return response
