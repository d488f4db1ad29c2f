"""A response sent twice: Back and the button once more, a page loaded again. Told as what it is, never stored twice.

The form itself carries letters that are spent when it is sent. What a browser sent is remembered in a cookie of its
own and nowhere else: a row of it would have said when an invitation was used.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from surveys.models import Survey
from surveys.services.drafts import draft_digest, form_is_sent
from surveys.views.leave import Leave, cookie_set

FORM = "to"
NEW = "moi"
_COOKIE = "khao_sat_gui"
_PATH = "/khao-sat/"
_MOST, _LETTERS = 8, 20


def form_new() -> str:
    """Return what tells one form from every other."""
    return secrets.token_urlsafe(16)


def form_of(request: HttpRequest) -> str:
    """Return what the form that is sent carries; empty for one that carries nothing."""
    return request.POST.get(FORM, "")[:64]


def is_sent_again(request: HttpRequest) -> bool:
    """Say whether this very form was sent before."""
    return request.method == "POST" and form_is_sent(form=form_of(request))


def sent_from_here(request: HttpRequest, mark: str) -> bool:
    """Say whether this browser has sent ``mark`` within a day."""
    return _short(mark) in _kept(request)


def sent_remember(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """Let the browser keep that it has sent ``mark``."""
    return _keep(response, [*(each for each in _kept(request) if each != _short(mark)), _short(mark)][-_MOST:])


def sent_forget(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """Let the browser forget it: at a counter somebody else begins."""
    kept = _kept(request)
    return _keep(response, [each for each in kept if each != _short(mark)]) if _short(mark) in kept else response


def sent_page(request: HttpRequest, survey: Survey, leave: Leave | None = None) -> HttpResponse:
    """Tell that the answer was sent already, and thank; by an open way another may be begun from there."""
    context = {"survey": survey, "again": True, "breadcrumbs": []}
    if leave is None or leave.channel is None:
        return render(request, "pages/surveys/thanks.html", context)
    if leave.is_kiosk:
        return render(request, "pages/surveys/kiosk_thanks.html", context | {"start_url": leave.url})
    return render(request, "pages/surveys/thanks.html", context | {"new_url": f"{leave.url}?{NEW}=1"})


def _short(mark: str) -> str:
    return draft_digest(f"sent {mark}")[:_LETTERS]


def _kept(request: HttpRequest) -> list[str]:
    return [each for each in request.COOKIES.get(_COOKIE, "").split(".") if each][-_MOST:]


def _keep(response: HttpResponse, marks: list[str]) -> HttpResponse:
    if not marks:
        response.delete_cookie(_COOKIE, path=_PATH, samesite="Lax")
        return response
    return cookie_set(response, _COOKIE, ".".join(marks), _PATH)
