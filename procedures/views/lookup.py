"""Looking a dossier up by its whole code. The code travels in a form; a wrong one says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.requests import client_address
from cms.core.services.limits import limit_hit, limit_peek
from cms.core.views import refused, too_many
from procedures.api import BASE
from procedures.forms.lookup import LONGEST_TYPED, LookupForm
from procedures.models import Dossier
from procedures.services.lookup import dossier_by_code, dossier_story, is_applicant

WRONG, WRONG_SECOND = "dossier_wrong_code", ("dossier_wrong_second", "dossier_wrong_second_day")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show where the dossier stands. All wrong codes get one and the same answer.

    A receipt's QR leads here with the code, which only fills the field: nothing is told on a GET.
    """
    if request.method != "POST":
        return _ask(request, LookupForm(initial={"code": request.GET.get("ma", "")[:LONGEST_TYPED]}))
    if answer := too_many(request, "dossier_lookup"):
        return answer
    tries = limit_peek(limit=WRONG, visitor=client_address(request))
    if not tries.allowed:
        return refused(request, tries)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    dossier = dossier_by_code(form.cleaned_data["code"])
    if dossier is None:
        limit_hit(limit=WRONG, visitor=client_address(request))
        form.add_error("code", _("Không tìm thấy hồ sơ nào có mã này. Hãy xem lại từng chữ, từng số của mã."))
        return _ask(request, form)
    return _open(request, dossier, form.cleaned_data["second"])


def _open(request: HttpRequest, dossier: Dossier, second: str) -> HttpResponse:
    """Show the dossier; more of it when the second datum is right. Guesses are counted a dossier and an address."""
    if not second:
        return _show(request, dossier)
    visitor = f"dossier {dossier.pk}"
    for name in WRONG_SECOND:
        tries = limit_peek(limit=name, visitor=visitor)
        if not tries.allowed:
            return refused(request, tries)
    if is_applicant(dossier, second):
        return _show(request, dossier, is_owner=True)
    for name in WRONG_SECOND:
        limit_hit(limit=name, visitor=visitor)
    limit_hit(limit=WRONG, visitor=client_address(request))
    return _show(request, dossier, wrong_second=True)


def _ask(request: HttpRequest, form: LookupForm) -> HttpResponse:
    context = {"breadcrumbs": _crumbs(), "form": form}
    return render(request, "pages/procedures/lookup.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest, dossier: Dossier, *, is_owner: bool = False, wrong_second: bool = False
) -> HttpResponse:
    context = {
        "breadcrumbs": _crumbs(),
        "dossier": dossier,
        "story": dossier_story(dossier, is_owner=is_owner),
        "wrong_second": wrong_second,
    }
    return render(request, "pages/procedures/lookup_result.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Thủ tục hành chính"), BASE)]
