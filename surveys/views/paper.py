"""The questionnaire on paper: a page to print, and the same as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from surveys.models import Channel, Survey
from surveys.services.plan import plan_of
from surveys.services.sheet_pdf import sheet_pdf
from surveys.services.sheets import asks_place, edition_words, sheet_sections


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a survey that takes responses from everybody, for printing; ``diem`` names the place."""
    survey, channel = _asked(request, slug)
    context = {
        "survey": survey,
        "channel": channel,
        "asks_place": asks_place(survey, channel),
        "edition": edition_words(survey.current),
        "sections": sheet_sections(plan_of(survey.current)),
        "query": f"?diem={channel.code}" if channel else "",
        "breadcrumbs": [],
    }
    return render(request, "pages/surveys/paper.html", context)


@require_safe
def paper_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the same form as PDF."""
    survey, channel = _asked(request, slug)
    return pdf_answer(sheet_pdf(version=survey.current, channel=channel), f"phieu-{survey.slug}.pdf")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that browsers keep as ``name``."""
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _asked(request: HttpRequest, slug: str) -> tuple[Survey, Channel | None]:
    ways = Channel.objects.open(timezone.localdate()).select_related("unit", "survey__current__survey")
    ways = ways.filter(survey__slug=slug)
    code = request.GET.get("diem", "")
    first = ways.first()
    if first is None or first.survey.current is None:
        raise Http404
    named = ways.named().filter(code=code).first() if code.isascii() and 0 < len(code) <= 40 else None
    return first.survey, named
