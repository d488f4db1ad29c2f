"""Whether somebody who answers by an open way has to copy the figures of a picture, and whether they did.

Only a rule of the survey asks it: always, or once one browser at one place has sent several on one day.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.core.forms import CaptchaForm
from cms.core.services.limits import limit_hit, limit_peek
from cms.core.services.passes import pass_needs_challenge, pass_new, pass_prove, pass_read, pass_with_challenge
from cms.core.views import refused
from surveys.enums import CaptchaRule
from surveys.views.leave import Leave, visitor

SEALED = "giay"
_SOFT = "survey_open_link"


@dataclass(frozen=True)
class Proof:
    """What a page shows of it; ``is_wrong`` once figures were typed that are not those of the picture.

    ``refusal`` is the answer to somebody who has asked for more pictures than anybody reads.
    """

    is_enough: bool
    form: CaptchaForm | None = None
    key: str = ""
    sealed: str = ""
    is_wrong: bool = False
    refusal: HttpResponse | None = None


def proof_of(request: HttpRequest, leave: Leave) -> Proof:
    """Say whether the last button of ``leave`` may store; counts it, and tries figures that were typed."""
    soft = limit_peek(limit=_SOFT, visitor=visitor(request, leave))
    rule = leave.survey.captcha
    if leave.is_kiosk or rule == CaptchaRule.NEVER or (rule == CaptchaRule.OFTEN and soft.allowed):
        limit_hit(limit=_SOFT, visitor=visitor(request, leave))
        return Proof(is_enough=True)
    about = f"survey {leave.survey.pk}"
    given = pass_read(request.POST.get(SEALED, ""), about) or pass_new(about)
    typed = CaptchaForm(request.POST) if "captcha_1" in request.POST else None
    if typed is not None and typed.is_valid():
        given = pass_prove(given, typed.cleaned_data["captcha_1"])
        if given.is_human:
            limit_hit(limit=_SOFT, visitor=visitor(request, leave))
            return Proof(is_enough=True)
        typed.add_error("captcha_1", _("Mã xác nhận chưa đúng hoặc đã cũ. Hãy gõ lại theo ảnh mới."))
        typed.data = {}
    if pass_needs_challenge(given):
        # Every picture is a row. The pupils of a school are told apart here too, as far as they can be.
        most = limit_hit(limit="captcha", visitor=visitor(request, leave))
        if not most.allowed:
            return Proof(False, refusal=refused(request, most))
        given = pass_with_challenge(given)
    return Proof(False, typed or CaptchaForm(), given.challenge, given.sealed(), is_wrong=typed is not None)
