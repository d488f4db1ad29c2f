"""One published case. Reads ``PublicCase.objects.public()``: what is not there does not exist for the public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.media.covering import CONTENT_TYPE, EXTENSION
from cms.media.private import private_response
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


@require_safe
def picture(request: HttpRequest, reference: str, picture: int) -> HttpResponseBase:
    """Answer with a covered picture of a copy that is public now, and that its published version shows.

    The file is one that was made for this: the sender's own has no public address at all. A cache must ask each time,
    since a copy can be taken down.
    """
    row = PublicCase.objects.public().filter(reference=reference).first()
    shown = next((each for each in row.shown_pictures if each.pk == picture), None) if row else None
    if shown is None:
        raise Http404
    name = f"{reference}-{picture}.{EXTENSION}"
    response = private_response(request, name=shown.stored_name, filename=name, content_type=CONTENT_TYPE, inline=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
