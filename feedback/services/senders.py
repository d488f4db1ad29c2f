"""The sender's identity: seen one case at a time, each look an event; erased by one delete."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.media.private import private_storage
from feedback.models import Case, Sender
from feedback.permissions import case_can
from feedback.services.moves import NotAllowedError, Step, TransitionRefusedError, case_move
from feedback.transitions import SYSTEM


@transaction.atomic
def sender_reveal(*, case: Case, actor: Any) -> Sender:
    """Return the sender of ``case`` for an officer's eyes, and log that they looked.

    Raises NotAllowedError without the right, TransitionRefusedError when the person was erased.
    """
    if not case_can(actor, "case_identity", case):
        raise NotAllowedError(_("Bạn không có quyền xem người gửi của phản ánh này."))
    sender = Sender.objects.filter(case=case).first()
    if sender is None:
        raise TransitionRefusedError(_("Thông tin người gửi đã được xóa theo thời hạn lưu giữ."))
    event_record(
        subject_type="case",
        subject_key=case.reference,
        verb="case.sender_seen",
        actor=actor,
        unit_id=case.unit_id,
    )
    return sender


@transaction.atomic
def case_anonymise(*, case: Case) -> Case:
    """Erase the person and the words of an ended case (T18); state, dates and outcome stay for the statistics.

    Refused while its category keeps data longer, or keeps them without a term.
    """
    names = list(case.attachments.values_list("stored_name", flat=True))
    changes = {"title": _("(đã xóa)"), "body": "", "search_text": case.reference.lower(), "decline_note": ""}
    case_move(case, Step("anonymise", by=SYSTEM, changes=changes, at=timezone.now()))
    Sender.objects.filter(case=case).delete()
    case.attachments.all().delete()
    case.messages.all().delete()
    case.notes.all().delete()
    case.answers.all().delete()
    transaction.on_commit(lambda: [private_storage.delete(name) for name in names])
    case.refresh_from_db()
    return case
