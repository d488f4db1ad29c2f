"""Answering a survey: one section a page, without scripts, kept on the way, stored by the last button alone."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cms.core.services.limits import limit_hit
from cms.core.views import refused, too_many
from surveys.forms import PREFIX, SHOWN, PageForm
from surveys.models import SurveyVersion
from surveys.models.pages import INDEX_URL
from surveys.services.drafts import draft_drop, draft_of, draft_save
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import NotTakenError, SentAlreadyError
from surveys.views.human import Proof, proof_of
from surveys.views.leave import PAGE, Leave, key_forget, key_keep, visitor, with_key
from surveys.views.sent import FORM, NEW, form_new, form_of, is_sent_again, sent_from_here, sent_page, sent_remember

_SCORE = "diem"


@dataclass(frozen=True)
class Visit:
    """One request of somebody who answers: by what right, which version they began with, what they answered so far.

    ``kept`` says that those answers were kept on the server; whoever sends them takes them away.
    """

    request: HttpRequest
    leave: Leave
    version: SurveyVersion
    plan: Plan
    answers: dict[str, Answer]
    late: bool = False
    kept: bool = False


def answer(request: HttpRequest, leave: Leave) -> HttpResponse:
    """Show one section, or take what was answered in it."""
    if is_sent_again(request):
        return sent_page(request, leave.survey, leave)
    draft = draft_of(leave.draft, survey_id=leave.survey.pk, life=leave.life) if leave.key else None
    if draft is None and _is_over(request, leave):
        return sent_page(request, leave.survey, leave)
    # A version that was replaced before anybody sent it is asked no more; its answers go on under their keys.
    begun = draft.version if draft and draft.version.frozen_on else None
    version = begun or leave.version
    late = leave.is_kiosk and draft is None and PAGE in request.GET and request.GET[PAGE] != "1"
    answers = dict(draft.answers) if draft else {}
    visit = Visit(request, leave, version, plan_of(version), answers, late, kept=draft is not None)
    if late:
        return _begin_anew(visit)
    if request.method == "POST":
        return too_many(request, "survey_answer") or _take(visit)
    form = PageForm(plan=visit.plan, page=_page_asked(visit), answers=_with_score(visit))
    return _show(visit, form)


def _is_over(request: HttpRequest, leave: Leave) -> bool:
    """Say whether somebody has gone back into what they sent, rather than begun another.

    A part further on has nothing before it any more; the first one is theirs again only when they ask for it.
    """
    begins = request.GET.get(PAGE, "1") == "1"
    if begins and (leave.is_kiosk or request.method == "POST" or NEW in request.GET):
        return False
    return sent_from_here(request, leave.mark)


def _begin_anew(visit: Visit) -> HttpResponse:
    """At a counter: whoever was here has left, nothing of theirs is shown to or sent by the next one."""
    answer = redirect(f"{visit.leave.url}?lai=1")
    if not visit.leave.key:
        return answer
    draft_drop(key=visit.leave.draft)
    return key_forget(answer, visit.leave)


def _take(visit: Visit) -> HttpResponse:
    form = PageForm(visit.request.POST, plan=visit.plan, page=_page_asked(visit), answers=visit.answers)
    form.is_valid()
    opened = form.newly_asked
    form.unseen_are_no_errors()
    if form.errors:
        return _show(visit, form, status=422)
    given = form.given
    if opened:
        # What an answer has just opened is shown before anything goes on; nothing that was typed is lost.
        return _show(visit, form, opened=True)
    after = [page for page in visit.plan.pages(given) if page > form.page]
    if after:
        leave = with_key(visit.leave)
        draft_save(key=leave.draft, version=visit.version, answers=given)
        return key_keep(redirect(leave.page_url(after[0])), leave)
    return _store(visit, form)


def _store(visit: Visit, form: PageForm) -> HttpResponse:
    request, leave = visit.request, visit.leave
    if leave.channel is not None:
        most = "survey_kiosk" if leave.is_kiosk else "survey_open_most"
        proof = proof_of(request, leave)
        if not proof.is_enough:
            return proof.refusal or _show(visit, form, status=422 if proof.is_wrong else 200, proof=proof)
        limit = limit_hit(limit=most, visitor=visitor(request, leave))
        if not limit.allowed:
            return refused(request, limit)
    draft = {"draft": leave.draft} if leave.channel is not None and visit.kept else {}
    try:
        leave.store(version_id=visit.version.pk, answers=form.given, form=form_of(request), **draft)
    except SentAlreadyError:
        return _thanked(visit)
    except NotTakenError:
        return not_usable(request)
    except ValidationError as error:
        return _back_to(visit, form, error)
    if leave.key:
        draft_drop(key=leave.draft)
    return _thanked(visit)


def _thanked(visit: Visit) -> HttpResponse:
    request, leave = visit.request, visit.leave
    if leave.channel is not None and leave.is_kiosk:
        answer = redirect("surveys:thanks_kiosk", leave.survey.slug, leave.channel.code)
    else:
        answer = redirect("surveys:thanks", leave.survey.slug)
    answer = sent_remember(request, answer, leave.mark)
    return key_forget(answer, leave) if leave.key else answer


def _back_to(visit: Visit, form: PageForm, error: ValidationError) -> HttpResponse:
    """Show the first page on which something is missing, with the sentence beside it and every answer kept."""
    plan, given, wrong = form.plan, form.given, set(error.message_dict)
    keys = ({each.key for each in asked} for _section, asked in plan.sections)
    page = next((place for place, own in enumerate(keys) if own & wrong), 0)
    leave = with_key(visit.leave)
    draft_save(key=leave.draft, version=visit.version, answers=given)
    missing = PageForm(_as_typed(plan, page, given), plan=plan, page=page, answers=given)
    missing.is_valid()
    return key_keep(_show(visit, missing, status=422), leave)


def _as_typed(plan: Plan, page: int, given: dict[str, Answer]) -> QueryDict:
    """Return answers that are kept as a browser would send them."""
    data = QueryDict(mutable=True)
    for question in plan.sections[page][1]:
        value = given.get(question.key, "")
        data.setlist(f"{PREFIX}-{question.key}", value if isinstance(value, list) else [value] if value else [])
    return data


def _show(
    visit: Visit, form: PageForm, *, status: int = 200, opened: bool = False, proof: Proof | None = None
) -> HttpResponse:
    leave = visit.leave
    context = page_context(leave, visit.version, form, opened=opened)
    context |= {"proof": proof, "proof_form": proof.form if proof else None, "begun_anew": "lai" in visit.request.GET}
    page = "pages/surveys/kiosk_answer.html" if leave.is_kiosk else "pages/surveys/answer.html"
    return render(visit.request, page, context, status=status)


def page_context(leave: Leave, version: SurveyVersion, form: PageForm, *, opened: bool = False) -> dict[str, Any]:
    """Return what the page of one section shows."""
    pages = form.plan.pages(form.answers)
    place = pages.index(form.page) if form.page in pages else 0
    return {
        "survey": leave.survey,
        "about": leave.about,
        "form": form,
        "opened": opened,
        "action": leave.page_url(form.page),
        "number": place + 1,
        "count": len(pages),
        "is_first": place == 0,
        "is_last": place == len(pages) - 1,
        "back_url": leave.page_url(pages[place - 1]) if place else "",
        "start_url": leave.url,
        "version_pk": version.pk,
        "shown_name": SHOWN,
        "form_name": FORM,
        "form_value": form_new(),
        "is_open_link": not leave.token,
        "proof_form": None,
        "breadcrumbs": [(_("Khảo sát"), INDEX_URL)] if leave.channel else [],
    }


def _page_asked(visit: Visit) -> int:
    """Return the place of the section that the address asks for; the first that has something to show otherwise."""
    pages = visit.plan.pages(visit.answers) or [0]
    asked = visit.request.GET.get(PAGE, "")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else pages[0]
    return place if place in pages else pages[0]


def _with_score(visit: Visit) -> dict[str, Answer]:
    """Choose the level that a link in a mail names; chosen is not stored."""
    lead, level = visit.plan.lead, visit.request.GET.get(_SCORE, "")
    if lead is None or level not in dict(lead.options) or visit.answers.get(lead.key):
        return visit.answers
    return {**visit.answers, lead.key: level}


def not_usable(request: HttpRequest) -> HttpResponse:
    """Answer with the page of a link that opens nothing, always the same."""
    context = {"breadcrumbs": [], "heading": _("Liên kết này không dùng được nữa")}
    return render(request, "pages/surveys/not_usable.html", context, status=404)
