"""Who the sender is: shown to an officer with a trace, proved by the sender with a second datum."""

import hmac
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from feedback.models import Case, Sender
from feedback.permissions import case_can
from feedback.querysets import CaseQuerySet
from feedback.querysets.senders import sender_datum
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError

SHOWN_DIGITS = 4


def sender_matches(case: Case, typed: str) -> bool:
    """Say whether ``typed`` is the last four digits of the sender's phone, the whole phone, or the e-mail.

    A sender who left neither can never be matched. Compared in constant time.
    """
    sender = Sender.objects.filter(case=case).first()
    if sender is None:
        return False
    digits = "" if any(letter.isalpha() for letter in typed) else "".join(filter(str.isdigit, typed))
    phone = sender.phone_digits
    numbers = (phone[-SHOWN_DIGITS:], phone) if len(phone) > SHOWN_DIGITS else ()
    by_phone = any(hmac.compare_digest(digits.encode(), number.encode()) for number in numbers)
    mail = sender.email.strip().casefold()
    by_mail = bool(mail) and hmac.compare_digest(typed.strip().casefold().encode(errors="replace"), mail.encode())
    return by_phone or by_mail


@transaction.atomic
def cases_search(*, cases: CaseQuerySet, typed: str, actor: Any) -> tuple[CaseQuerySet, bool]:
    """Search ``cases`` by what was typed; return what was found, and whether senders were looked at.

    By phone, e-mail or name only for those who may see the sender: such a search is a look at identity and leaves
    one event that says by which kind of datum and how many were found, never what was typed. Words that name nobody
    are words of a subject and leave none.
    """
    words, by = cases.matching(typed), sender_datum(typed)
    if not by or not can(actor, "case_identity"):
        return words, False
    found = Case.objects.of_sender(typed, actor)
    count = found.count()
    if by == "name" and not count:
        return words, False
    event_record(
        subject_type="case_search",
        subject_key=by,
        verb="case.sender_searched",
        actor=actor,
        unit_id=actor.memberships.values_list("unit_id", flat=True).first(),
        data={"found": count},
    )
    return cases.of_keys(Case.objects.matching(typed), found), True


@transaction.atomic
def sender_reveal(*, case: Case, actor: Any) -> Sender:
    """Return name and contacts of the sender to an officer; each look is an event in the ledger.

    Raises NotAllowedError without the right, TransitionRefusedError when the sender has been erased.
    """
    if not case_can(actor, "case_identity", case):
        raise NotAllowedError(_("Bạn không có quyền xem thông tin người gửi."))
    sender = Sender.objects.filter(case=case).first()
    if sender is None:
        raise TransitionRefusedError(_("Thông tin người gửi đã được xóa."))
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb="case.identity_viewed",
        actor=actor,
        unit_id=case.unit_id,
    )
    return sender
