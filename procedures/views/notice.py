"""The public notice (niêm yết) of many procedures: a page to print, and the same as PDF in A4 and A3."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.models import AgencySettings
from cms.core.open_data import if_changed
from cms.core.text import format_vietnamese_date
from cms.core.views.answers import too_many
from procedures.api import BASE
from procedures.api.records import records
from procedures.enums import Audience, Level
from procedures.models import NoticeHead, ProcedureField, ProcedurePage, ReceivingPlace, notice_paper
from procedures.querysets import ProcedureFilters

ADDRESS = f"{BASE}niem-yet/"
SIZES = {"a4": "A4", "a3": "A3"}


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Show the notice of one place, level, field and audience, or of everything, to be printed."""
    asked = _asked(request)
    found = _records(request, asked)
    context = {
        "asked": asked,
        "groups": groups_of(asked),
        "facts": _facts(asked),
        "records": found,
        "day": timezone.localdate(),
        "size": request.GET.get("kho", "") if request.GET.get("kho", "") in SIZES else "a4",
        "sizes": [(size, f"{BASE}niem-yet.pdf?{_with_size(asked, size)}", name) for size, name in SIZES.items()],
        "address": request.build_absolute_uri(_address(asked)),
        "breadcrumbs": [(_("Thủ tục hành chính"), BASE)],
        "shared": {"title": _("Niêm yết thủ tục hành chính"), "text": ""},
        "noindex": bool(asked),
    }
    return render(request, "pages/procedures/notice.html", context)


@require_safe
def notice_pdf(request: HttpRequest) -> HttpResponseBase:
    """Answer with the notice as PDF, unless the reader has it already."""
    asked, size = _asked(request), SIZES.get(request.GET.get("kho", ""), "A4")
    found = _records(request, asked)
    agency = AgencySettings.load()
    day = format_vietnamese_date(timezone.localdate())
    facts = _facts(asked)

    def answer() -> HttpResponse:
        # Setting the type of seventy procedures takes a processor two seconds.
        if refusal := too_many(request, "procedures_notice"):
            return refusal
        head = NoticeHead(facts, len(found), day, request.build_absolute_uri(_address(asked)))
        response = HttpResponse(notice_paper(found, head, size=size), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="niem-yet-{size.lower()}.pdf"'
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return if_changed(request, state=[*found, facts, day, size, agency.name, agency.parent_name], answer=answer)


def _asked(request: HttpRequest) -> ProcedureFilters:
    return ProcedureFilters.from_query(request.GET).without_words()


def _records(request: HttpRequest, asked: ProcedureFilters) -> list[dict[str, Any]]:
    """Return what binds today, as records; what is abolished or not yet in force has no place on a wall."""
    pages = ProcedurePage.objects.readable().in_force(timezone.localdate()).filtered(asked)
    return records(pages.in_order().with_record(), request.build_absolute_uri)


def _address(asked: ProcedureFilters) -> str:
    return f"{ADDRESS}?{asked.query}" if asked else ADDRESS


def _with_size(asked: ProcedureFilters, size: str) -> str:
    return "&".join(filter(None, [asked.query, f"kho={size}"]))


def _choices() -> tuple[tuple[str, str, list[tuple[Any, str]]], ...]:
    """Return every filter of the notice: the field it asks for, its label, its choices."""
    return (
        ("place", _("Nơi tiếp nhận"), list(ReceivingPlace.objects.in_order().values_list("pk", "name"))),
        ("level", _("Cấp thực hiện"), list(Level.choices)),
        ("field", _("Lĩnh vực"), list(ProcedureField.objects.in_order().values_list("pk", "name"))),
        ("audience", _("Ai thực hiện"), list(Audience.choices)),
    )


def groups_of(asked: ProcedureFilters) -> list[dict[str, Any]]:
    """Return the selects of a form that narrows procedures; two queries."""
    return [
        {
            "name": ProcedureFilters.PARAMS[name],
            "label": label,
            "options": [
                {"value": value, "label": words, "current": value == getattr(asked, name)} for value, words in choices
            ],
        }
        for name, label, choices in _choices()
        if choices
    ]


def _facts(asked: ProcedureFilters) -> list[tuple[str, str]]:
    """Return what was chosen, in words."""
    if not asked:
        return []
    return [
        (label, str(words))
        for name, label, choices in _choices()
        for value, words in choices
        if getattr(asked, name) and value == getattr(asked, name)
    ]
