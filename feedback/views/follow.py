"""Following a case with its code. The code travels in a form, never in an address."""

import time
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.requests import client_address
from cms.core.services.limits import limit_hit, limit_peek
from cms.core.views import refused, too_many
from cms.media.private import private_response
from feedback.enums import CaseState
from feedback.forms import AddForm, FollowForm, ReopenForm, ReplyForm, TakeBackForm, WithdrawForm
from feedback.models import Case
from feedback.models.pages import LIST_URL
from feedback.services.answer_ratings import answer_rating_url
from feedback.services.consents import consents_held, consents_take_back
from feedback.services.handling import case_add, case_reopen, case_reply, case_withdraw
from feedback.services.identity import sender_matches
from feedback.services.letters import letter_of
from feedback.services.moves import TransitionRefusedError
from feedback.services.submission import code_used
from feedback.views.papers import deadline_file
from feedback.views.timeline import case_story

_KEY = "theo_doi"
_OPENED = "da_mo"  # by the code alone
GRANT_SECONDS = 15 * 60
WRONG = "case_wrong_code"


@dataclass(frozen=True)
class Told:
    """What the result page says first."""

    heading: str = ""
    text: str = ""
    kind: str = "good"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show where the case stands. All wrong codes get one and the same answer."""
    if request.method != "POST":
        return _ask(request, FollowForm())
    if answer := too_many(request, "case_follow"):
        return answer
    tries = limit_peek(limit=WRONG, visitor=client_address(request))
    if not tries.allowed:
        return refused(request, tries)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    case = _found(form.cleaned_data)
    if case is None:
        limit_hit(limit=WRONG, visitor=client_address(request))
        form.add_error("code", _("Không tìm thấy phản ánh nào ứng với những gì bạn gõ. Hãy xem lại từng chữ của mã."))
        form.data = {}  # every wrong code gets the same page, letter by letter
        return _ask(request, form)
    code_used(case=case, typed=form.cleaned_data["code"])
    return _open(request, case, form.cleaned_data["second"])


def _found(data: dict[str, Any]) -> Case | None:
    """Return the case of the code, unless a reference was given and is another's."""
    case = Case.objects.by_code(data["code"]).first()
    given = data["reference"].replace(" ", "").upper()
    return case if case is not None and given in {"", case.reference} else None


def _open(request: HttpRequest, case: Case, second: str) -> HttpResponse:
    told = None
    is_sender = False
    request.session[_OPENED] = {"case": case.pk, "until": time.time() + GRANT_SECONDS}
    if second:
        visitor = f"case {case.pk}"
        tries = limit_peek(limit=WRONG, visitor=visitor)
        if not tries.allowed:
            return refused(request, tries)
        is_sender = sender_matches(case, second)
        if not is_sender:
            limit_hit(limit=WRONG, visitor=visitor)
            limit_hit(limit=WRONG, visitor=client_address(request))
            text = _("Số điện thoại hoặc thư điện tử không khớp với lúc gửi, nên chưa mở được nội dung và tệp của bạn.")
            told = Told(_("Chưa xác nhận được người gửi"), text, "warning")
    if is_sender:
        # What the visitor could do before is not what they may do now: nobody keeps a key that was known earlier.
        request.session.cycle_key()
        request.session[_KEY] = {"case": case.pk, "until": time.time() + GRANT_SECONDS}
    else:
        request.session.pop(_KEY, None)
    return _show(request, case, is_sender=is_sender, told=told)


@never_cache
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """Take the sender's answer to the office's question."""
    case = _granted(request)
    if case is None:
        return redirect("feedback:follow")
    if answer := too_many(request, "case_follow"):
        return answer
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, case, is_sender=True, reply_form=form)
    try:
        case_reply(case=case, text=form.cleaned_data["body"], expected_version=_version(request))
    except TransitionRefusedError as error:
        return _show(request, _fresh(case), is_sender=True, told=_refusal(case, error), reply_form=form, status=409)
    told = Told(_("Đã nhận thông tin bổ sung"), _("Người xử lý đã được báo và sẽ làm tiếp."))
    return _show(request, _fresh(case), is_sender=True, told=told)


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take what the sender adds of their own accord."""
    case = _granted(request)
    if case is None:
        return redirect("feedback:follow")
    if answer := too_many(request, "case_follow"):
        return answer
    form = AddForm(request.POST)
    if not form.is_valid():
        return _show(request, case, is_sender=True, add_form=form)
    try:
        case_add(case=case, text=form.cleaned_data["more"])
    except TransitionRefusedError as error:
        return _show(request, _fresh(case), is_sender=True, told=_refusal(case, error), add_form=form, status=409)
    told = Told(_("Đã nhận thông tin bạn viết thêm"), _("Thông tin này nằm cùng phản ánh; người xử lý đọc được."))
    return _show(request, _fresh(case), is_sender=True, told=told)


@never_cache
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the case back on its sender's word."""
    case = _granted(request)
    if case is None:
        return redirect("feedback:follow")
    if answer := too_many(request, "case_follow"):
        return answer
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, case, is_sender=True, withdraw_form=form)
    try:
        case_withdraw(case=case, expected_version=_version(request))
    except TransitionRefusedError as error:
        return _show(request, _fresh(case), is_sender=True, told=_refusal(case, error), status=409)
    told = Told(_("Đã rút phản ánh"), _("Cơ quan dừng xử lý theo yêu cầu của bạn."))
    return _show(request, _fresh(case), is_sender=True, told=told)


