"""Open311 GeoReport v2 in JSON and XML: what is published for all, sending for those who hold a key."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cms.core.models import AgencySettings, Unit
from cms.core.open_data import opened
from cms.core.requests import client_address
from cms.core.services.limits import limit_hit, limit_peek
from feedback.api.attributes import definition_of
from feedback.api.open311 import Asked, Open311Error, as_xml, asked_for, discovery, request_of, service_of
from feedback.api.sending import arrival_of, read_request
from feedback.models import ApiKey, Category, ExtraQuestion, PublicCase
from feedback.querysets import PublicCaseQuerySet
from feedback.services.api_keys import api_case_submit, api_key_find, api_reference_of

# The standard's validators compare these letter by letter: no charset behind them.
TYPES = {"json": "application/json", "xml": "text/xml"}
READING = ("GET", "HEAD")
Answer = tuple[str, str, Any]
# What a request may be that cannot be read at all.
LONGEST_MARK = 200
_UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, LookupError, UnicodeError)


def spoken(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """Let ``view`` return root, item and data; answer with them in the asked format, and with errors alike.

    Reading is open to pages of every site; ``requests`` alone takes something in, and what it answers is the sender's.
    """
    allowed = (*READING, "POST") if view.__name__ == "requests" else READING

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, extension: str, **arguments: str) -> HttpResponse:
        try:
            if request.method not in allowed:
                raise Open311Error(405, _("Địa chỉ này chỉ để đọc."))
            status, headers, (root, item, data) = 200, {}, view(request, **arguments)
        except Open311Error as error:
            status, root, item = error.code, "errors", "error"
            headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
            data = [{"code": error.code, "description": str(message)} for message in error.messages]
        words = as_xml(root, item, data) if extension == "xml" else json.dumps(data, ensure_ascii=False)
        response = HttpResponse(words, status=status, content_type=TYPES[extension], headers=headers)
        if status == 405:
            response.headers["Allow"] = ", ".join(allowed)
        if request.method in READING:
            opened(response)
        else:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


@spoken
def discover(request: HttpRequest) -> Answer:
    """Say where the interface is."""
    base = request.build_absolute_uri(reverse("open311:services", args=["json"]).removesuffix("services.json"))
    agency = AgencySettings.load()
    contact = ", ".join(filter(None, (agency.name, agency.phone, agency.email)))
    return "discovery", "", discovery(base.rstrip("/"), contact)


@spoken
def services(_request: HttpRequest) -> Answer:
    """List the fields of work that a request may be about."""
    return "services", "service", [service_of(row) for row in Category.objects.active().in_order()]


@spoken
def definition(_request: HttpRequest, code: str) -> Answer:
    """Say what one field of work asks beside the text."""
    category = Category.objects.active().filter(code=code).first()
    if category is None:
        raise Open311Error(404, _("Không có lĩnh vực này."))
    questions = ExtraQuestion.objects.of_service(category)
    units = Unit.objects.active().taking_cases().in_order()
    return "service_definition", "", definition_of(category, questions, units)


@spoken
def requests(request: HttpRequest) -> Answer:
    """List published cases by the filters of the standard; take a new one in by POST, with a key."""
    if request.method == "POST":
        return _take(request)
    asked = asked_for(request.GET, timezone.localdate())
    first = (asked.page - 1) * asked.size
    rows = _rows(asked).newest().with_list_data()[first : first + asked.size]
    return "service_requests", "request", [request_of(row) for row in rows]


@spoken
def single(_request: HttpRequest, reference: str) -> Answer:
    """Return one published case, as a list of one; private and unknown are one and the same."""
    row = PublicCase.objects.public().with_list_data().filter(reference=reference).first()
    if row is None:
        raise Open311Error(404, _("Không có phản ánh công khai nào mang mã này."))
    return "service_requests", "request", [request_of(row)]


@spoken
def token(_request: HttpRequest, token: str) -> Answer:
    """Return which case came of a request that was sent; the token is known to its sender alone."""
    reference = api_reference_of(token)
    if not reference:
        raise Open311Error(404, _("Không có phản ánh nào được gửi với mã này."))
    return "service_requests", "request", [{"token": token, "service_request_id": reference}]


def _take(request: HttpRequest) -> Answer:
    """Store one case, as the form would. The key is asked before a word of the case is read into a form."""
    try:
        post, uploads = request.POST, [file for each in request.FILES for file in request.FILES.getlist(each)]
    except _UNREADABLE:
        raise Open311Error(400, _("Không đọc được nội dung gửi lên. Hãy gửi dạng biểu mẫu, chữ UTF-8.")) from None
    key = _key_of(request, post.get("api_key", ""))
    verdict = limit_hit(limit="api_send", visitor=f"api key {key.pk}")
    if not verdict.allowed:
        raise Open311Error(
            429,
            _("Khóa này gửi quá nhiều trong ít phút. Đợi %(seconds)d giây rồi gửi tiếp.")
            % {"seconds": verdict.retry_after},
            retry_after=verdict.retry_after,
        )
    if uploads and not key.may_attach:
        raise Open311Error(403, _("Khóa này chưa được phép gửi kèm tệp. Hãy gửi lại không có tệp."))
    sent = read_request(post, uploads)
    mark = (request.headers.get("Idempotency-Key") or post.get("request_token", "")).strip()
    if len(mark) > LONGEST_MARK:
        raise Open311Error(400, _("Mã gửi lại (request_token) dài nhất %(most)d ký tự.") % {"most": LONGEST_MARK})
    try:
        arrival = api_case_submit(key=key, entry=sent.entry, files=sent.files, retry_token=mark)
    except ValidationError as refusal:
        raise Open311Error(400, *refusal.messages) from None
    except OSError:
        raise Open311Error(503, _("Chưa lưu được tệp, phản ánh chưa được nhận. Hãy gửi lại sau ít phút.")) from None
    return "service_requests", "request", [arrival_of(arrival)]


def _key_of(request: HttpRequest, typed: str) -> ApiKey:
    """Return the key that signs this request; whoever tries keys is stopped by their address."""
    if "api_key" in request.GET:
        raise Open311Error(
            403, _("Đừng để khóa trong địa chỉ: máy chủ nào cũng ghi lại địa chỉ. Gửi api_key cùng biểu mẫu.")
        )
    visitor = client_address(request)
    tries = limit_peek(limit="api_wrong_key", visitor=visitor)
    if not tries.allowed:
        raise Open311Error(429, _("Sai khóa quá nhiều lần. Hãy thử lại sau."), retry_after=tries.retry_after)
    key = api_key_find((request.headers.get("X-Api-Key") or typed).strip())
    if key is None:
        limit_hit(limit="api_wrong_key", visitor=visitor)
        raise Open311Error(
            403, _("Gửi phản ánh cần api_key còn hiệu lực. Người dân gửi ở trang Gửi phản ánh, không cần khóa.")
        )
    return key


def _rows(asked: Asked) -> PublicCaseQuerySet:
    rows = PublicCase.objects.public()
    if asked.references:
        return rows.filter(reference__in=asked.references)
    if "closed" not in asked.statuses:
        return rows.none()  # what is published has been answered
    rows = rows.asked_between(asked.first, asked.last)
    return rows.filter(category__code__in=asked.codes) if asked.codes else rows
