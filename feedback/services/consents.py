"""Taking back what one agreed to when one sent a case: to be published, to be written to, to be named."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from feedback.enums import ConsentPurpose, NameShown
from feedback.models import Case, Consent, PublicCase, Sender
from feedback.services.moves import SUBJECT, TransitionRefusedError, case_touch
from feedback.services.publication import public_case_hide
from feedback.transitions import SENDER

NAMED = "named"  # no purpose of its own: how the name is shown belongs to the consent to publish


def consents_held(case: Case) -> list[str]:
    """Return what the sender of ``case`` can still take back, in the order of the form."""
    sender = getattr(case, "sender", None)
    if sender is None:
        return []
    held = [str(each) for each in (ConsentPurpose.PUBLISH, ConsentPurpose.CONTACT) if sender.agreed_to(each)]
    return held if sender.name_shown == NameShown.HIDDEN else [*held, NAMED]


@transaction.atomic
def consents_take_back(*, case: Case, names: Collection[str]) -> Case:
    """Take back ``names`` at the sender's wish; what is public because of them is public no more, at once.

    The ledger keeps which version of the notice had been agreed to and when. Taken back twice it is taken back.
    To stop the handling itself is to withdraw the case. Raises TransitionRefusedError when there is nobody any more.
    """
    case_touch(case, expected_version=None)
    sender = Sender.objects.select_for_update().filter(case=case).first()
    if sender is None:
        raise TransitionRefusedError(_("Thông tin người gửi đã được xóa nên không còn gì để rút lại."))
    for purpose in {ConsentPurpose.PUBLISH, ConsentPurpose.CONTACT} & set(names):
        row = Consent.objects.filter(sender=sender, purpose=purpose).first()
        if row is not None:
            row.delete()
            _note(case, str(purpose), {"notice": row.notice_version, "given_at": row.given_at.isoformat()})
    if ConsentPurpose.PUBLISH in names:
        public_case_hide(case=case, reason="unconsented")
    if NAMED in names and sender.name_shown != NameShown.HIDDEN:
        _unname(case, sender)
    case.refresh_from_db()
    return case


def _unname(case: Case, sender: Sender) -> None:
    """Show the name nowhere from now on; a copy whose own words still tell it goes down until they are masked."""
    sender.name_shown = NameShown.HIDDEN
    sender.save(update_fields=["name_shown"])
    _note(case, NAMED, {})
    PublicCase.objects.filter(case=case).update(shown_name=sender.shown_name)
    live = PublicCase.objects.public().filter(case=case).first()
    if live is not None and live.leaks():
        public_case_hide(case=case, reason="unnamed")


def _note(case: Case, name: str, data: dict[str, Any]) -> None:
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb="case.consent_taken_back",
        actor_kind=SENDER,
        unit_id=case.unit_id,
        public=True,
        data={"purpose": name, **data},
    )
