"""The sheets that an applicant gets when papers are missing or the dossier is refused, as files to print or to edit."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from procedures.models import Dossier
from procedures.models.dossier_sheets import SHEETS, dossier_sheet, sheet_step
from procedures.permissions import dossier_can
from procedures.services.people import applicant_reveal
from procedures.viewsets.letter_files import KINDS, letter_answer


def sheet_links(dossier: Dossier, user: Any) -> list[dict[str, Any]]:
    """Return the sheets of the steps that ``dossier`` has taken, each with its files; they name the applicant.

    ``dossier`` is read with ``with_screen_data``.
    """
    if not dossier_can(user, "dossier_identity", dossier):
        return []
    return [
        {
            "title": sheet.title,
            "files": [(kind.upper(), reverse("dossier:sheet", args=[dossier.pk, name, kind])) for kind in KINDS],
        }
        for name, sheet in SHEETS.items()
        if sheet_step(dossier, sheet)
    ]


class SheetFileView(View):
    """One sheet as a file. It names the applicant, so each look is an event of the ledger."""

    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, pk: int, sheet: str, kind: str) -> HttpResponse:
        if sheet not in SHEETS or kind not in KINDS:
            raise Http404
        rows = Dossier.objects.visible_to(request.user, "dossier_view").with_screen_data()
        dossier = get_object_or_404(rows, pk=pk)
        if not dossier_can(request.user, "dossier_identity", dossier):
            raise PermissionDenied
        step = sheet_step(dossier, SHEETS[sheet])
        if step is None:
            raise Http404
        if getattr(dossier, "applicant", None) is not None:
            applicant_reveal(dossier=dossier, actor=request.user)
        letter = dossier_sheet(dossier, SHEETS[sheet], step)
        return letter_answer(letter, kind=kind, name=f"phieu-{sheet}-{dossier.pk}")
