"""Who the sender is: shown to an officer with a trace, proved by the sender with a second datum."""

import hmac
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from feedback.models import Case, Sender
from feedback.permissions import case_can
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
