"""Answering a survey: one section a page, without scripts, kept on the way, stored by the last button alone."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cms.core.views import refused, too_many
from surveys.forms import PREFIX, SHOWN, PageForm
from surveys.models import ResponseDraft, Survey, SurveyVersion
from surveys.models.pages import INDEX_URL
from surveys.services.asked import Fitting, answers_fitting, answers_marked, answers_sound
from surveys.services.drafts import draft_drop, draft_given, draft_of, draft_save
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import NotTakenError, QuestionsChangedError, SentAlreadyError
from surveys.views.human import Proof, most_sent, proof_of
from surveys.views.leave import PAGE, Leave, key_forget, key_keep, slow_seconds, with_key
from surveys.views.read import READ, given_as_read, is_as_read, read_value
from surveys.views.sent import FORM, NEW, form_new, form_of, is_sent_again, sent_from_here, sent_page, sent_remember

_SCORE, _MORE = "diem", "them"
# Why a page is shown again: its questions were changed, or what was answered before it is gone.
CHANGED, LOST = "changed", "lost"


@dataclass(frozen=True)
class Visit:
    """One request of somebody who answers: by what right, which version they began with, what they answered so far.

    ``kept`` says that those answers were kept on the server; whoever sends them takes them away.
    """

    request: HttpRequest
    leave: Leave
    version: SurveyVersion
    plan: Plan
    fitting: Fitting
    kept: bool = False

    @property
    def answers(self) -> dict[str, Answer]:
        return self.fitting.answers

    def shown(self, page: int) -> dict[str, Answer]:
        """Return the answers with which the section at ``page`` is drawn: what somebody else may have left is not."""
        own = {each.key for each in self.plan.sections[page][1]} & self.fitting.veiled
        return {key: value for key, value in self.answers.items() if key not in own}

    @property
    def first(self) -> int:
        """The place of the first section that has something to show."""
        return (self.plan.pages(self.answers) or [0])[0]


def answer(request: HttpRequest, leave: Leave) -> HttpResponse:
    """Show one section, or take what was answered in it."""
    if is_sent_again(request):
        return sent_page(request, leave.survey, leave)
    draft = draft_of(leave.draft, survey_id=leave.survey.pk, life=leave.life(request)) if leave.key else None
    if draft is None and _is_over(request, leave):
        return sent_page(request, leave.survey, leave)
    if leave.is_kiosk and draft is None and _is_left(request, leave):
        return _begin_anew(leave)
    visit = _visit(request, leave, draft)
    if request.method == "POST":
        return too_many(request, "survey_page" if visit.kept else "survey_answer") or _take(visit)
    changed = visit.fitting.changed
    page = visit.first if changed else _page_asked(visit)
    form = PageForm(plan=visit.plan, page=page, answers=_with_score(visit, page))
    return _show(visit, form, opened=_MORE in request.GET, why=CHANGED if changed else "")


def _visit(request: HttpRequest, leave: Leave, draft: ResponseDraft | None) -> Visit:
    # A version that was replaced before anybody sent it is asked no more; what still fits of its answers goes on.
    begun = draft.version if draft and draft.version.frozen_on else None
    version = begun or leave.version
    plan = plan_of(version)
    given = draft_given(draft) if draft else {}
    if draft and leave.is_doubtful(request, draft.saved_at):
        given = {key: replace(each, veiled=True) for key, each in given.items()}
    fitting = answers_fitting(plan, given)
    return Visit(request, leave, version, plan, fitting, kept=draft is not None)


def _is_over(request: HttpRequest, leave: Leave) -> bool:
    """Say whether somebody has gone back into what they sent, rather than begun another.

    A part further on has nothing before it any more; the first one is theirs again only when they ask for it.
    """
    begins = request.GET.get(PAGE, "1") == "1"
    if begins and (leave.is_kiosk or request.method == "POST" or NEW in request.GET):
        return False
    return sent_from_here(request, leave.mark)


def _is_left(request: HttpRequest, leave: Leave) -> bool:
    """Say of a counter, where nothing is kept (any more), whether somebody has gone in the middle."""
    had_some = leave.key and request.method != "POST"
    return bool(had_some) or request.GET.get(PAGE, "1") != "1"


def _begin_anew(leave: Leave) -> HttpResponse:
    """At a counter: whoever was here has left, nothing of theirs is shown to or sent by the next one."""
    answer = redirect(f"{leave.url}?lai=1")
    if not leave.key:
        return answer
    draft_drop(key=leave.draft)
    return key_forget(answer, leave)


def _take(visit: Visit) -> HttpResponse:
    page = _page_asked(visit)
    if not visit.kept and page > visit.first:
        return _lost(visit)
    if not is_as_read(visit.request, visit.version) or (visit.fitting.changed and page != visit.first):
        return _changed(visit, page)
    form = PageForm(visit.request.POST, plan=visit.plan, page=page, answers=visit.answers)
    form.is_valid()
    opened = form.newly_asked
    form.unseen_are_no_errors()
    if form.errors:
        return _show(visit, form, status=422)
    given = form.given
    if opened:
        # What an answer has just opened is shown before anything goes on; nothing that was typed is lost. By an address
        # of its own: a page that was sent cannot be gone back to.
        leave = _keep(visit, given, _still_veiled(visit, form))
        more = f"{leave.page_url(page)}&{_MORE}=1#id_{PREFIX}-{opened[0].key}"
        return key_keep(redirect(more), leave)
    after = [page for page in visit.plan.pages(given) if page > form.page]
    if after:
        leave = _keep(visit, given, _still_veiled(visit, form))
        return key_keep(redirect(leave.page_url(after[0])), leave)
    return _store(visit, form)


def _keep(visit: Visit, answers: dict[str, Answer], veiled: frozenset[str]) -> Leave:
    """Keep ``answers`` on the server; return the leave with the key that the browser is to keep."""
    leave = with_key(visit.leave)
    draft_save(key=leave.draft, version=visit.version, answers=answers_marked(visit.plan, answers, veiled))
    return leave


def _still_veiled(visit: Visit, form: PageForm) -> frozenset[str]:
    """Return the keys whose answers stay veiled: those of the page that is sent are its sender's own."""
    return visit.fitting.veiled - {each.key for each in form.all_questions}


