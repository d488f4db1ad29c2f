"""One published case. Reads ``PublicCase.objects.public()``: what is not there does not exist for the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.models import PublicCase
from feedback.models.pages import LIST_URL


@require_safe
def public_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the public copy; 410 with the reason when it was taken down; 404 for anything else, private or unknown."""
    rows = PublicCase.objects.with_list_data().filter(reference=reference)
    row = rows.public().first()
    context = {"breadcrumbs": [(_("Phản ánh, kiến nghị"), LIST_URL)]}
    if row is not None:
        data = row.json_ld(request.build_absolute_uri())
        context["shared"] = {"title": row.title, "text": Truncator(row.answer).chars(160), "data": data}
        return render(request, "pages/feedback/public_case.html", {**context, "public_case": row})
    withdrawn = rows.withdrawn().first()
    if withdrawn is None:
        raise Http404
    context |= {"reference": withdrawn.reference, "reason": withdrawn.withdrawn_reason, "noindex": True}
    return render(request, "pages/feedback/public_case_withdrawn.html", context, status=410)
