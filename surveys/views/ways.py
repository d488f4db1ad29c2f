"""The ways to a questionnaire: an invitation, the open link, the code of a place, the machine at a counter."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.views import too_many
from surveys.enums import ChannelKind
from surveys.models import Channel, Survey, SurveyPage
from surveys.services.drafts import draft_drop
from surveys.services.invitations import invitation_of
from surveys.services.responses import response_store_by_token, response_store_open
from surveys.views.answering import answer, not_usable
from surveys.views.leave import PAGE, Leave, key_forget, key_kept, without_key
from surveys.views.sent import is_sent_again, sent_forget, sent_from_here, sent_page

WRONG = "survey_wrong_token"


class ClosedError(Exception):
    """Nobody may answer by this way now."""


def or_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead whoever comes by a closed way to the page of the survey, which says how it stands; 404 without one."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug, *args, **kwargs)
        except ClosedError:
            page = SurveyPage.objects.readable().filter(survey__slug=slug).first()
            if page is None:
                raise Http404 from None
            return redirect(page.url)

    return answered


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_invited(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Let somebody answer by an invitation. A wrong, used or late one gets one and the same page."""
    invitation = invitation_of(token)
    if invitation is None or invitation.survey.slug != slug or invitation.survey.current is None:
        return _not_usable(request, slug, token)
    leave = Leave(
        survey=invitation.survey,
        version=invitation.survey.current,
        url=reverse("surveys:answer", args=[slug, token]),
        key=key_kept(request, token),
        store=lambda **given: response_store_by_token(token=token, **given),
        token=token,
    )
    return answer(request, leave)


def _not_usable(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Answer whoever has sent by this browser, or sends the same form again, that it was sent; others learn nothing."""
    if sent_from_here(request, token) or is_sent_again(request):
        survey = Survey.objects.exclude(current=None).filter(slug=slug).first()
        if survey is not None:
            return sent_page(request, survey)
    # Others of the same address may hold a right one, which is not asked for this.
    return too_many(request, WRONG) or not_usable(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@or_page
def answer_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Let anybody answer a survey that has an open link; how often one may is limited, and the page says so."""
    return answer(request, _leave(request, slug, "", reverse("surveys:answer_open", args=[slug])))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@or_page
def answer_channel(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Let anybody answer about a place: a unit, a counter, a subject; the address stands on a poster or a page."""
    leave = _leave(request, slug, code, reverse("surveys:answer_channel", args=[slug, code]))
    if leave.is_kiosk:
        raise Http404
    return answer(request, leave)


@require_safe
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the place that was chosen from a list; back to the list when none was."""
    code = request.GET.get("diem", "")
    ways = Channel.objects.open(timezone.localdate()).kind_web().filter(survey__slug=slug)
    found = ways.filter(code=code).first() if code.isascii() and len(code) <= 40 else None
    return (
        redirect("surveys:answer_channel", slug, found.code) if found and found.code else redirect(f"/khao-sat/{slug}/")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@or_page
def answer_kiosk(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Let one after the other answer at the machine of a counter: its own address begins anew, whoever was here."""
    leave = _leave(request, slug, code, reverse("surveys:answer_kiosk", args=[slug, code]))
    if not leave.is_kiosk:
        raise Http404
    begins = request.method != "POST" and PAGE not in request.GET
    if not begins:
        return answer(request, leave)
    if leave.key:
        draft_drop(key=leave.draft)
    answered = sent_forget(request, answer(request, without_key(leave)), leave.mark)
    return key_forget(answered, leave) if leave.key else answered


@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank; says nothing about who comes here."""
    survey = get_object_or_404(Survey.objects.exclude(current=None), slug=slug)
    return render(request, "pages/surveys/thanks.html", {"survey": survey, "breadcrumbs": []})


@never_cache
@require_safe
@or_page
def thanks_kiosk(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Thank at a counter, and make room for the next one."""
    leave = _leave(request, slug, code, reverse("surveys:answer_kiosk", args=[slug, code]))
    return render(request, "pages/surveys/kiosk_thanks.html", {"survey": leave.survey, "start_url": leave.url})


def _leave(request: HttpRequest, slug: str, code: str, url: str) -> Leave:
    """Return the leave of an open way.

    Raises ClosedError for one that is closed, unknown, or not for everybody.
    """
    ways = Channel.objects.open(timezone.localdate()).select_related("survey__current", "unit")
    ways = ways.filter(survey__slug=slug, code=code)
    channel = (ways if code else ways.filter(kind=ChannelKind.WEB)).first()
    if channel is None or channel.survey.current is None:
        raise ClosedError
    slot = f"{slug}/{code}" if code else slug
    return Leave(
        survey=channel.survey,
        version=channel.survey.current,
        url=url,
        key=key_kept(request, slot),
        store=lambda **given: response_store_open(channel_id=channel.pk, **given),
        channel=channel,
        slot=slot,
    )