def _changed(visit: Visit, page: int) -> HttpResponse:
    """Show what is asked by now to somebody who read something else: nothing is stored, what still fits stays."""
    return _asked_again(visit, visit.first if visit.fitting.changed else page, why=CHANGED)


def _lost(visit: Visit) -> HttpResponse:
    """Begin again with whoever sends a later part and whose earlier ones are gone, rather than store them as empty."""
    if visit.leave.is_kiosk:
        return _begin_anew(visit.leave)
    return _asked_again(visit, visit.first, why=LOST)


def _asked_again(visit: Visit, page: int, *, why: str) -> HttpResponse:
    before = answers_marked(visit.plan, visit.answers, visit.fitting.veiled)
    fitting = answers_fitting(visit.plan, before | given_as_read(visit.request, visit.plan))
    visit = replace(visit, fitting=fitting)
    form = PageForm(plan=visit.plan, page=page, answers=visit.shown(page))
    answer = _show(visit, form, status=409, why=why)
    if len(visit.plan.sections) == 1 or not visit.answers:
        return answer  # one page alone carries all that it asks
    return key_keep(answer, _keep(visit, answers_sound(visit.plan, visit.answers), fitting.veiled))


def _too_many_sent(visit: Visit, form: PageForm) -> HttpResponse | None:
    """Count what is sent by a way that is open to all; return what is answered to whoever may not go on."""
    request, leave = visit.request, visit.leave
    proof = proof_of(request, leave)
    if not proof.is_enough:
        return proof.refusal or _show(visit, form, status=422 if proof.is_wrong else 200, proof=proof)
    limit = most_sent(request, leave)
    return None if limit.allowed else refused(request, limit)


