"""Headers that every answer carries, errors and files included."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from wagtail.admin.auth import permission_denied

from cms.core.permissions.doors import door_of, may_pass

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
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        private = response.cookies or response.status_code >= 400 or settings.SESSION_COOKIE_NAME in request.COOKIES
        if private and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class SizeMiddleware:
    """Refuse what is larger than any form of the house before a byte of it is kept on the disk.

    Django has no bound for files; a form's own bounds are asked only when everything has arrived.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if length.isdecimal() and int(length[:18]) > settings.LARGEST_REQUEST:
            return render(request, "errors/413.html", status=413)
        return self.get_response(request)


class AdminPolicyMiddleware:
    """Give the admin, and only the admin, the policy its rich-text editor and preview need; guard its side doors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def process_view(
        self, request: HttpRequest, _view: Callable, _args: tuple[Any, ...], arguments: dict[str, Any]
    ) -> HttpResponse | None:
        """Close the admin's side doors; a stranger is sent to the log-in by Wagtail itself."""
        match = request.resolver_match
        door = door_of(match.view_name, arguments) if match else None
        # Who asks is looked up only at a door: on a public page it would mark the answer as personal.
        if door is None or not request.user.is_authenticated:
            return None
        return None if may_pass(request.user, door) else permission_denied(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn two faults of Wagtail's views into answers: a form without its fields, a row that others need."""
        if not request.path.startswith(self.prefix):
            return None
        if isinstance(error, MultiValueDictKeyError):
            return bad_request(request, error)
        if isinstance(error, ProtectedError | RestrictedError):
            messages.error(request, _("Không xóa được: còn nơi đang dùng mục này."))
            return redirect(request.path)
        return None

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
