"""The form of a phản ánh, kiến nghị: one thing a page, without an account, without JavaScript."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.models import Unit
from cms.core.requests import client_address
from cms.core.search import search
from cms.core.services.ledger_days import event_of
from cms.core.services.limits import limit_peek
from cms.core.views import refused, too_many
from cms.media.private import private_response
from feedback.forms import FilesForm, ReviewForm
from feedback.models import Case, CaseDraft
from feedback.models.pages import LIST_URL
from feedback.models.redaction import personal_words
from feedback.services.draft import (
    MAX_FILES,
    NOTICE_VERSION,
    draft_challenge,
    draft_challenge_change,
    draft_file_add,
    draft_file_remove,
    draft_prove_human,
    draft_save,
    draft_send,
    is_human,
    receipt_of,
)
from feedback.services.similar import public_cases_like
from feedback.views.papers import receipt_file
from feedback.views.review import answers, is_unidentified
from feedback.views.sessions import begin_draft, current_draft, keep_alive, stamp, stamped_at
from feedback.views.stations import BY_SLUG, CONTENT, FIRST, LAST, STATIONS, Station, kept_form, unanswered

ADDRESSED = "don-vi"
WRONG = "sai"  # in the address of a step: say what is wrong with what is kept
_CODE = re.compile(r"[0-9A-Za-z._-]{1,40}")
LONGEST_SEARCH = 200
FOUND = 5
LONGEST_NUMBER = 19  # what a BigAutoField can hold has at most so many digits


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what this column is for, what belongs elsewhere, and that a begun form is still here."""
    draft = current_draft(request)
    going_on = draft is not None and draft.sent_at is None
    unit = _addressed(request)
    asked = request.GET.get("tim", "")[:LONGEST_SEARCH].strip()
    if asked and (answer := too_many(request, "search")):
        return answer
    context = {
        "breadcrumbs": _crumbs(),
        "asked": asked,
        "found": search(asked, size=FOUND) if asked else None,
        "first_url": f"{FIRST.url}?{urlencode({ADDRESSED: unit.code})}" if unit else FIRST.url,
        "addressed_to": unit,
        "going_on_url": (unanswered(draft) or LAST).url if going_on else "",
        "expired": "het-han" in request.GET,
    }
    return render(request, "pages/feedback/start.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Show or take one page of the form."""
    station = BY_SLUG.get(slug)
    if station is None:
        raise Http404
    if request.method == "POST" and (answer := too_many(request, "case_draft")):
        return answer
    draft = current_draft(request)
    if draft is not None and draft.sent_at is not None:
        if station is not FIRST:
            return redirect("feedback:form_done")
        draft = None
    if station is LAST:
        return _review(request, draft)
    if station.form_class is FilesForm:
        return _files(request, station, draft)
    return _questions(request, station, draft)


def _questions(request: HttpRequest, station: Station, draft: CaseDraft | None) -> HttpResponse:
    if request.method != "POST":
        if draft is None and station is not FIRST:
            return _begin_again()
        if draft is not None and WRONG in request.GET:
            return _page(request, station, draft, kept_form(station, draft))
        initial = {**(draft.data if draft else {}), "started": stamp()}
        if station is FIRST and (unit := _addressed(request)):
            initial["unit"] = unit.pk
        return _page(request, station, draft, station.form(draft, initial=initial))
    form: Any = station.form(draft, request.POST)
    if not form.is_valid():
        return _page(request, station, draft, form)
    if draft is None:
        new = begin_draft(request, stamped_at(request.POST.get("started")))
        draft_save(draft=new, step=station.slug, values=form.values())
        # Half a form came in after its first half had gone: what was typed now is kept, the rest is asked again.
        return redirect(CONTENT.url if station is FIRST else f"{FIRST.url}?het-han=1")
    draft = draft_save(draft=draft, step=station.slug, values=form.values())
    keep_alive(request)
    return _onward(request, station, draft)


def _addressed(request: HttpRequest) -> Unit | None:
    """Return the unit whose page, notice or code led here (``don-vi``); nonsense addresses nobody."""
    code = request.GET.get(ADDRESSED, "")
    return Unit.objects.active().taking_cases().filter(code=code).first() if _CODE.fullmatch(code) else None


def _files(request: HttpRequest, station: Station, draft: CaseDraft | None) -> HttpResponse:
    if draft is None:
        return _begin_again()
    if request.method != "POST":
        return _page(request, station, draft, FilesForm())
    if "bo" in request.POST:
        draft_file_remove(draft=draft, file=_own_file(draft, request.POST["bo"]))
        return redirect(request.get_full_path())
    form = FilesForm(request.POST, uploads=request.FILES.getlist("files"))
    form.is_valid()
    for checked in form.checked:
        try:
            draft_file_add(draft=draft, checked=checked)
        except ValidationError as error:
            form.add_error("files", error)
    keep_alive(request)
    if form.errors:
        return _page(request, station, draft, form)
    if "them" in request.POST:
        return redirect(request.get_full_path())
    return _onward(request, station, draft)


def _review(request: HttpRequest, draft: CaseDraft | None) -> HttpResponse:
    if draft is None:
        return _begin_again()
    missing = unanswered(draft)
    if missing is not None:
        return redirect(missing.url) if request.method != "POST" else _back_to(missing)
    if request.method != "POST":
        return _review_page(request, draft, ReviewForm(human=is_human(draft)))
    if "doi_ma" in request.POST:
        draft_challenge_change(draft=draft)
        return redirect(f"{LAST.url}#ma-xac-nhan")
    return too_many(request, "case_submit") or _send(request, draft)


def _send(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    if request.POST.get("form_token") != draft.form_token:
        return redirect(LAST.url)  # an old page of another form: show what would really be sent
    form = ReviewForm(request.POST, human=is_human(draft))
    if form.is_valid() and _is_human(form, draft):
        try:
            draft_send(draft=draft, suspect=form.is_suspect)
        except ValidationError as refused:
            return _changed_meanwhile(request, draft, form, refused)
        return redirect("feedback:form_done")
    form.data = {}  # a wrong answer is not shown again: the next picture is another
    draft.refresh_from_db()
    return _review_page(request, draft, form)


def _changed_meanwhile(
    request: HttpRequest, draft: CaseDraft, form: ReviewForm, refused: ValidationError
) -> HttpResponse:
    """Answer when the form no longer stands: another window changed it, or its field of work was closed just now."""
    draft.refresh_from_db()
    missing = unanswered(draft)
    if missing is not None:
        return _back_to(missing)
    form.add_error(None, refused.messages)
    return _review_page(request, draft, form)


def _back_to(station: Station) -> HttpResponse:
    """Lead to the page whose answers do not stand any more, and back to the review from there."""
    return redirect(f"{station.url}?{urlencode({'ve': LAST.slug, WRONG: '1'})}")


def _is_human(form: ReviewForm, draft: CaseDraft) -> bool:
    data = form.cleaned_data
    if draft_prove_human(draft=draft, key=data.get("captcha_0", ""), answer=data.get("captcha_1", "")):
        return True
    form.add_error("captcha_1", _("Mã xác nhận chưa đúng hoặc đã cũ. Hãy gõ lại theo ảnh mới."))
    return False


def _review_page(request: HttpRequest, draft: CaseDraft, form: ReviewForm) -> HttpResponse:
    key = ""
    if not is_human(draft):
        verdict = limit_peek(limit="captcha", visitor=client_address(request))
        if not verdict.allowed:
            return refused(request, verdict)
        key = draft_challenge(draft=draft)
    extra = {
        "captcha_key": key,
        "sections": answers(draft),
        "form_token": draft.form_token,
        "unidentified": is_unidentified(draft),
        "similar": public_cases_like(draft.data["title"]),
        "looks_personal": personal_words(draft.data["title"], draft.data["body"]),
    }
    return _page(request, LAST, draft, form, **extra)


def _page(
    request: HttpRequest, station: Station, draft: CaseDraft | None, form: forms.Form, **extra: Any
) -> HttpResponse:
    place = STATIONS.index(station)
    context = {
        "breadcrumbs": _crumbs((_("Gửi phản ánh"), reverse("feedback:form_start"))),
        "station": station,
        "stations": [(other.title, index < place, other is station) for index, other in enumerate(STATIONS)],
        "number": place + 1,
        "count": len(STATIONS),
        "back_url": STATIONS[place - 1].url if place else reverse("feedback:form_start"),
        "body_template": f"pages/feedback/steps/{station.body}.html",
        "form": form,
        "expired": "het-han" in request.GET,
        "draft_files": list(draft.files.all()) if draft and station.body == "files" else [],
        "most_files": MAX_FILES,
        "notice_version": NOTICE_VERSION,
        "similar_url": reverse("feedback:form_similar") if station is CONTENT else "",
        "privacy_url": reverse("feedback:form_privacy") if station is CONTENT else "",
        **extra,
    }
    return render(
        request, "pages/feedback/step.html", context, status=422 if form.errors and request.method == "POST" else 200
    )


def _onward(request: HttpRequest, station: Station, draft: CaseDraft) -> HttpResponse:
    """Go where the sender wanted: back to the review, to what is still missing, or one page on."""
    missing = unanswered(draft)
    place = STATIONS.index(station)
    if missing is not None and STATIONS.index(missing) <= place:
        return redirect(missing.url)
    if request.GET.get("ve") == LAST.slug and missing is None:
        return redirect(LAST.url)
    return redirect(STATIONS[place + 1].url)


def _begin_again() -> HttpResponse:
    return redirect(f"{reverse('feedback:form_start')}?het-han=1")


def _own_file(draft: CaseDraft, number: str) -> Any:
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    file = draft.files.filter(pk=int(number)).first() if is_number else None
    if file is None:
        raise Http404
    return file


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Show the receipt with the secret code, to the session that sent the form and for an hour only."""
    draft = current_draft(request)
    receipt = receipt_of(draft) if draft is not None and draft.sent_at is not None else None
    if draft is None or receipt is None:
        return render(request, "pages/feedback/receipt_gone.html", {"breadcrumbs": _crumbs()}, status=404)
    case, code = receipt
    steps, event = _what_comes(case), event_of(subject_type="case", subject_key=case.reference, verb="case.submit")
    if request.GET.get("tai") == "pdf":
        return receipt_file(case=case, code=code, sent_at=draft.sent_at, steps=steps, event=event)
    context = {
        "breadcrumbs": _crumbs(),
        "case": case,
        "code": code,
        "sent_at": draft.sent_at,
        "events": steps,
        "recorded": event,
        "facts": [(_("Tiêu đề"), case.title), (_("Đơn vị liên quan"), case.unit.name if case.unit else "")],
    }
    return render(request, "pages/feedback/done.html", context)


def _what_comes(case: Case) -> list[dict[str, Any]]:
    """What happens next, in order; no day is promised for the answer before the case is accepted."""
    days = case.category.profile.triage_days
    letter = _("Một thư xác nhận đang được gửi tới thư điện tử bạn ghi; trong thư không có mã theo dõi.")
    return [
        {"title": _("Đã lưu phản ánh"), "text": letter if case.sender.email else "", "when": case.received_at},
        {
            "title": _("Xem xét tiếp nhận"),
            "text": _("Trong %(days)d ngày làm việc. Nếu việc thuộc cơ quan khác, chúng tôi chuyển và báo nơi nhận.")
            % {"days": days},
            "state": "next",
        },
        {
            "title": _("Có ngày hẹn trả lời"),
            "text": _("Chỉ khi được tiếp nhận mới có ngày hẹn. Trang theo dõi sẽ giải thích từng ngày."),
            "state": "next",
        },
        {
            "title": _("Trả lời"),
            "text": _("Câu trả lời hiện ở trang theo dõi, và được gửi tới thư điện tử nếu bạn có ghi."),
            "state": "next",
        },
    ]


@never_cache
@require_safe
def draft_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the sender look at a file of their own unfinished form; for anybody else it does not exist."""
    draft = current_draft(request)
    file = draft.files.filter(pk=pk).first() if draft else None
    if file is None:
        raise Http404
    return private_response(request, name=file.stored_name, filename=file.name, content_type=file.content_type)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Phản ánh, kiến nghị"), LIST_URL), *more]
