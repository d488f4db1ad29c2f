"""Where readers' comments are sent: a form on its own address, so that the pages themselves need no token."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.forms import CaptchaForm
from cms.core.models import BasePage
from cms.core.services.passes import (
    Pass,
    pass_needs_challenge,
    pass_new,
    pass_read,
    pass_with_challenge,
    pass_without_challenge,
)
from cms.core.views import too_many
from feedback.enums import CommentState
from feedback.forms import CommentForm
from feedback.services.comment_forms import comment_take, receipt_mark, receipt_of
from feedback.services.comments import CommentEntry, CommentsClosedError, comment_retract, commented_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Show or take the form about the page that ``trang`` names."""
    page = commented_page(_number(request.GET.get("trang", "")))
    if page is None:
        raise Http404
    if request.method == "POST" and (answer := too_many(request, "comment_send")):
        return answer
    if not page.takes_comments(timezone.localdate()):
        return _closed(request, page)
    if request.method == "POST":
        return _take(request, page)
    return _form_page(request, page, pass_new(_about(page)))


def _take(request: HttpRequest, page: BasePage) -> HttpResponse:
    given = pass_read(request.POST.get("giay", ""), _about(page))
    form, captcha = CommentForm(request.POST), CaptchaForm(request.POST)
    if given is None:
        form.add_error(None, _("Trang này đã mở quá lâu. Lời bạn viết còn nguyên, hãy gõ mã xác nhận mới rồi gửi lại."))
        return _form_page(request, page, pass_new(_about(page)), form)
    if "doi_ma" in request.POST:
        return _form_page(request, page, pass_without_challenge(given), CommentForm(initial=request.POST.dict()))
    answer = captcha.cleaned_data["captcha_1"] if captcha.is_valid() else ""
    entry = CommentEntry(**form.cleaned_data) if form.is_valid() else None
    try:
        proved, comment = comment_take(
            page=page, given=given, answer=answer, entry=entry, suspect=bool(request.POST.get("ghi_chu_them"))
        )
    except CommentsClosedError:
        return _closed(request, page)
    if comment is not None:
        return redirect("readers:comment_sent", receipt_mark(comment))
    if proved.is_human:
        return _form_page(request, page, proved, form)
    if captcha.is_valid():
        captcha.add_error("captcha_1", _("Mã xác nhận chưa đúng hoặc đã cũ. Hãy gõ lại theo ảnh mới."))
    return _form_page(request, page, proved, form, captcha)


def _form_page(
    request: HttpRequest,
    page: BasePage,
    given: Pass,
    form: CommentForm | None = None,
    captcha: CaptchaForm | None = None,
) -> HttpResponse:
    if pass_needs_challenge(given):
        # The form has no session that would remember its captcha: every opening makes one, and a row with it.
        if answer := too_many(request, "captcha"):
            return answer
        given = pass_with_challenge(given)
    # A wrong answer is not shown again: the next picture is another.
    blank = CaptchaForm()
    if captcha is not None and captcha.errors:
        captcha.data = {}
        blank = captcha
    form = form or CommentForm()
    context = {
        "breadcrumbs": _crumbs(page),
        "subject": page,
        "form": form,
        "captcha": blank,
        "captcha_key": "" if given.is_human else given.challenge,
        "sealed": given.sealed(),
    }
    wrong = form.errors or blank.errors
    return render(request, "pages/feedback/comment_form.html", context, status=422 if wrong else 200)


def _closed(request: HttpRequest, page: BasePage) -> HttpResponse:
    """Say that the time is over; words already typed are shown so that they can be copied."""
    context = {"breadcrumbs": _crumbs(page), "subject": page, "typed": request.POST.get("body", "")[:20_000]}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/feedback/comment_closed.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, mark: str) -> HttpResponse:
    """Confirm what was received, for an hour, to whoever holds the address; a press takes it back."""
    comment = receipt_of(mark)
    if comment is None:
        raise Http404
    if request.method == "POST":
        comment_retract(comment=comment)
        return redirect("readers:comment_sent", mark)
    context: dict[str, Any] = {
        "breadcrumbs": _crumbs(comment.page.specific),
        "comment": comment,
        "subject": comment.page,
        "retracted": comment.state == CommentState.RETRACTED,
        "waiting": comment.state == CommentState.WAITING,
    }
    return render(request, "pages/feedback/comment_sent.html", context)


def _crumbs(page: BasePage) -> list[tuple[str, str]]:
    return [(page.title, page.get_url() or "")]


def _about(page: BasePage) -> str:
    return f"comment {page.pk}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
