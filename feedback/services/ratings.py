"""Whether a page was of use: one answer a reader, a page and a day, without a cookie and without an address kept."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

from cms.core.models import BasePage
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import clean_text
from feedback.models import PageRating

_MARK = "feedback.rating"
MARK_LIFE = timedelta(hours=1)
WORDS_KEPT = timedelta(days=365)


def rated_page(page_id: int) -> BasePage | None:
    """Return the page that everybody may read and that asks for a rating; None for any other."""
    page = Page.objects.live().public().filter(pk=page_id).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, BasePage) and specific.is_rated else None


@transaction.atomic
def page_rate(
    *, page: BasePage, useful: bool, address: str, device: str = "", now: datetime | None = None
) -> PageRating:
    """Count an answer; the same reader's second answer of the day replaces the first.

    Args:
        page: a page from :func:`rated_page`.
        useful: the answer.
        address: the visitor's address, and ``device`` what the browser says of itself: together they tell the pupils
            of a school apart who share one address. Only a keyed digest is stored, different for each page and day.
        device: see above.
        now: aware date-time, for tests.

    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    rating, _new = PageRating.objects.update_or_create(
        page_id=page.pk,
        rated_on=today,
        visitor=_digest(page.pk, today.isoformat(), address, device),
        defaults={"useful": useful, "rated_at": now},
    )
    return rating


@transaction.atomic
def rating_explain(*, rating: PageRating, words: str) -> PageRating:
    """Keep what the reader adds, for the editors alone; sent again, the later words stand."""
    kept = PageRating.objects.select_for_update().get(pk=rating.pk)
    kept.words = clean_text(words)
    kept.save(update_fields=["words"])
    return kept


@transaction.atomic
def rating_words_erase(*, rating: PageRating, actor: Any) -> None:
    """Erase words that tell too much of somebody; the answer itself stays counted. Raises PermissionDenied."""
    if not can(actor, "rating_erase"):
        raise PermissionDenied
    PageRating.objects.filter(pk=rating.pk).update(words="")
    event_record(
        subject_type="rating",
        subject_key=str(rating.pk),
        verb="rating.words_erased",
        actor=actor,
        data={"page": rating.page_id},
    )


def ratings_forget(*, now: datetime | None = None) -> tuple[int, int]:
    """Erase the marks of past days, and words after a year; return how many of each."""
    now = now or timezone.now()
    marks = PageRating.objects.recognisable(timezone.localdate(now)).update(visitor=None)
    words = PageRating.objects.words_outlived(now - WORDS_KEPT).update(words="")
    return marks, words


def rating_mark(rating: PageRating) -> str:
    """Return what the address of the thanks carries; good for an hour."""
    return signing.dumps(rating.pk, salt=_MARK)


def rating_of(mark: str) -> PageRating | None:
    """Return the rating that the thanks are about; None when the hour is over."""
    try:
        pk = signing.loads(mark, salt=_MARK, max_age=MARK_LIFE)
    except (signing.BadSignature, ValueError):
        return None
    return PageRating.objects.select_related("page").filter(pk=pk).first()


def _digest(*parts: object) -> str:
    said = "\0".join(map(str, ("rating", *parts)))
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(errors="replace"), hashlib.sha256).hexdigest()
