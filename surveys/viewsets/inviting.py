"""Invitations that are handed out: a batch made and taken away at once, how many were used, taken back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from cms.core.models import AgencySettings
from cms.core.open_data import csv_answer, csv_lines
from surveys.enums import BY_INVITATION
from surveys.forms import BatchForm
from surveys.forms.inviting import CSV
from surveys.models import InvitationBatch
from surveys.services.batches import batch_revoke
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.slip_pdf import batch_about, slips_pdf
from surveys.views.paper import pdf_answer
from surveys.viewsets.access import OfSurvey
from surveys.viewsets.counting import count_told

MOST_SHOWN = 100


class InvitationsView(OfSurvey, View):
    """The batches of a survey, and a form for one more. Its answer is the file: nobody can have the links again."""

    http_method_names = ["get", "head", "options", "post"]
    capability = "survey_edit"
    template_name = "surveys/admin/invitations.html"
    page_title = _("Lời mời")
    invitations_url_name = ""
    revoke_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(BatchForm(survey=self.asked()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = BatchForm(request.POST, survey=self.asked())
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            batch, urls = form.store(actor=request.user)
        except SurveyRefusedError as refused:
            form.add_error(None, str(refused))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return links_answer(batch, urls, form.cleaned_data["kind"])
        return self.show(form, status=422)

    def asked(self) -> Any:
        """Return the survey; those that apps invite to have no such screen."""
        if self.survey.kind in BY_INVITATION:
            raise Http404
        return self.survey

    def show(self, form: BatchForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        least = AgencySettings.load().smallest_cell
        rows = self.survey.batches.select_related("unit", "made_by").with_used().newest()[:MOST_SHOWN]
        context = self.get_context_data(
            survey=self.survey,
            form=form,
            batches=[batch_line(row, least) for row in rows],
            revoke_url_name=self.revoke_url_name,
            edit_url_name=self.edit_url_name,
        )
        return self.render_to_response(context, status=status)


def batch_line(batch: InvitationBatch, least: int) -> dict[str, Any]:
    """Return a batch with how many of it were used: a few are not told, so nobody guesses who they are."""
    used = batch.used_now  # type: ignore[attr-defined]
    untold = batch.revoked_at is not None or 0 < used < least
    return {"batch": batch, "used": count_told(used, least=least), "left": None if untold else batch.count - used}


def links_answer(batch: InvitationBatch, urls: Sequence[str], kind: str) -> HttpResponseBase:
    """Answer with the links of a batch as a file that nothing keeps a copy of."""
    name = f"loi-moi-{batch.survey.slug}-{batch.pk}"
    if kind == CSV:
        links, about = _now("Liên kết, dùng một lần"), batch_about(batch)
        # No number: beside a list of names it would say who holds which link (ADR 0052).
        heading = [links, _now("Đến hết ngày"), _now("Trả lời về"), _now("Phát cho")]
        rows = ([url, batch.expires_on, about, batch.label] for url in urls)
        answer = csv_answer(csv_lines(heading, rows), filename=f"{name}.csv")
    else:
        answer = pdf_answer(slips_pdf(batch, urls), f"{name}.pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class InvitationsRevokeView(OfSurvey, View):
    """Take back what was not used of a batch."""

    http_method_names = ["post", "options"]
    capability = "survey_edit"
    invitations_url_name = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        batch = get_object_or_404(self.survey.batches.select_related("survey", "unit"), pk=self.kwargs["batch_pk"])
        batch_revoke(batch=batch, actor=request.user)
        messages.success(
            request, _now("Đã thu hồi các lời mời chưa dùng của đợt “%(batch)s”.") % {"batch": batch.label}
        )
        return redirect(self.invitations_url_name, self.survey.pk)
