"""Answering a survey: one section a page, without scripts, kept on the way, stored by the last button alone."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.requests import client_address
from cms.core.services.limits import limit_hit, limit_peek
from cms.core.views import refused, too_many
from surveys.enums import ChannelKind
from surveys.forms import PREFIX, SHOWN, PageForm
from surveys.models import Survey, SurveyVersion
from surveys.services.drafts import DRAFT_LIFE, draft_drop, draft_of, draft_save
from surveys.services.invitations import invitation_of
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import NotTakenError, response_store_by_token, response_store_open

WRONG = "survey_wrong_token"
_SESSION = "khao_sat"
_PAGE, _VERSION, _SCORE = "phan", "ban", "diem"


@dataclass(frozen=True)
class Leave:
    """By what right somebody answers, and how their response is stored.

    ``key`` names the draft; it is empty while a visitor of the open link has sent nothing and has no cookie yet.
    """

    survey: Survey
    version: SurveyVersion
    url: str
    key: str
    store: Callable[..., Any]
    token: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_invited(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Let somebody answer by an invitation. A wrong, used or late one gets one and the same page."""
    tries = limit_peek(limit=WRONG, visitor=client_address(request))
    if not tries.allowed:
        return refused(request, tries)
    invitation = invitation_of(token)
    if invitation is None or invitation.survey.slug != slug or invitation.survey.current is None:
        limit_hit(limit=WRONG, visitor=client_address(request))
        return _not_usable(request)
    leave = Leave(
        survey=invitation.survey,
        version=invitation.survey.current,
        url=reverse("surveys:answer", args=[slug, token]),
        key=f"invitation {token}",
        store=lambda **given: response_store_by_token(token=token, **given),
        token=token,
    )
    return _answer(request, leave)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Let anybody answer a survey that has an open link; how often one may is limited, and the page says so."""
    survey = Survey.objects.open_link().select_related("current").filter(slug=slug).first()
    if survey is None or survey.current is None:
        raise Http404
    channel = survey.channels.filter(kind=ChannelKind.WEB, code="").get()
    key = str(request.session.get(_SESSION, {}).get(slug, ""))
    leave = Leave(
        survey=survey,
        version=survey.current,
        url=reverse("surveys:answer_open", args=[slug]),
        key=f"open {key}" if key else "",
        store=lambda **given: response_store_open(channel_id=channel.pk, **given),
    )
    return _answer(request, leave)


@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank; says nothing about who comes here."""
    survey = get_object_or_404(Survey.objects.exclude(current=None), slug=slug)
    context = {"survey": survey, "breadcrumbs": []}
    return render(request, "pages/surveys/thanks.html", context)


def _answer(request: HttpRequest, leave: Leave) -> HttpResponse:
    draft = draft_of(leave.key, survey_id=leave.survey.pk) if leave.key else None
    # A version that was replaced before anybody sent it is asked no more; its answers go on under their keys.
    begun = draft.version if draft and draft.version.frozen_on else None
    version = begun or leave.version
    plan, answers = plan_of(version), dict(draft.answers) if draft else {}
    if request.method == "POST":
        if answer := too_many(request, "survey_answer"):
            return answer
        return _take(request, leave, version, plan, answers)
    page = _page_asked(request, plan, answers)
    return _show(request, leave, version, PageForm(plan=plan, page=page, answers=_with_score(request, plan, answers)))


def _take(
    request: HttpRequest, leave: Leave, version: SurveyVersion, plan: Plan, answers: dict[str, Answer]
) -> HttpResponse:
    form = PageForm(request.POST, plan=plan, page=_page_asked(request, plan, answers), answers=answers)
    form.is_valid()
    opened = form.newly_asked
    form.unseen_are_no_errors()
    if form.errors:
        return _show(request, leave, version, form, status=422)
    given = form.given
    if opened:
        # What an answer has just opened is shown before anything goes on; nothing that was typed is lost.
        return _show(request, leave, version, form, opened=True)
    after = [page for page in plan.pages(given) if page > form.page]
    if after:
        leave = _with_key(request, leave)
        draft_save(key=leave.key, version=version, answers=given)
        return redirect(f"{leave.url}?{_PAGE}={after[0] + 1}")
    return _store(request, leave, version, form)


