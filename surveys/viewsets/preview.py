"""Trying a version out: section by section, with its conditions, as whoever answers does; nothing is stored."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from cms.core.permissions import can
from surveys.forms import PREFIX, PageForm
from surveys.models import SurveyVersion
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import answer_cleaned, asks
from surveys.services.sheets import when_asked
from surveys.views.answering import page_context
from surveys.views.leave import PAGE, Leave

BACK = "lui"


class VersionPreviewView(View):
    """Show a version as whoever answers sees it. What is answered here travels in the form, and goes nowhere else."""

    http_method_names = ["get", "head", "post", "options"]
    preview_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "survey_edit"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return preview_of(request, *self._asked(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        version, url = self._asked(pk)
        plan = plan_of(version)
        page = _page_asked(request, plan)
        if page is None:
            return _empty(request, version)
        before = _carried(plan, page, request.POST)
        if BACK in request.POST:
            earlier = [place for place in plan.pages(before) if place < page]
            return _show(request, version, url, PageForm(plan=plan, page=(earlier or [page])[-1], answers=before))
        form = PageForm(request.POST, plan=plan, page=page, answers=before)
        form.is_valid()
        opened = form.newly_asked
        form.unseen_are_no_errors()
        if form.errors:
            return _show(request, version, url, form, status=422)
        if opened:
            return _show(request, version, url, form, opened=True)
        given = form.given
        after = [place for place in plan.pages(given) if place > page]
        if after:
            return _show(request, version, url, PageForm(plan=plan, page=after[0], answers=given))
        return render(request, "surveys/admin/preview_end.html", {"survey": version.survey, "start_url": url})

    def _asked(self, pk: int) -> tuple[SurveyVersion, str]:
        version = get_object_or_404(SurveyVersion.objects.select_related("survey"), pk=pk)
        return version, reverse(self.preview_url_name, args=[pk])


def preview_of(request: HttpRequest, version: SurveyVersion, url: str) -> HttpResponse:
    """Answer with one section of ``version``, nothing answered yet; ``url`` is where it is tried out."""
    plan = plan_of(version)
    page = _page_asked(request, plan)
    if page is None or page not in plan.pages({}):
        page = next(iter(plan.pages({})), None)
    if page is None:
        return _empty(request, version)
    return _show(request, version, url, PageForm(plan=plan, page=page, answers={}))


def _empty(request: HttpRequest, version: SurveyVersion) -> HttpResponse:
    return render(request, "surveys/admin/preview_empty.html", {"survey": version.survey})


def _page_asked(request: HttpRequest, plan: Plan) -> int | None:
    """Return the place of the section that the address names, the first one otherwise; None without sections."""
    asked = request.GET.get(PAGE, "")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    return min(max(place, 0), len(plan.sections) - 1) if plan.sections else None


def _carried(plan: Plan, page: int, data: QueryDict) -> dict[str, Answer]:
    """Return what was answered in the other sections, as the form brings it; what cannot be an answer is none."""
    own = {question.key for question in plan.sections[page][1]}
    found = {}
    for question in plan.questions:
        if asks(question) and question.key not in own:
            try:
                found[question.key] = answer_cleaned(question, data.getlist(f"{PREFIX}-{question.key}"))
            except ValidationError:
                continue
    return found


def _hidden(form: PageForm) -> Iterator[tuple[str, str]]:
    """Yield name and value of everything that ``form`` has to bring along from the other sections."""
    own = {question.key for question in form.all_questions}
    for key, given in form.before.items():
        if key not in own:
            for value in given if isinstance(given, list) else [given]:
                yield f"{PREFIX}-{key}", value


def _not_asked(form: PageForm) -> list[Mapping[str, Any]]:
    """Return the questions that nobody who answered so far like this is asked, each with its condition."""
    plan = form.plan
    asked = {each.key for each in plan.reachable(form.answers)}
    return [{"question": each, "when": when_asked(plan, each)} for each in plan.questions if each.key not in asked]


def _show(
    request: HttpRequest, version: SurveyVersion, url: str, form: PageForm, *, opened: bool = False, status: int = 200
) -> HttpResponse:
    leave = Leave(survey=version.survey, version=version, url=url, key="", store=lambda **_given: None, token="xem")  # noqa: S106
    context = page_context(leave, version, form, opened=opened)
    context |= {
        "is_preview": True,
        "back_url": "",  # an address would lose what was answered
        "back_name": "" if context["is_first"] else BACK,
        "carried": list(_hidden(form)),
        "not_asked": _not_asked(form),
        "frozen_on": version.frozen_on,
    }
    return render(request, "pages/surveys/answer.html", context, status=status)
