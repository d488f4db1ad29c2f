"""The answer to too many requests: 429, when to come back, and nothing lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.core.requests import client_address
from cms.core.services.limits import Verdict, limit_hit


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
