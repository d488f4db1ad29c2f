"""By what right somebody answers, and where the parts of their questionnaire stand."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.core.requests import client_address
from surveys.enums import ChannelKind
from surveys.models import Channel, Question, Survey, SurveyVersion
from surveys.services.drafts import DRAFT_LIFE, draft_digest
from surveys.services.plan import is_words

PAGE = "phan"
# What kiosk.js adds to what it sends and opens: somebody touched the screen, its clock has not run out.
TOUCHED = "cham"
# Seconds for one question, for one that is answered in words, and to look around, at the pace of the slowest.
_ONE, _IN_WORDS, _LOOK = 30, 120, 60
_PATIENCE, _LONGEST_PAGE = 10, 30 * 60
_LETTERS, _LONGEST = 12, 64


@dataclass(frozen=True)
class Leave:
    """By what right somebody answers, and how their response is stored.

    ``key`` is what only their browser knows of their draft; it is empty while they have sent nothing and have no cookie
    yet. ``slot`` names an open way: one questionnaire at one place does not disturb another.
    """

    survey: Survey
    version: SurveyVersion
    url: str
    key: str
    store: Callable[..., Any]
    token: str = ""
    channel: Channel | None = None
    slot: str = ""

    @property
    def is_kiosk(self) -> bool:
        return self.channel is not None and self.channel.kind == ChannelKind.KIOSK

    def life(self, request: HttpRequest) -> timedelta:
        """Return how long a draft waits.

        At a counter a page that is *opened* later than nobody may pause finds nothing any more. Whoever *sends* one is
        there, so that is taken for longer: with scripts the browser's own clock has made room for the next one long ago
        (kiosk.js), without them the page has gone by itself (:func:`slow_seconds`).
        """
        if not self.is_kiosk:
            return DRAFT_LIFE
        pause = self.survey.kiosk_seconds
        return timedelta(seconds=_longest(pause) if request.method == "POST" or TOUCHED in request.GET else pause)

    def is_doubtful(self, request: HttpRequest, saved_at: datetime) -> bool:
        """Say whether somebody else may have sent this page than the one before it, saved at ``saved_at``.

        So at a counter, after a pause, where no script vouches that the screen was touched all along.
        """
        if not self.is_kiosk or TOUCHED in request.POST or TOUCHED in request.GET:
            return False
        return timezone.now() - saved_at > timedelta(seconds=self.survey.kiosk_seconds)

    @property
    def about(self) -> str:
        """What the responses of a named place are about, in words."""
        return self.channel.called if self.channel and self.channel.code else ""

    @property
    def mark(self) -> str:
        """What a browser remembers to have sent, and to be about to."""
        return self.token or self.slot

    @property
    def draft(self) -> str:
        """The name of the draft; empty without one. An invitation alone opens none: others may hold the link too."""
        return f"{self.mark} {self.key}" if self.key else ""

    def page_url(self, page: int) -> str:
        """Return the address of the section at ``page``, counted from 0."""
        return f"{self.url}?{PAGE}={page + 1}"


def slow_seconds(leave: Leave, questions: Iterable[Question]) -> int:
    """Return after how many seconds a page of a counter goes by itself, where no script sees whether it is touched."""
    needed = _LOOK + sum(_IN_WORDS if is_words(each) else _ONE for each in questions)
    return max(leave.survey.kiosk_seconds, min(needed, _longest(leave.survey.kiosk_seconds)))


def _longest(pause: int) -> int:
    return max(_PATIENCE * pause, _LONGEST_PAGE)


def key_kept(request: HttpRequest, mark: str) -> str:
    """Return what a visitor's browser keeps of their draft by the way of ``mark``; empty before a page was sent."""
    key = request.COOKIES.get(_cookie(mark), "")
    return key if len(key) <= _LONGEST else ""


def with_key(leave: Leave) -> Leave:
    """Give a visitor a key for the draft: the first moment at which they get a cookie (:func:`key_keep`)."""
    return leave if leave.key else replace(leave, key=secrets.token_urlsafe(24))


def without_key(leave: Leave) -> Leave:
    """Forget the draft of whoever stood here before; their browser does by :func:`key_forget`."""
    return replace(leave, key="")


def key_keep(response: HttpResponse, leave: Leave) -> HttpResponse:
    """Let the browser keep the key as long as the draft waits, and tell it to this one way alone."""
    return cookie_set(response, _cookie(leave.mark), leave.key, leave.url)


def key_forget(response: HttpResponse, leave: Leave) -> HttpResponse:
    """Let the browser forget the key: the answers were sent, or somebody else begins."""
    response.delete_cookie(_cookie(leave.mark), path=leave.url, samesite="Lax")
    return response


def cookie_set(response: HttpResponse, name: str, value: str, path: str) -> HttpResponse:
    """Give a cookie of a day that no script reads, no other site sends, and that says nothing of who it is."""
    response.set_cookie(
        name, value, max_age=DRAFT_LIFE, path=path,
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _cookie(mark: str) -> str:
    """Return the name of the cookie: the address of one way may be the beginning of another's."""
    return f"khao_sat_{draft_digest(f'cookie {mark}')[:_LETTERS]}"


def network(request: HttpRequest, leave: Leave, *, at_place: bool = False) -> str:
    """Name all who answer a survey, or answer it at one place, from one address."""
    place = leave.channel.pk if leave.channel and at_place else ""
    return f"{leave.survey.pk} {place} {client_address(request)}"


def visitor(request: HttpRequest, leave: Leave) -> str:
    """Tell the pupils of a school apart who share one address, as ratings of pages do."""
    place = leave.channel.pk if leave.channel else 0
    return f"{leave.survey.pk} {place} {client_address(request)} {request.headers.get('User-Agent', '')[:200]}"
