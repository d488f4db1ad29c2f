"""Fixed addresses of the procedures: by code, and as files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Page

from cms.core.models import AgencySettings
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer
from procedures.api import BASE, PROCEDURES, cells, record, rows
from procedures.api.records import records
from procedures.enums import PROCEDURE_CODE
from procedures.models import ProcedurePage
from procedures.querysets import ProcedureFilters


@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a code to the page of its procedure; not kept, since the page's own address may change."""
    address = ProcedurePage.objects.addresses([code]).get(code) if PROCEDURE_CODE.fullmatch(code) else ""
    if not address:
        raise Http404
    response = redirect(address)
    response.headers["Cache-Control"] = "no-store"
    return response


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A second page of one code would have the first one's address, and an alias could not be set right."""
    if page.specific_class is not ProcedurePage:
        return None
    words = _("Mỗi mã thủ tục chỉ có một trang, nên không sao chép. Hãy tạo trang mới rồi điền mã của thủ tục ấy.")
    messages.warning(request, words)
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_safe
def procedures_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the public procedures as CSV, unless the reader has it already; the filters of the list narrow it."""
    names = [field.name for field in PROCEDURES.fields]
    found = _facts(request)

    def answer() -> HttpResponseBase:
        return csv_answer(csv_lines(names, map(cells, found)), filename="thu-tuc-hanh-chinh.csv")

    return if_changed(request, state=found, answer=answer)


@require_safe
def procedures_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the public procedures as JSON, unless the reader has it already; with a way back here (S19)."""
    return _json(request, _facts(request), "items")


@require_safe
def records_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the public procedures as whole records of the national shape, which an import takes back."""
    asked = _asked(request)
    pages = ProcedurePage.objects.readable().filtered(asked).with_record().order_by("code", "pk")
    return _json(request, records(pages, request.build_absolute_uri), "thu_tuc")


def _json(request: HttpRequest, items: list[dict], name: str) -> HttpResponseBase:
    agency, query = AgencySettings.load(), _asked(request).query

    def answer() -> HttpResponseBase:
        facts = {
            "title": _("Thủ tục hành chính"),
            "publisher": agency.name,
            "licence": agency.data_licence,
            "url": request.build_absolute_uri(f"{BASE}?{query}" if query else BASE),
            "total": len(items),
            name: items,
        }
        return json_answer(facts)

    return if_changed(request, state=[*items, agency.name, agency.data_licence], answer=answer)


def _asked(request: HttpRequest) -> ProcedureFilters:
    return ProcedureFilters.from_query(request.GET).without_words()


def _facts(request: HttpRequest) -> list[dict]:
    """Return what is sent. It is its own mark: names of fields and of cited papers stand in it as well."""
    found = rows().filtered(_asked(request)).order_by("code", "pk")
    return [record(row, request.build_absolute_uri) for row in found]
