"""The words of mails: a row for each mail that the portal sends, and the way back to the default."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.models import MailText
from cms.core.permissions import can
from cms.core.ports import letters
from cms.core.services.ledger import event_record


@transaction.atomic
def mail_texts_seed() -> int:
    """Make an empty row for every mail that has none, so that it can be edited; return how many. Safe at every start.

    An empty row changes no mail.
    """
    there = set(MailText.objects.values_list("key", flat=True))
    missing = [MailText(key=letter.name) for letter in letters if letter.name not in there]
    MailText.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


@transaction.atomic
def mail_text_reset(*, text: MailText, actor: Any) -> MailText:
    """Let the default speak again, at once; what was edited stays in the history.

    Raises PermissionDenied when ``actor`` may not edit the words of mails.
    """
    if not can(actor, "mail_text_edit"):
        raise PermissionDenied
    row = MailText.objects.select_for_update().get(pk=text.pk)
    row.subject = row.body = ""
    row.save_revision(user=actor, clean=False, log_action=True).publish(user=actor)
    event_record(subject_type="mail_text", subject_key=row.key, verb="mail_text.reset", actor=actor)
    row.refresh_from_db()
    return row


def mail_text_faults() -> Iterator[str]:
    """Yield a Vietnamese line for each edit that cannot be sent, so that the default is sent in its place."""
    for row in MailText.objects.of(letter.name for letter in letters).in_force():
        if problem := row.problem():
            yield f"Lời của thư “{row}” không dùng được, đang gửi lời mặc định: {problem}"
