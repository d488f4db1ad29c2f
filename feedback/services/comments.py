"""Readers' comments: taken once, shown after a decision, taken down at once. The only writer of their state."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from cms.core.enums import ModerationDecision
from cms.core.models import BasePage
from cms.core.permissions import can
from cms.core.ports import ModerationKind, QueueItem
from cms.core.services.ledger import event_record
from cms.core.services.limits import limit_hit
from cms.core.services.outbox import mail_queue
from cms.core.text import clean_email, clean_line, clean_text, fold
from feedback.codes import form_token_digest
from feedback.enums import CommentRefusal, CommentState
from feedback.models import ReaderComment
from feedback.models.redaction import personal_words
from feedback.notifications import COMMENT_PUBLISHED, COMMENT_REFUSED

SUBJECT = "comment"
# A moderator who pressed the wrong button takes it back before the author has heard of it.
SECOND_THOUGHTS = timedelta(minutes=10)
ADDRESS_KEPT = timedelta(days=30)
WORDS_KEPT = timedelta(days=180)

_LEADS_TO = {
    (CommentState.WAITING, ModerationDecision.APPROVE): CommentState.PUBLISHED,
    (CommentState.WAITING, ModerationDecision.REFUSE): CommentState.REFUSED,
    (CommentState.PUBLISHED, ModerationDecision.REFUSE): CommentState.WITHDRAWN,
    (CommentState.PUBLISHED, ModerationDecision.RETURN): CommentState.WAITING,
    (CommentState.REFUSED, ModerationDecision.RETURN): CommentState.WAITING,
    (CommentState.WITHDRAWN, ModerationDecision.RETURN): CommentState.WAITING,
}


class CommentsClosedError(Exception):
    """The page takes no comments (any more)."""


@dataclass(frozen=True)
class CommentEntry:
    """What was typed; the service cleans it by the text rules of the house."""

    body: str
    shown_name: str = ""
    email: str = ""


def commented_page(page_id: int) -> BasePage | None:
    """Return the page that everybody may read and that shows comments; None for any other."""
    page = Page.objects.live().public().filter(pk=page_id).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, BasePage) and specific.shows_comments else None


def comment_of_form(form_token: str) -> ReaderComment | None:
    """Return the comment that the form with this token became, if it was sent."""
    return ReaderComment.objects.filter(form_digest=form_token_digest(form_token)).first()


def comment_send(
    *, page: BasePage, entry: CommentEntry, form_token: str, suspect: bool = False, now: datetime | None = None
) -> ReaderComment:
    """Store a comment, to wait for its moderator; the same token again returns the comment that is there.

    Args:
        page: a page from :func:`commented_page`.
        entry: what was typed.
        form_token: secret of one form.
        suspect: whether a robot seems to have filled the form; told to the moderator, not to the sender.
        now: aware date-time, for tests.

    Raises CommentsClosedError when the page takes none now, ValidationError for words that cannot be stored.

    """
    now = now or timezone.now()
    if found := comment_of_form(form_token):
        return found
    if not page.takes_comments(timezone.localdate(now)):
        raise CommentsClosedError
    body, name, email = clean_text(entry.body), clean_line(entry.shown_name), entry.email
    if not body:
        raise ValidationError({"body": _("Ghi ý kiến của bạn.")})
    words = hashlib.sha256(fold(body).encode()).hexdigest()
    suspect = suspect or not limit_hit(limit="comment_same_text", visitor=words).allowed
    try:
        with transaction.atomic():
            comment = ReaderComment.objects.create(
                page_id=page.pk,
                body=body,
                shown_name=name,
                email=clean_email(email) if email else "",
                form_digest=form_token_digest(form_token),
                suspect=suspect,
                received_at=now,
            )
            _event(comment, "comment.received", actor_kind="sender")
    except IntegrityError:
        if found := comment_of_form(form_token):
            return found
        raise
    return comment


@transaction.atomic
def comment_decide(
    *, comment_id: int, decision: ModerationDecision, actor: Any, reason: str = "", note: str = ""
) -> ReaderComment | None:
    """Publish, refuse, take down, or take such a decision back; return the comment.

    None when the decision no longer fits: somebody else was faster, the author took it back, or its words have been
    erased and it is not refused. Raises
    PermissionDenied without the right, ValidationError for a refusal without a reason.
    """
    if not can(actor, "comment_moderate"):
        raise PermissionDenied
    comment = ReaderComment.objects.select_for_update().filter(pk=comment_id).first()
    if comment is None:
        return None
    before = CommentState(comment.state)
    after = _LEADS_TO.get((before, decision))
    if after is None:
        return None
    refused = decision == ModerationDecision.REFUSE
    if not (comment.body or refused):
        # Its words were erased when their time was over: it may be put away, never come back empty.
        return None
    if refused and reason not in CommentRefusal.values:
        raise ValidationError({"reason": _("Chọn lý do không đăng: người viết có quyền biết.")})
    comment.state = after
    comment.reason, comment.note = (reason, clean_line(note)[:300]) if refused else ("", "")
    waiting = after == CommentState.WAITING
    now = timezone.now()
    comment.decided_at, comment.decided_by = (None, None) if waiting else (now, actor)
    if waiting and comment.received_at < now - ADDRESS_KEPT:
        # Sent back to wait, it waits since it came: a decision taken twice keeps no address twice as long.
        comment.email = ""
    comment.save(update_fields=["state", "reason", "note", "decided_at", "decided_by", "email"])
    _event(comment, f"comment.{after}", actor=actor, **{"from": before, "reason": comment.reason})
    _tell_author(comment)
    return comment


@transaction.atomic
def comment_retract(*, comment: ReaderComment) -> ReaderComment:
    """Let the author take a comment back: it leaves the page and its words are erased; twice changes nothing."""
    kept = ReaderComment.objects.select_for_update().get(pk=comment.pk)
    if kept.state == CommentState.RETRACTED:
        return kept
    before, kept.state = kept.state, CommentState.RETRACTED
    kept.decided_at, kept.decided_by = timezone.now(), None
    _erase(kept)
    _event(kept, "comment.retracted", actor_kind="sender", **{"from": before})
    return kept


def comments_forget(*, now: datetime | None = None) -> tuple[int, int]:
    """Erase addresses 30 days after the decision, and refused words after 180; return how many of each.

    A comment that nobody decides keeps its address for 30 days since it came. A shown name and published words stay
    until the office or the author takes them down.
    """
    now = now or timezone.now()
    addresses = ReaderComment.objects.address_outlived(now - ADDRESS_KEPT).update(email="")
    rows = list(ReaderComment.objects.words_outlived(now - WORDS_KEPT))
    for comment in rows:
        with transaction.atomic():
            _erase(comment)
            _event(comment, "comment.erased")
    return addresses, len(rows)


def _erase(comment: ReaderComment) -> None:
    comment.body = comment.shown_name = comment.email = comment.note = ""
    comment.save()


def _event(comment: ReaderComment, verb: str, *, actor: Any = None, actor_kind: str = "", **data: str) -> None:
    """Add to the ledger: codes only, never a word or a name."""
    said = {key: str(value) for key, value in data.items() if value}
    event_record(
        subject_type=SUBJECT,
        subject_key=str(comment.pk),
        verb=verb,
        actor=actor,
        actor_kind=actor_kind,
        data={"page": comment.page_id, "to": str(comment.state), **said},
    )


def _tell_author(comment: ReaderComment) -> None:
    """Queue the one mail about the decision; it leaves only if the decision still stands by then."""
    kinds = {
        CommentState.PUBLISHED: COMMENT_PUBLISHED,
        CommentState.REFUSED: COMMENT_REFUSED,
        CommentState.WITHDRAWN: COMMENT_REFUSED,
    }
    kind = kinds.get(CommentState(comment.state))
    if kind is None or not comment.email or comment.decided_at is None:
        return
    stamp = comment.decided_at.isoformat()
    mail_queue(
        kind=kind,
        reference={"comment": str(comment.pk), "decided_at": stamp},
        dedupe_key=f"{kind}:{comment.pk}:{stamp}",
        not_before=comment.decided_at + SECOND_THOUGHTS,
    )


def _queue_items(pks: Collection[int]) -> Iterator[QueueItem]:
    for comment in ReaderComment.objects.with_queue_data().filter(pk__in=pks):
        yield QueueItem(
            pk=comment.pk,
            text=comment.body or _now("(nội dung đã xóa theo thời hạn lưu)"),
            at=comment.received_at,
            by=comment.signed,
            page=comment.page,
            remarks=_remarks(comment),
            outcome=_outcome(comment),
        )


def _remarks(comment: ReaderComment) -> tuple[str, ...]:
    """Return what the moderator should look at twice: spam, and words that look personal."""
    spam = (_now("Nghi là thư rác"),) if comment.suspect else ()
    personal = personal_words(comment.body)
    return (*spam, _now("Giống dữ liệu cá nhân: %(what)s") % {"what": ", ".join(personal)}) if personal else spam


def _outcome(comment: ReaderComment) -> str:
    if comment.decided_at is None:
        return ""
    parts = [str(CommentState(comment.state).label)]
    if comment.reason:
        parts.append(str(CommentRefusal(comment.reason).label))
    if comment.note:
        parts.append(f"“{comment.note}”")
    who = comment.decided_by.called if comment.decided_by else ""
    when = timezone.localtime(comment.decided_at).strftime("%H:%M %d/%m/%Y")
    return ". ".join([": ".join(parts), ", ".join(filter(None, (who, when)))])


def _decide(*, pk: int, decision: str, actor: Any, reason: str, note: str) -> bool:
    decided = comment_decide(
        comment_id=pk, decision=ModerationDecision(decision), actor=actor, reason=reason, note=note
    )
    return decided is not None


COMMENTS = ModerationKind(
    name="y-kien",
    label=_("ý kiến bạn đọc"),
    capability="comment_moderate",
    rows=lambda _user, shelf: ReaderComment.objects.on_shelf(shelf),
    items=_queue_items,
    decide=_decide,
    reasons=tuple(CommentRefusal.choices),
)
