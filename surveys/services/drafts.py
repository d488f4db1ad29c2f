"""Answers on their way: kept page by page on the server, under a key that only one browser knows."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.core.services.limits import limit_hit, limit_peek
from surveys.models import ResponseDraft, SurveyVersion
from surveys.services.batches import invitations_sweep
from surveys.services.plan import Answer

DRAFT_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """One answer with the mark of its question as it was read; a ``veiled`` one is sent along and shown no more."""

    mark: str
    answer: Answer
    veiled: bool = False


def draft_digest(key: str) -> str:
    """Return what is stored of a draft's key; another than that of an invitation with the same letters."""
    message = f"survey draft\0{key}".encode(errors="replace")
    return hmac.new(settings.TRACKING_KEY.encode(), message, hashlib.sha256).hexdigest()


def draft_of(
    key: str, *, survey_id: int, life: timedelta = DRAFT_LIFE, now: datetime | None = None
) -> ResponseDraft | None:
    """Return the draft of ``key`` in one survey; None when there is none or ``life`` has passed since its last page."""
    since = (now or timezone.now()) - life
    rows = ResponseDraft.objects.select_related("version").filter(version__survey_id=survey_id, saved_at__gte=since)
    return rows.filter(key_digest=draft_digest(key)).first()


@transaction.atomic
def draft_save(
    *, key: str, version: SurveyVersion, answers: Mapping[str, Given], now: datetime | None = None
) -> ResponseDraft:
    """Keep ``answers`` for a day from now, with what was read; what was kept before is replaced."""
    kept = {key: asdict(given) for key, given in answers.items()}
    values = {"version": version, "answers": kept, "saved_at": now or timezone.now()}
    return ResponseDraft.objects.update_or_create(key_digest=draft_digest(key), defaults=values)[0]


def draft_given(draft: ResponseDraft) -> dict[str, Given]:
    """Return what was answered so far, by key."""
    return {key: Given(**given) for key, given in draft.answers.items()}


def draft_take(*, key: str) -> bool:
    """Forget a draft whose answers are sent, in the transaction that stores them; of two senders at once one may."""
    return bool(ResponseDraft.objects.filter(key_digest=draft_digest(key)).delete()[0])


def form_spend(*, form: str) -> bool:
    """Spend what one form carries, in the transaction that stores its answers; False when it was sent before."""
    return not form or limit_hit(limit="survey_form", visitor=form).allowed


def form_is_sent(*, form: str) -> bool:
    """Say whether the form that carries ``form`` was sent."""
    return bool(form) and not limit_peek(limit="survey_form", visitor=form).allowed


def draft_drop(*, key: str) -> None:
    """Forget a draft: its answers were sent."""
    ResponseDraft.objects.filter(key_digest=draft_digest(key)).delete()


def drafts_sweep(*, now: datetime | None = None) -> tuple[int, int]:
    """Remove drafts whose day is over and invitations that are over; return how many of each."""
    now = now or timezone.now()
    drafts = ResponseDraft.objects.outlived(now - DRAFT_LIFE).delete()[0]
    return drafts, invitations_sweep(today=timezone.localdate(now))
