"""What a visitor's session remembers of feedback: the token of one draft, and nothing that was typed."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from feedback.models import CaseDraft
from feedback.services.draft import DRAFT_LIFE, draft_of, draft_start

_KEY = "phan_anh"
_SALT = "feedback.form.started"


def stamp() -> str:
    """Return a signed mark of this moment, for the first page of the form."""
    return signing.dumps(timezone.now().timestamp(), salt=_SALT)


def stamped_at(mark: Any) -> datetime | None:
    """Return when the first page was shown, or None when the mark is not ours or too old."""
    try:
        moment = signing.loads(str(mark), salt=_SALT, max_age=DRAFT_LIFE)
    except (signing.BadSignature, ValueError):
        return None
    return datetime.fromtimestamp(moment, tz=timezone.get_current_timezone())


def current_draft(request: HttpRequest) -> CaseDraft | None:
    """Return the draft of this visitor, sent or not; None when there is none or its day is over."""
    return draft_of(str(request.session.get(_KEY, "")))


def begin_draft(request: HttpRequest, started_at: datetime | None = None) -> CaseDraft:
    """Begin a draft for this visitor; the first moment at which they get a cookie that names something."""
    draft, token = draft_start(started_at=started_at)
    request.session[_KEY] = token
    keep_alive(request)
    return draft


def keep_alive(request: HttpRequest) -> None:
    """Let the session live as long as its draft. An officer's own session keeps its own length."""
    if not request.user.is_authenticated:
        request.session.set_expiry(DRAFT_LIFE)
