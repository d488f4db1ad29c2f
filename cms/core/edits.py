"""One hand at a time on a page or a snippet that editors work on.

Wagtail reads the row, checks the form and writes the row back, each in its own time. Two requests for one page (an
autosave beside “Duyệt”, two presses, two approvers) overlap then, and the one that had read the page before its
publication writes it back unpublished. Here the row is held from before it is read until all is written (ADR 0027).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from wagtail.models import DraftStateMixin, Page

from cms.core.middleware import answer_fault

# Names of the addresses that write one thing; previews and pings write none.
WRITING = frozenset({"edit", "revisions_revert", "revisions_unschedule", "unpublish", "workflow_action"})
PRESSED = ("action-workflow-action", "action-publish", "action-submit", "action-restart-workflow")


class OneHandMiddleware:
    """Let requests that write the same page or snippet wait for one another; stands last, behind every other check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple[Any, ...], arguments: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer requests that write one thing; all others go their way."""
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        held = edited(request, view, arguments)
        # Strangers are sent away by the view, and hold nothing up meanwhile.
        if held is None or not request.user.is_authenticated:
            return None
        if not request.accepts("text/html") and any(name in request.POST for name in PRESSED):
            return refused()
        try:
            with transaction.atomic():
                hold(*held)
                return view(request, *args, **arguments)
        except (MultiValueDictKeyError, ProtectedError, RestrictedError) as error:
            return answer_fault(request, error)
        except ValidationError as error:
            # A version that may not become public, however it was asked for; all that was written is undone.
            if "page_id" not in arguments:
                raise
            messages.error(request, " ".join(error.messages))
            return turned_back(request, reverse("wagtailadmin_pages:edit", args=[arguments["page_id"]]))


def edited(request: HttpRequest, view: Callable, arguments: dict[str, Any]) -> tuple[type[Model], Any] | None:
    """Return what ``request`` would write, as a model and a key."""
    if request.resolver_match is None or request.resolver_match.url_name not in WRITING:
        return None
    if "page_id" in arguments:
        return Page, arguments["page_id"]
    model = getattr(view, "view_initkwargs", {}).get("model")
    if not isinstance(model, type) or not issubclass(model, DraftStateMixin) or "pk" not in arguments:
        return None
    return model, arguments["pk"]


def hold(model: type[Model], key: Any) -> None:
    """Keep one row of ``model`` to ourselves until the transaction ends.

    A model that stands behind another in its app's order of locks says so by a method ``hold()``, which takes what
    comes first; the row itself is read again by whoever asks for it afterwards.
    """
    if hasattr(model, "hold") and (thing := model._base_manager.order_by().filter(pk=key).first()):
        thing.hold()
    list(model._base_manager.order_by().select_for_update(no_key=True).filter(pk=key).values_list("pk"))


def turned_back(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to ``address``, where the message waits; a window in the page is told in its own manner."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": address})
    return redirect(address)


def refused() -> JsonResponse:
    """Tell the autosave of a page that somebody has pressed a button meanwhile."""
    words = _("Đang gửi quyết định của bạn nên không tự lưu nữa.")
    told = {"success": False, "error_code": "blocked_by_hook", "error_message": words}
    return JsonResponse(told, status=HTTPStatus.CONFLICT)
