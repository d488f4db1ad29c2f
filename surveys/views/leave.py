"""By what right somebody answers, and where the parts of their questionnaire stand."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from cms.core.requests import client_address
from surveys.enums import ChannelKind
from surveys.models import Channel, Survey, SurveyVersion
from surveys.services.drafts import DRAFT_LIFE

_SESSION = "khao_sat"
PAGE = "phan"


@dataclass(frozen=True)
class Leave:
    """By what right somebody answers, and how their response is stored.

    ``key`` names the draft; it is empty while a visitor of an open way has sent nothing and has no cookie yet.
    ``slot`` is where their browser keeps it: one questionnaire at one place does not disturb another.
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

    @property
    def life(self) -> timedelta:
        """How long a draft waits for its next page."""
        return timedelta(seconds=self.survey.kiosk_seconds) if self.is_kiosk else DRAFT_LIFE

    @property
    def about(self) -> str:
        """What the responses of a named place are about, in words."""
        return self.channel.called if self.channel and self.channel.code else ""

    @property
    def mark(self) -> str:
        """What a browser remembers to have sent."""
        return self.token or self.slot

    def page_url(self, page: int) -> str:
        """Return the address of the section at ``page``, counted from 0."""
        return f"{self.url}?{PAGE}={page + 1}"


def key_kept(request: HttpRequest, slot: str) -> str:
    """Return the name of the draft that a visitor's browser keeps in ``slot``; empty before a page was sent."""
    key = str(request.session.get(_SESSION, {}).get(slot, ""))
    return f"open {key}" if key else ""


def with_key(request: HttpRequest, leave: Leave) -> Leave:
    """Give a visitor of an open way a key for the draft: the first moment at which they get a cookie."""
    if leave.key:
        return leave
    key = secrets.token_urlsafe(24)
    request.session[_SESSION] = {**request.session.get(_SESSION, {}), leave.slot: key}
    if not request.user.is_authenticated:
        request.session.set_expiry(DRAFT_LIFE)
    return replace(leave, key=f"open {key}")


def without_key(request: HttpRequest, leave: Leave) -> Leave:
    """Forget the draft of whoever stood here before."""
    kept = dict(request.session.get(_SESSION, {}))
    if kept.pop(leave.slot, None):
        request.session[_SESSION] = kept
    return replace(leave, key="")


def visitor(request: HttpRequest, leave: Leave) -> str:
    """Tell the pupils of a school apart who share one address, as ratings of pages do."""
    place = leave.channel.pk if leave.channel else 0
    return f"{leave.survey.pk} {place} {client_address(request)} {request.headers.get('User-Agent', '')[:200]}"
