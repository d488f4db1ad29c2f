"""Headers that every answer carries, errors and files included."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from cms.core.permissions.doors import door_of, may_pass

# Kinds of text that shrink to a fifth.
COMPRESSED = ("text/", "application/atom+xml", "application/json", "application/xml", "image/svg+xml")
_NUL, _UNREADABLE = re.compile("%00|\0"), "\N{REPLACEMENT CHARACTER}"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class HeadersMiddleware:
    """Add what Django has no setting for, and keep answers about a person out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # The older header knows no list of sites; where a view names some, the policy alone speaks.
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        private = response.cookies or response.status_code >= 400 or settings.SESSION_COOKIE_NAME in request.COOKIES
        # Seconds that the frame of a public page holds; whoever drew it knows (cms.home.notices).
        fresh = getattr(request, "fresh_for", None)
        if private:
            response.headers.setdefault("Cache-Control", "private, no-store")
        elif fresh is not None and request.method in {"GET", "HEAD"}:
            response.headers.setdefault("Cache-Control", f"public, max-age={fresh}")
        return response


class PublicGZipMiddleware(GZipMiddleware):
    """Compress what everybody reads. What is one person's own (forms, receipts, the admin) leaves as it is.

    A secret beside words that a stranger may choose can be guessed from the length of a compressed answer (BREACH);
    Django's random padding makes that slow, not compressing such answers makes it impossible.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave alone what a cache must not keep either, and what is no text: pictures, videos, parts of files."""
        kept = response.headers.get("Cache-Control", "")
        own = response.cookies or "no-store" in kept or "private" in kept
        text = response.headers.get("Content-Type", "").startswith(COMPRESSED)
        if own or not text or response.streaming or response.status_code != HTTPStatus.OK:
            return response
        return super().process_response(request, response)


class PlainAddressMiddleware:
    """Keep the one character that a database refuses out of addresses: PostgreSQL has no text with NUL in it.

    In its place stands the sign for what cannot be read, so that whoever asks is told as of any other slip.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path = request.path.replace("\0", _UNREADABLE)
        request.path_info = request.path_info.replace("\0", _UNREADABLE)
        if _NUL.search(query := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = _NUL.sub(quote(_UNREADABLE), query)
        return self.get_response(request)


class SizeMiddleware:
    """Refuse what is larger than any form of the house before a byte of it is kept on the disk.

    Django has no bound for files; a form's own bounds are asked only when everything has arrived.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if length.isdecimal() and int(length[:18]) > self.limit(request, int(length[:18])):
            return render(request, "errors/413.html", status=413)
        return self.get_response(request)

    @staticmethod
    def limit(request: HttpRequest, length: int) -> int:
        """How large ``request`` may be: videos are sent by officers alone, and who asks is looked up only for them."""
        large = length > settings.LARGEST_REQUEST and request.path.startswith(reverse("wagtailadmin_home"))
        return settings.LARGEST_ADMIN_REQUEST if large and request.user.is_authenticated else settings.LARGEST_REQUEST


def answer_fault(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Answer two faults of Wagtail's views: a form without its fields, a row that others need."""
    if isinstance(error, MultiValueDictKeyError):
        return bad_request(request, error)
    if isinstance(error, ProtectedError | RestrictedError):
        messages.error(request, _("Không xóa được: còn nơi đang dùng mục này."))
        return redirect(request.path)
    return None


# They show the title of any page whose number is named; the hooks of the list are not asked about it.
CHOOSERS = frozenset({"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"})
_HOME_DEPTH = 2


def _may_be_shown(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    """Say whether every page that a chooser is asked about by number is one that its list would offer this officer."""
    named = [str(arguments[name]) for name in ("parent_page_id",) if name in arguments] or request.GET.getlist("id")
    keys = {key for key in named if key.isascii() and key.isdecimal() and len(key) < 10}
    asked = Page.objects.filter(pk__in=keys, depth__gt=_HOME_DEPTH)
    offered = asked
    for hook in hooks.get_hooks("construct_page_chooser_queryset"):
        offered = hook(offered, request)
    return not request.user.is_authenticated or offered.count() == asked.count()


class AdminPolicyMiddleware:
    """Give the admin, and only the admin, the policy its rich-text editor and preview need; guard its side doors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def process_view(
        self, request: HttpRequest, _view: Callable, _args: tuple[Any, ...], arguments: dict[str, Any]
    ) -> HttpResponse | None:
        """Close the admin's side doors; a stranger is sent to the log-in by Wagtail itself."""
        match = request.resolver_match
        if match and match.view_name in CHOOSERS and not _may_be_shown(request, arguments):
            raise Http404
        door = door_of(match.view_name, arguments) if match else None
        # Who asks is looked up only at a door: on a public page it would mark the answer as personal.
        if door is None or not request.user.is_authenticated:
            return None
        return None if may_pass(request.user, door) else permission_denied(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn faults of Wagtail's views into answers."""
        return answer_fault(request, error) if request.path.startswith(self.prefix) else None

    @cached_property
    def prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_replace = settings.ADMIN_CSP
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif getattr(request, "in_preview_panel", False):
            response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response
