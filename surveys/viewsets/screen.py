"""One screen for one survey: how it stands, its versions, what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from cms.core.permissions import can
from surveys.enums import BY_INVITATION, ChannelKind, SurveyState
from surveys.forms import CopyForm
from surveys.models import Channel, PaperEntry, Survey, SurveyPage, SurveyVersion
from surveys.services.keys import version_faults
from surveys.services.plan import plan_of
from surveys.services.questionnaires import (
    SurveyRefusedError,
    survey_close,
    survey_delete,
    survey_open,
    version_draft,
    version_undo,
    version_use,
)
from surveys.services.sheets import print_again_words
from surveys.viewsets.access import OfSurvey
from surveys.viewsets.counting import count_told


def _key(request: HttpRequest, name: str) -> int:
    """Return a number that a button sent; 0 for anything else."""
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


class SurveyScreenView(OfSurvey, View):
    """Show a survey to those who may see its results; the buttons to those who keep it."""

    http_method_names = ["get", "head", "options"]
    template_name = "surveys/admin/survey_screen.html"
    page_title = _("Khảo sát")
    results_url_name = ""
    change_url_name = ""
    blank_url_name = ""
    version_url_name = ""
    preview_url_name = ""
    places_url_name = ""
    papers_url_name = ""
    sheet_url_name = ""
    invitations_url_name = ""
    goals_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, *, copy_form: CopyForm | None = None, problem: str = "", status: int = 200) -> HttpResponse:
        """Answer with the screen; ``copy_form`` is shown again with what was typed in it."""
        context = self.get_context_data(copy_form=copy_form, problem=problem)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey, may_edit = self.survey, can(self.request.user, "survey_edit")
        versions = list(survey.versions.with_counts().newest())
        newest = versions[0] if versions else None
        copy_form = kwargs.pop("copy_form") or CopyForm(
            initial={"title": _now("%(title)s (bản sao)") % {"title": survey.title}}, auto_id="copy_%s"
        )
        return super().get_context_data(
            survey=survey,
            may_edit=may_edit,
            may_import=can(self.request.user, "survey_import"),
            versions=versions,
            newest=newest,
            received=count_told(sum(version.received for version in versions)),
            faults=version_faults(newest, plan_of(newest)) if newest and may_edit else [],
            has_open_link=Channel.objects.filter(survey=survey, kind=ChannelKind.WEB, code="").active().exists(),
            public_url=reverse("surveys:answer_open", args=[survey.slug]),
            page=SurveyPage.objects.of_survey(survey.pk).first(),
            standing=survey.standing(),
            places=Channel.objects.named().active().filter(survey=survey).count(),
            papers=PaperEntry.objects.filter(survey=survey, response=None).count(),
            has_places=survey.kind not in BY_INVITATION,
            places_url_name=self.places_url_name,
            papers_url_name=self.papers_url_name,
            sheet_url_name=self.sheet_url_name,
            invitations_url_name=self.invitations_url_name,
            goals_url_name=self.goals_url_name,
            may_open_link=survey.kind not in BY_INVITATION,
            may_delete=survey.state == SurveyState.DRAFT and not any(version.received for version in versions),
            copy_form=copy_form,
            step_url_name=self.step_url_name,
            results_url_name=self.results_url_name,
            change_url_name=self.change_url_name,
            blank_url_name=self.blank_url_name,
            version_url_name=self.version_url_name,
            preview_url_name=self.preview_url_name,
            **kwargs,
        )


class SurveyStepView(SurveyScreenView):
    """Take one step, or show the screen again with the reason why not."""

    http_method_names = ["post", "options"]
    capability = "survey_edit"

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        steps = {
            "open": self._open,
            "close": self._close,
            "draft": self._draft,
            "use": self._use,
            "copy": self._copy,
            "delete": self._delete,
            "undo": self._undo,
        }
        if verb not in steps:
            raise Http404
        try:
            return steps[verb](request, self.survey)
        except SurveyRefusedError as refused:
            return self.show(problem=str(refused), status=422)

    def _open(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        open_link = bool(request.POST.get("open_link")) and survey.kind not in BY_INVITATION
        survey_open(survey=survey, actor=request.user, open_link=open_link)
        return self._done(request, _now("Đã mở khảo sát, phiếu bắt đầu được nhận."))

    def _close(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        survey_close(survey=survey, actor=request.user)
        return self._done(request, _now("Đã đóng khảo sát."))

    def _draft(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        version = version_draft(survey=survey, actor=request.user)
        return redirect(self.version_url_name, version.pk)

    def _use(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        version = get_object_or_404(SurveyVersion.objects.filter(survey=survey), pk=_key(request, "version"))
        version_use(version=version, actor=request.user)
        return self._done(request, _now("Từ giờ khảo sát hỏi theo bản %(number)d.") % {"number": version.number})

    def _copy(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        form = CopyForm(request.POST, auto_id="copy_%s")
        if not form.is_valid():
            return self.show(copy_form=form, status=422)
        made = form.store(survey=survey, actor=request.user)
        messages.success(request, _now("Đã sao chép. Bản sao là bản nháp, chưa nhận phiếu."))
        return redirect(self.edit_url_name, made.pk)

    def _delete(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        survey_delete(survey=survey, actor=request.user)
        messages.success(request, _now("Đã xóa bản nháp."))
        return redirect(self.index_url_name)

    def _undo(self, request: HttpRequest, survey: Survey) -> HttpResponse:
        version = get_object_or_404(SurveyVersion.objects.filter(survey=survey), pk=_key(request, "version"))
        changed = version_undo(version=version, actor=request.user, expected=_key(request, "expected"))
        words = _now("Đã lấy lại câu hỏi như trước lần sửa cuối. Bấm hoàn tác lần nữa để trở lại.")
        return self._done(request, " ".join(filter(None, [words, print_again_words(changed)])))

    def _done(self, request: HttpRequest, words: str) -> HttpResponse:
        messages.success(request, words)
        return redirect(self.edit_url_name, self.survey.pk)
