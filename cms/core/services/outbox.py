"""The mail outbox: queued with the change that causes it, sent by the worker, retried, never silent."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from traceback import extract_tb
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from cms.core.enums import MailState
from cms.core.models import OutboxMail
from cms.core.notifications import TEXT_BROKEN
from cms.core.permissions import can
from cms.core.permissions.people import officers_able
from cms.core.ports import RenderedMail, mail_kinds
from cms.core.services.ledger import event_record

logger = logging.getLogger(__name__)

# 48 tries at five minutes' distance, as GOV.UK Notify does; then a person must look.
MAX_TRIES = 48
RETRY_AFTER = timedelta(minutes=5)
LEASE = timedelta(minutes=5)
# A waiting mail that leaves sooner may be on its way before the caller's transaction ends.
SAFE = timedelta(minutes=2)


@transaction.atomic
def mail_queue(
    *, kind: str, reference: Mapping[str, str], dedupe_key: str, not_before: datetime | None = None
) -> OutboxMail:
    """Put one mail into the outbox, in the caller's transaction.

    Args:
        kind: a registered mail kind; KeyError otherwise.
        reference: what the mail is about (keys and codes, no address, no text).
        dedupe_key: the same key again returns the mail that is there, so a retry never sends twice;
            its ``is_new`` says which it was.
        not_before: aware date-time; at once by default.

    """
    mail_kinds.get(kind)
    now = timezone.now()
    mail, is_new = OutboxMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "kind": kind,
            "reference": dict(reference),
            "next_try_at": not_before or now,
            "created_at": now,
            "message_id": _message_id(),
        },
    )
    mail.is_new = is_new
    return mail


@transaction.atomic
def mails_queue_late(*, mails: Iterable[tuple[str, Mapping[str, str]]], wait: timedelta, same: tuple[str, ...]) -> int:
    """Put many mails, each a kind and its reference, into the outbox, to leave after ``wait``; return how many.

    Where one of the same kind with equal values of ``same`` waits and is not about to leave, that one will tell it all,
    for it is made when it leaves: nothing is added. A reference names one happening, as the number of its event does.
    Costs the same number of statements however many there are.
    """
    rows = [(kind, dict(reference)) for kind, reference in mails]
    now = timezone.now()
    waiting = OutboxMail.objects.waiting().filter(kind__in={kind for kind, _reference in rows})
    there = waiting.filter(tries=0, next_try_at__gt=now + SAFE).values_list("kind", "reference") if rows else ()
    known = {_about(kind, reference, same) for kind, reference in there}
    new = [
        OutboxMail(
            kind=kind,
            reference=reference,
            dedupe_key=":".join((kind, *map(str, reference.values())))[:160],
            next_try_at=now + wait,
            created_at=now,
            message_id=_message_id(),
        )
        for kind, reference in rows
        if _about(kind, reference, same) not in known
    ]
    OutboxMail.objects.bulk_create(new, batch_size=500)
    return len(new)


def _about(kind: str, reference: Mapping[str, str], same: tuple[str, ...]) -> tuple[str, ...]:
    mail_kinds.get(kind)
    return (kind, *(reference.get(name, "") for name in same))


def _message_id() -> str:
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])


def mails_send_due(*, limit: int = 50) -> int:
    """Send what is due, at most ``limit`` mails; return how many left."""
    sent = 0
    for _turn in range(limit):
        mail = _take_next()
        if mail is None:
            break
        sent += _send(mail)
    return sent


@transaction.atomic
def mails_retry_dead(*, actor: Any) -> int:
    """Give every mail that was given up another round of tries; return how many.

    Raises PermissionDenied when ``actor`` may not see the outbox.
    """
    if not can(actor, "outbox_view"):
        raise PermissionDenied
    count = OutboxMail.objects.dead().update(
        state=MailState.WAITING, tries=0, next_try_at=timezone.now(), leased_until=None, finished_at=None
    )
    if count:
        event_record(
            subject_type="outbox", subject_key="dead", verb="outbox.retried", actor=actor, data={"count": count}
        )
    return count


@transaction.atomic
def _take_next() -> OutboxMail | None:
    """Lease the next mail; two workers never hold the same one."""
    now = timezone.now()
    mail = OutboxMail.objects.select_for_update(skip_locked=True).due(now).first()
    if mail is None:
        return None
    mail.leased_until = now + LEASE
    mail.tries += 1
    mail.save(update_fields=["leased_until", "tries"])
    return mail


def _send(mail: OutboxMail) -> int:
    """Render and send one leased mail; any failure is a row's state, never an exception."""
    try:
        rendered = mail_kinds.get(mail.kind).render(mail.reference)
        if rendered is None:
            _finish(mail, MailState.CANCELLED)
            return 0
        _message(mail, rendered).send()
    except Exception as error:  # noqa: BLE001 - one broken mail must not stop the others
        _postpone(mail, error)
        return 0
    _finish(mail, MailState.SENT)
    if rendered.broken:
        try:
            _tell_of_broken(rendered.broken)
        except Exception:
            logger.exception("nobody was told of broken words")
    return 1


def _tell_of_broken(version: str) -> None:
    """Say, once for an edit, to those who edit the words of mails that theirs cannot be sent."""
    logger.error("edited words of mail %s cannot be sent, the default was", version)
    for user in officers_able("mail_text_edit", None).exclude(email=""):
        reference = {"user": str(user.pk), "text": version.partition(":")[0]}
        mail_queue(kind=TEXT_BROKEN, reference=reference, dedupe_key=f"{TEXT_BROKEN}:{version}:{user.pk}")


def _message(mail: OutboxMail, rendered: RenderedMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=" ".join(rendered.subject.split()),
        body=rendered.text,
        to=[rendered.to],
        # The same id at every try: a server that already took it can tell.
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if rendered.html:
        message.attach_alternative(rendered.html, "text/html")
    for name, content, media_type in rendered.attachments:
        message.attach(name, content, media_type)
    return message


def _finish(mail: OutboxMail, state: MailState) -> None:
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=state, finished_at=timezone.now(), leased_until=None, last_error=""
    )


def _postpone(mail: OutboxMail, error: Exception) -> None:
    """Keep the error's kind and place, not its words: servers and codecs repeat addresses in them."""
    reason = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    place = extract_tb(error.__traceback__)[-1]
    where = f"{place.filename}:{place.lineno}"
    logger.warning("mail %s not sent, try %s: %s at %s", mail.pk, mail.tries, reason, where)
    dead = mail.tries >= MAX_TRIES
    # A worker that was slow beyond its lease must not undo what the next one did.
    OutboxMail.objects.waiting().filter(pk=mail.pk, tries=mail.tries).update(
        state=MailState.DEAD if dead else MailState.WAITING,
        next_try_at=timezone.now() + RETRY_AFTER,
        leased_until=None,
        last_error=reason[:200],
        finished_at=timezone.now() if dead else None,
    )
