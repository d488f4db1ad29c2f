"""“Send me my codes again”: one page, a captcha, and one answer for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.forms import CaptchaForm
from cms.core.requests import client_address
from cms.core.services.limits import limit_hit
from cms.core.services.passes import (
    Pass,
    pass_needs_challenge,
    pass_new,
    pass_prove,
    pass_read,
    pass_with_challenge,
    pass_without_challenge,
)
from cms.core.views import too_many
from feedback.forms import ResendForm
from feedback.models.pages import LIST_URL
from feedback.services.resend import codes_ask
from feedback.tasks import send_codes

ABOUT = "codes"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resend(request: HttpRequest) -> HttpResponse:
    """Ask for the address; whether it is known is not told."""
    if request.method != "POST":
        return _page(request, pass_new(ABOUT))
    if answer := too_many(request, "code_resend"):
        return answer
    given = pass_read(request.POST.get("giay", ""), ABOUT)
    form, captcha = ResendForm(request.POST), CaptchaForm(request.POST)
    if given is None:
        form.add_error(None, _("Trang này đã mở quá lâu. Hãy gõ mã xác nhận mới rồi gửi lại."))
        return _page(request, pass_new(ABOUT), form)
    if "doi_ma" in request.POST:
        return _page(request, pass_without_challenge(given), ResendForm(initial=request.POST.dict()))
    proved = pass_prove(given, captcha.cleaned_data["captcha_1"] if captcha.is_valid() else "")
    if form.is_valid() and proved.is_human:
        if limit_hit(limit="code_resend_pass", visitor=given.token).allowed:
            _hand_over(form.cleaned_data["email"], client_address(request))
        return redirect("feedback:follow_resent")
    if captcha.is_valid() and not proved.is_human:
        captcha.add_error("captcha_1", _("Mã xác nhận chưa đúng hoặc đã cũ. Hãy gõ lại theo ảnh mới."))
    return _page(request, proved, form, captcha)


def _hand_over(email: str, network: str) -> None:
    """Leave the letters to the worker, for an address that nobody knows too: one row either way."""
    asked = codes_ask(email=email, network=network)
    if asked is not None:
        send_codes.enqueue(asked.reference, asked.token)


def _page(
    request: HttpRequest, given: Pass, form: ResendForm | None = None, captcha: CaptchaForm | None = None
) -> HttpResponse:
    if pass_needs_challenge(given):
        # Every opening makes a captcha, and a row with it.
        if answer := too_many(request, "captcha"):
            return answer
        given = pass_with_challenge(given)
    blank = CaptchaForm()
    if captcha is not None and captcha.errors and not given.is_human:
        captcha.data = {}  # a wrong answer is not shown again: the next picture is another
        blank = captcha
    form = form or ResendForm()
    context = {
        "breadcrumbs": _crumbs(),
        "form": form,
        "captcha": blank,
        "captcha_key": "" if given.is_human else given.challenge,
        "sealed": given.sealed(),
    }
    wrong = form.errors or blank.errors
    return render(request, "pages/feedback/resend.html", context, status=422 if wrong else 200)


@never_cache
@require_safe
def resent(request: HttpRequest) -> HttpResponse:
    """Say what happens now, the same to everybody."""
    return render(request, "pages/feedback/resent.html", {"breadcrumbs": _crumbs()})


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Phản ánh, kiến nghị"), LIST_URL)]