def _store(request: HttpRequest, leave: Leave, version: SurveyVersion, form: PageForm) -> HttpResponse:
    if not leave.token:
        limit = limit_hit(limit="survey_open_link", visitor=_visitor(request, leave))
        if not limit.allowed:
            return refused(request, limit)
    try:
        leave.store(version_id=version.pk, answers=form.given)
    except NotTakenError:
        return _not_usable(request)
    except ValidationError as error:
        return _back_to(request, leave, version, form, error)
    if leave.key:
        draft_drop(key=leave.key)
    return redirect("surveys:thanks", leave.survey.slug)


def _back_to(
    request: HttpRequest, leave: Leave, version: SurveyVersion, form: PageForm, error: ValidationError
) -> HttpResponse:
    """Show the first page on which something is missing, with the sentence beside it and every answer kept."""
    plan, given, wrong = form.plan, form.given, set(error.message_dict)
    keys = ({each.key for each in asked} for _section, asked in plan.sections)
    page = next((place for place, own in enumerate(keys) if own & wrong), 0)
    leave = _with_key(request, leave)
    draft_save(key=leave.key, version=version, answers=given)
    missing = PageForm(_as_typed(plan, page, given), plan=plan, page=page, answers=given)
    missing.is_valid()
    return _show(request, leave, version, missing, status=422)


def _as_typed(plan: Plan, page: int, given: dict[str, Answer]) -> QueryDict:
    """Return answers that are kept as a browser would send them."""
    data = QueryDict(mutable=True)
    for question in plan.sections[page][1]:
        value = given.get(question.key, "")
        data.setlist(f"{PREFIX}-{question.key}", value if isinstance(value, list) else [value] if value else [])
    return data


def _show(
    request: HttpRequest,
    leave: Leave,
    version: SurveyVersion,
    form: PageForm,
    *,
    status: int = 200,
    opened: bool = False,
) -> HttpResponse:
    return render(
        request, "pages/surveys/answer.html", page_context(leave, version, form, opened=opened), status=status
    )


def page_context(leave: Leave, version: SurveyVersion, form: PageForm, *, opened: bool = False) -> dict[str, Any]:
    """Return what the page of one section shows."""
    pages = form.plan.pages(form.answers)
    place = pages.index(form.page) if form.page in pages else 0
    return {
        "survey": leave.survey,
        "form": form,
        "opened": opened,
        "action": f"{leave.url}?{_PAGE}={form.page + 1}",
        "number": place + 1,
        "count": len(pages),
        "is_first": place == 0,
        "is_last": place == len(pages) - 1,
        "back_url": f"{leave.url}?{_PAGE}={pages[place - 1] + 1}" if place else "",
        "version_pk": version.pk,
        "shown_name": SHOWN,
        "is_open_link": not leave.token,
        "breadcrumbs": [],
    }


def _page_asked(request: HttpRequest, plan: Plan, answers: dict[str, Answer]) -> int:
    """Return the place of the section that the address asks for; the first that has something to show otherwise."""
    pages = plan.pages(answers) or [0]
    asked = request.GET.get(_PAGE, "")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else pages[0]
    return place if place in pages else pages[0]


def _with_score(request: HttpRequest, plan: Plan, answers: dict[str, Answer]) -> dict[str, Answer]:
    """Choose the level that a link in a mail names; chosen is not stored."""
    lead, level = plan.lead, request.GET.get(_SCORE, "")
    if lead is None or level not in dict(lead.options) or answers.get(lead.key):
        return answers
    return {**answers, lead.key: level}


def _with_key(request: HttpRequest, leave: Leave) -> Leave:
    """Give a visitor of the open link a key for the draft: the first moment at which they get a cookie."""
    if leave.key:
        return leave
    key = secrets.token_urlsafe(24)
    request.session[_SESSION] = {**request.session.get(_SESSION, {}), leave.survey.slug: key}
    if not request.user.is_authenticated:
        request.session.set_expiry(DRAFT_LIFE)
    return Leave(leave.survey, leave.version, leave.url, f"open {key}", leave.store)


def _visitor(request: HttpRequest, leave: Leave) -> str:
    """Tell the pupils of a school apart who share one address, as ratings of pages do."""
    return f"{leave.survey.pk} {client_address(request)} {request.headers.get('User-Agent', '')[:200]}"


def _not_usable(request: HttpRequest) -> HttpResponse:
    context = {"breadcrumbs": [], "heading": _("Liên kết này không dùng được nữa")}
    return render(request, "pages/surveys/not_usable.html", context, status=404)
