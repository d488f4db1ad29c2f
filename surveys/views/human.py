"""Whether somebody who answers by an open way has to copy the figures of a picture, and whether they did.

Only a rule of the survey asks it: always, or once one browser at one place, or one address, has sent several on a day.
Browsers call themselves what they like, so each of them is counted, and all of one address together.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.core.forms import CaptchaForm
from cms.core.services.limits import Verdict, limit_hit, limit_peek
from cms.core.services.passes import pass_needs_challenge, pass_new, pass_prove, pass_read, pass_with_challenge
from cms.core.views import refused
from surveys.enums import CaptchaRule
from surveys.views.leave import Leave, network, visitor

SEALED = "giay"
_SOFT, _SOFT_ADDRESS = "survey_open_link", "survey_address"


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
    rule = leave.survey.captcha
    if leave.is_kiosk or rule == CaptchaRule.NEVER or (rule == CaptchaRule.OFTEN and _are_few(request, leave)):
        return _enough(request, leave)
    about = f"survey {leave.survey.pk}"
    given = pass_read(request.POST.get(SEALED, ""), about) or pass_new(about)
    typed = CaptchaForm(request.POST) if "captcha_1" in request.POST else None
    if typed is not None and typed.is_valid():
        given = pass_prove(given, typed.cleaned_data["captcha_1"])
        if given.is_human:
            return _enough(request, leave)
        typed.add_error("captcha_1", _("Mã xác nhận chưa đúng hoặc đã cũ. Hãy gõ lại theo ảnh mới."))
        typed.data = {}
    if pass_needs_challenge(given):
        # Every picture is a row. A class of one school gets several each, one after the other nobody does.
        most = limit_hit(limit="survey_captcha", visitor=network(request, leave))
        if not most.allowed:
            return Proof(False, refusal=refused(request, most))
        given = pass_with_challenge(given)
    return Proof(False, typed or CaptchaForm(), given.challenge, given.sealed(), is_wrong=typed is not None)


def most_sent(request: HttpRequest, leave: Leave) -> Verdict:
    """Count one response by an open way; say whether it is within what one browser and one address may send."""
    if leave.is_kiosk:
        # One machine, whatever it calls itself.
        return limit_hit(limit="survey_kiosk", visitor=network(request, leave, at_place=True))
    own = limit_hit(limit="survey_open_most", visitor=visitor(request, leave))
    return limit_hit(limit="survey_address_most", visitor=network(request, leave)) if own.allowed else own


def _are_few(request: HttpRequest, leave: Leave) -> bool:
    own = limit_peek(limit=_SOFT, visitor=visitor(request, leave))
    return own.allowed and limit_peek(limit=_SOFT_ADDRESS, visitor=network(request, leave)).allowed


def _enough(request: HttpRequest, leave: Leave) -> Proof:
    if not leave.is_kiosk:
        limit_hit(limit=_SOFT, visitor=visitor(request, leave))
        limit_hit(limit=_SOFT_ADDRESS, visitor=network(request, leave))
    return Proof(is_enough=True)