@never_cache
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take the sender's wish for a second look, once and within the days that the answer left for it."""
    case = _granted(request)
    if case is None:
        return redirect("feedback:follow")
    if answer := too_many(request, "case_follow"):
        return answer
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _show(request, case, is_sender=True, reopen_form=form)
    try:
        case_reopen(case=case, reason=form.cleaned_data["reason"], expected_version=_version(request))
    except TransitionRefusedError as error:
        return _show(request, _fresh(case), is_sender=True, told=_refusal(case, error), reopen_form=form, status=409)
    told = Told(_("Đã nhận đề nghị xem xét lại"), _("Người khác với người đã trả lời sẽ xem lại và trả lời bạn."))
    return _show(request, _fresh(case), is_sender=True, told=told)


@never_cache
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Let the sender take back what they agreed to; what is public because of it goes at once."""
    case = _granted(request)
    if case is None:
        return redirect("feedback:follow")
    if answer := too_many(request, "case_follow"):
        return answer
    form = TakeBackForm(request.POST, held=consents_held(case))
    if not form.is_valid():
        return _show(request, case, is_sender=True, back_form=form)
    try:
        consents_take_back(case=case, names=form.cleaned_data["back"])
    except TransitionRefusedError as error:
        return _show(request, _fresh(case), is_sender=True, told=_refusal(case, error), status=409)
    told = Told(_("Đã rút lại"), _("Điều bạn rút lại không còn hiệu lực từ lúc này; phản ánh vẫn được xử lý."))
    return _show(request, _fresh(case), is_sender=True, told=told)


@never_cache
@require_safe
def own_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the sender a file of their own case; for anybody else it does not exist."""
    case = _granted(request)
    file = case.attachments.filter(pk=pk).first() if case else None
    if file is None:
        raise Http404
    return private_response(request, name=file.stored_name, filename=file.name, content_type=file.content_type)


@never_cache
@require_safe
def own_letter(request: HttpRequest) -> HttpResponseBase:
    """Give the sender the signed document of the answer; for anybody else it does not exist."""
    case = _granted(request)
    letter = letter_of(case) if case else None
    if letter is None:
        raise Http404
    return private_response(request, name=letter.stored_name, filename=letter.name, content_type=letter.content_type)


@never_cache
@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """Give the day of the answer for the visitor's own calendar, to whoever opened the case with its code."""
    case = _granted(request, _OPENED)
    if case is None or case.due_on is None or case.accepted_at is None:
        raise Http404
    return deadline_file(case)


def _granted(request: HttpRequest, key: str = _KEY) -> Case | None:
    """Return the case that this session has opened, with both data unless ``key`` says otherwise.

    Good for a quarter of an hour.
    """
    grant = request.session.get(key) or {}
    if grant.get("until", 0) < time.time():
        return None
    return Case.objects.filter(pk=grant["case"]).first()


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _refusal(case: Case, error: TransitionRefusedError) -> Told:
    # What is set aside as spam must not be told so.
    text = _("Hiện chưa làm được việc này. Xin thử lại sau.") if case.state == CaseState.QUARANTINED else str(error)
    return Told(_("Chưa làm được"), text, "warning")


def _fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def _ask(request: HttpRequest, form: FollowForm) -> HttpResponse:
    context = {"breadcrumbs": _crumbs(), "form": form}
    return render(request, "pages/feedback/follow.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest,
    case: Case,
    *,
    is_sender: bool,
    told: Told | None = None,
    reply_form: forms.Form | None = None,
    withdraw_form: forms.Form | None = None,
    reopen_form: forms.Form | None = None,
    add_form: forms.Form | None = None,
    back_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = [
        form
        for form in (reply_form, withdraw_form, reopen_form, add_form, back_form)
        if form is not None and form.errors
    ]
    context = {
        "breadcrumbs": _crumbs(),
        "case": case,
        "told": told,
        "is_sender": is_sender,
        "story": case_story(case, is_sender=is_sender),
        "rating_url": answer_rating_url(case),
        "reply_form": reply_form or ReplyForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "reopen_form": reopen_form or ReopenForm(),
        "add_form": add_form or AddForm(),
        "back_form": back_form or TakeBackForm(held=consents_held(case) if is_sender else ()),
        "wrong_form": wrong[0] if wrong else None,
    }
    return render(request, "pages/feedback/follow_result.html", context, status=422 if wrong else status)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Phản ánh, kiến nghị"), LIST_URL)]
