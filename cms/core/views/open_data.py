"""``/api/v1/``: open data for programs, read only; and the page that tells people what there is."""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.core.api.declared import ApiError, ApiFilter, Resource, declared
from cms.core.api.openapi import MOST, PAGE, PAGING, document
from cms.core.models import AgencySettings
from cms.core.open_data import json_answer, opened

METHODS = "GET, HEAD, OPTIONS"


class _MissingError(Exception):
    """Nothing public is there."""


def answered(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Let ``view`` return data; answer with it as JSON, 304 when the reader has it, and with errors in its shape.

    The mark of an answer is that of its bytes: whatever changes it, nobody is left with an old one.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **arguments: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return _asked_first()
        if request.method not in {"GET", "HEAD"}:
            return _refused(_("Địa chỉ này chỉ để đọc."), 405)
        try:
            response = json_answer(view(request, **arguments))
        except ApiError as refusal:
            return _refused(str(refusal), 400)
        except _MissingError:
            return _refused(_("Không có dữ liệu công khai nào ở địa chỉ này."), 404)
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        response = get_conditional_response(request, etag=etag, response=response) or response
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "public, no-cache"
        return _shared(response)

    return answer


def _shared(response: Any) -> Any:
    opened(response)
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


def _asked_first() -> HttpResponse:
    """A page of another site asks before it sends If-None-Match."""
    headers = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-None-Match"}
    return _shared(HttpResponse(status=204, headers={**headers, "Access-Control-Max-Age": "86400", "Allow": METHODS}))


def _refused(sentence: str, status: int) -> HttpResponse:
    response = json_answer({"error": sentence}, status=status)
    if status == 405:
        response.headers["Allow"] = METHODS
    return _shared(response)


@answered
def index(request: HttpRequest) -> dict[str, Any]:
    """Say what there is."""
    _known(request, ())
    agency = AgencySettings.load()
    entries = [
        *((each.name, each.label, reverse("api:items", args=[each.name])) for each in declared.resources.values()),
        *((each.name, each.label, reverse("api:report", args=[each.name])) for each in declared.reports.values()),
    ]
    return {
        "title": _("Dữ liệu mở"),
        "publisher": agency.name,
        "licence": agency.data_licence,
        "openapi": request.build_absolute_uri(reverse("api:openapi")),
        "dictionary": request.build_absolute_uri(reverse("open_data")),
        "items": [
            {"name": name, "title": str(label), "url": request.build_absolute_uri(address)}
            for name, label, address in entries
        ],
    }


@answered
def openapi(request: HttpRequest) -> dict[str, Any]:
    """Answer with the description of everything here."""
    agency = AgencySettings.load()
    base = request.build_absolute_uri(reverse("api:index")).rstrip("/")
    return document(base=base, publisher=agency.name, licence=agency.data_licence)


@answered
def items(request: HttpRequest, name: str) -> dict[str, Any]:
    """Answer with a page of a list, the newest rows first, and the address of the next."""
    resource = _resource(name)
    asked = _known(request, (*resource.filters, *PAGING))
    after, size = _place(asked), min(MOST, asked.get("moi-trang", PAGE))
    rows = resource.rows().order_by("-pk")
    rows = rows.filter(**{each.lookup: asked[each.name] for each in resource.filters if each.name in asked})
    found = list((rows.filter(pk__lt=after) if after else rows)[: size + 1])
    following = None
    if len(found) > size:
        query = request.GET.copy()
        query["sau"] = str(found[size - 1].pk)
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return {"items": [resource.record(row, request.build_absolute_uri) for row in found[:size]], "next": following}


@answered
def item(request: HttpRequest, name: str, key: str) -> dict[str, Any]:
    """Answer with one row; private and unknown are one and the same."""
    resource = _resource(name)
    _known(request, ())
    row = resource.rows().filter(**{resource.key[1]: key}).first() if re.fullmatch(resource.pattern, key) else None
    if row is None:
        raise _MissingError
    return resource.record(row, request.build_absolute_uri)


@answered
def report(request: HttpRequest, name: str) -> dict[str, Any]:
    """Answer with figures."""
    found = declared.reports.get(name)
    if found is None:
        raise _MissingError
    _names(request, found.filters)
    return found.read(request.GET, request.build_absolute_uri)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Tell people what there is, what every field means, and how a program asks for it."""
    agency = AgencySettings.load()
    entries = [
        {
            "id": each.name if isinstance(each, Resource) else f"so-lieu-{each.name}",
            "item": each,
            "url": request.build_absolute_uri(
                reverse("api:items" if isinstance(each, Resource) else "api:report", args=[each.name])
            ),
            "filters": (*each.filters, *PAGING) if isinstance(each, Resource) else each.filters,
            "files": [(file.address(), file.label, file.kind) for file in each.files],
        }
        for each in declared
    ]
    context = {
        "entries": entries,
        "licence": agency.data_licence,
        "openapi_url": request.build_absolute_uri(reverse("api:openapi")),
        "shared": {"title": _("Dữ liệu mở"), "text": ""},
    }
    return render(request, "pages/core/open_data.html", context)


def _resource(name: str) -> Resource:
    found = declared.resources.get(name)
    if found is None:
        raise _MissingError
    return found


def _names(request: HttpRequest, filters: Iterable[ApiFilter]) -> None:
    """Refuse a parameter that nothing reads: a filter with a slip in its name would hand out everything."""
    unknown = sorted(set(request.GET) - {each.name for each in filters})
    if unknown:
        raise ApiError(_("Không có tham số “%(name)s” ở địa chỉ này.") % {"name": unknown[0][:40]})


def _known(request: HttpRequest, filters: Iterable[ApiFilter]) -> dict[str, Any]:
    filters = tuple(filters)
    _names(request, filters)
    typed = {each: request.GET.get(each.name, "") for each in filters if each.name != "sau"}
    asked = {each.name: each.read(value) for each, value in typed.items() if value}
    return {**asked, "sau": request.GET.get("sau", "")}


def _place(asked: dict[str, Any]) -> int:
    typed = asked["sau"]
    if typed and not re.fullmatch(r"[0-9]{1,18}", typed, re.ASCII):
        raise ApiError(_("Không đọc được “sau”: hãy dùng địa chỉ ở mục next."))
    return int(typed or 0)
