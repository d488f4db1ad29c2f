"""Targets and sizes of groups on one screen: set, set again, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from cms.core.periods import period_label
from surveys.forms import GroupForm, TargetForm
from surveys.services.goals import stratum_remove, target_remove
from surveys.viewsets.access import OfSurvey

MOST_SHOWN = 200


class GoalsView(OfSurvey, View):
    """What is to be reached, what the sample stands for, and a form for one more of each."""

    http_method_names = ["get", "head", "options", "post"]
    capability = "survey_edit"
    template_name = "surveys/admin/goals.html"
    page_title = _("Chỉ tiêu, nhóm chọn mẫu")
    goals_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove_target" in request.POST:
            target = get_object_or_404(
                self.survey.targets.select_related("survey"), pk=_number(request, "remove_target")
            )
            target_remove(target=target, actor=request.user)
            return self._done(_now("Đã bỏ chỉ tiêu."))
        if "remove_group" in request.POST:
            group = get_object_or_404(self.survey.strata.select_related("survey"), pk=_number(request, "remove_group"))
            stratum_remove(stratum=group, actor=request.user)
            return self._done(_now("Đã bỏ tổng thể của nhóm."))
        form = GroupForm(request.POST, survey=self.survey) if "n-code" in request.POST else TargetForm(request.POST)
        if form.is_valid():
            try:
                form.store(survey=self.survey, actor=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self._done(_now("Đã ghi."))
        return self.show(form, status=422)

    def show(self, form: TargetForm | GroupForm | None = None, *, status: int = 200) -> HttpResponse:
        """Answer with the screen; ``form`` is shown again with what was typed in it."""
        context = self.get_context_data(
            survey=self.survey,
            edit_url_name=self.edit_url_name,
            target_form=form if isinstance(form, TargetForm) else TargetForm(),
            group_form=form if isinstance(form, GroupForm) else GroupForm(survey=self.survey),
            targets=list(self.survey.targets.all()[:MOST_SHOWN]),
            groups=[
                (group, period_label(f"{group.quarter.year}-Q{(group.quarter.month + 2) // 3}"))
                for group in self.survey.strata.order_by("-quarter", "code")[:MOST_SHOWN]
            ],
        )
        return self.render_to_response(context, status=status)

    def _done(self, words: str) -> HttpResponse:
        messages.success(self.request, words)
        return redirect(self.goals_url_name, self.survey.pk)


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST[name]
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