def _store(visit: Visit, form: PageForm) -> HttpResponse:
    leave = visit.leave
    if leave.channel is not None and (refusal := _too_many_sent(visit, form)):
        return refusal
    draft = {"draft": leave.draft} if leave.channel is not None and visit.kept else {}
    try:
        read = {"version_id": visit.version.pk, "edition": visit.version.edition}
        leave.store(**read, answers=form.given, form=form_of(visit.request), **draft)
    except SentAlreadyError:
        return _thanked(visit)
    except QuestionsChangedError:
        return _changed_meanwhile(visit)
    except NotTakenError:
        return not_usable(visit.request)
    except ValidationError as error:
        return _back_to(visit, form, error)
    if leave.key:
        draft_drop(key=leave.draft)
    return _thanked(visit)


def _changed_meanwhile(visit: Visit) -> HttpResponse:
    """As :func:`_changed`, for a change that was stored while this page was being taken."""
    current = Survey.objects.select_related("current").get(pk=visit.leave.survey.pk).current
    if current is None:
        return not_usable(visit.request)
    leave = replace(visit.leave, version=current)
    draft = draft_of(leave.draft, survey_id=leave.survey.pk) if visit.kept else None
    visit = _visit(visit.request, leave, draft)
    return _changed(visit, _page_asked(visit))


def _thanked(visit: Visit) -> HttpResponse:
    request, leave = visit.request, visit.leave
    if leave.channel is not None and leave.is_kiosk:
        thanks = redirect("surveys:thanks_kiosk", leave.survey.slug, leave.channel.code)
    else:
        thanks = redirect("surveys:thanks", leave.survey.slug)
    answer = sent_remember(request, thanks, leave.mark)
    return key_forget(answer, leave) if leave.key else answer


def _back_to(visit: Visit, form: PageForm, error: ValidationError) -> HttpResponse:
    """Show the first page on which something is missing, with the sentence beside it and every answer kept."""
    plan, given, wrong = form.plan, form.given, set(error.message_dict)
    keys = ({each.key for each in asked} for _section, asked in plan.sections)
    page = next((place for place, own in enumerate(keys) if own & wrong), 0)
    veiled = _still_veiled(visit, form)
    leave = _keep(visit, given, veiled)
    shown = {key: value for key, value in given.items() if key not in veiled}
    missing = PageForm(_as_typed(plan, page, shown), plan=plan, page=page, answers=given)
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
    visit: Visit,
    form: PageForm,
    *,
    status: int = 200,
    opened: bool = False,
    why: str = "",
    proof: Proof | None = None,
) -> HttpResponse:
    leave = visit.leave
    context = page_context(leave, visit.version, form, opened=opened)
    context |= {"proof": proof, "proof_form": proof.form if proof else None, "begun_anew": "lai" in visit.request.GET}
    context["why"] = why
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
        "read_name": READ,
        "read_value": read_value(version, form),
        "form_name": FORM,
        "form_value": form_new(),
        "is_open_link": not leave.token,
        "proof_form": None,
        "slow_seconds": slow_seconds(leave, form.questions),
        "breadcrumbs": [(_("Khảo sát"), INDEX_URL)] if leave.channel else [],
    }


def _page_asked(visit: Visit) -> int:
    """Return the place of the section that the address asks for; the first that has something to show otherwise."""
    pages = visit.plan.pages(visit.answers) or [0]
    asked = visit.request.GET.get(PAGE, "")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else pages[0]
    return place if place in pages else pages[0]


def _with_score(visit: Visit, page: int) -> dict[str, Answer]:
    """Choose the level that a link in a mail names; chosen is not stored."""
    answers, lead, level = visit.shown(page), visit.plan.lead, visit.request.GET.get(_SCORE, "")
    if lead is None or level not in dict(lead.options) or visit.answers.get(lead.key):
        return answers
    return {**answers, lead.key: level}


def not_usable(request: HttpRequest) -> HttpResponse:
    """Answer with the page of a link that opens nothing, always the same."""
    context = {"breadcrumbs": [], "heading": _("Liên kết này không dùng được nữa")}
    return render(request, "pages/surveys/not_usable.html", context, status=404)
