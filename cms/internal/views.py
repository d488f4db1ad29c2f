"""Fixed addresses of internal notices: a unit's receipt, and the files. All behind the log-in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from cms.core.models import Unit
from cms.core.permissions import can
from cms.internal.models import ClosedPage, InternalNoticePage, NoticeFile
from cms.internal.permissions import user_can_open_files
from cms.internal.services.receipts import receipt_give, receipt_take_back
from cms.media.private import private_response

_LARGEST_KEY = 2**31 - 1


def _to_login(request: HttpRequest, way_back: str) -> HttpResponse:
    response = redirect_to_login(way_back, reverse("wagtailadmin_login"))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def keep_the_door(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Send a stranger from an internal page to the log-in; asked before Wagtail looks at any restriction."""
    if not isinstance(page, ClosedPage) or request.user.is_authenticated:
        return None
    return _to_login(request, request.get_full_path())


def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take “Đã đọc” of one unit."""
    return _decide(request, page_id, receipt_give, _("Đã ghi: đơn vị đã đọc thông báo."))


def take_back(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take the receipt of one unit back."""
    return _decide(request, page_id, receipt_take_back, _("Đã rút lại xác nhận của đơn vị."))


def _decide(request: HttpRequest, page_id: int, decide: Callable[..., Any], done: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return _to_login(request, "/thong-bao-noi-bo/")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    page = InternalNoticePage.objects.readable_by(request.user).filter(pk=min(page_id, _LARGEST_KEY)).first()
    if page is None:
        raise PermissionDenied
    key = request.POST.get("unit", "")
    unit = Unit.objects.filter(pk=int(key) if key.isdecimal() and len(key) < 10 else 0).first()
    if unit is None:
        messages.error(request, _("Hãy bấm nút của đơn vị cần xác nhận."))
        return redirect(page.url)
    try:
        decide(page=page, unit=unit, actor=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done)
    return redirect(page.url)


def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a file of a notice to whoever may read the notice; to others it does not exist."""
    if not request.user.is_authenticated:
        return _to_login(request, request.get_full_path())
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not can(request.user, "internal_read"):
        raise PermissionDenied
    rows = NoticeFile.objects.in_use().select_related("page")
    row = get_object_or_404(rows, pk=min(pk, _LARGEST_KEY))
    if not user_can_open_files(request.user, row.page):
        raise Http404
    return private_response(request, name=row.stored_name, filename=row.filename, content_type=row.content_type)
