"""Letters of apology: written, approved by another, sent, made public; taken back before, withdrawn after.

Before a letter has gone out nothing of the dossier changes, so taking it back is a change of this row alone. Going
out gives the dossier its new appointment, once in its life (``reappointed_never``). The word of the office stands:
withdrawing a letter does not take back the day that was promised.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import LedgerEvent
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.enums import ApologyKind, ApologyState, Delivery
from procedures.models import Apology, Dossier
from procedures.services.apology_checks import ApologyFacts, checked_facts, private_words, refuse_private
from procedures.services.apology_mails import apology_mails_queue
from procedures.services.moves import NotAllowedError, Step, TransitionRefusedError, dossier_move

S = ApologyState
SUBJECT = "apology"
_WRITING = ("apology.written", "apology.revised")
MANAGE, APPROVE = "dossier_apologise", "apology_approve"
_BY_APPROVER = {"approve", "return", "withdraw"}


class ApologyChangedError(TransitionRefusedError):
    """Somebody else changed the letter since this person looked at it."""


@transaction.atomic
def apology_write(*, dossier: Dossier, facts: ApologyFacts, actor: Any) -> Apology:
    """Begin a letter about ``dossier``.

    Raises NotAllowedError without the right for its unit, ValidationError with a sentence a field.
    """
    _allowed(actor, MANAGE, dossier)
    locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
    values = checked_facts(locked, facts)
    apology = Apology.objects.create(dossier=locked, unit_id=locked.unit_id, author=actor, **values)
    _record(apology, "apology.written", actor)
    return apology


@transaction.atomic
def apology_revise(
    *, apology: Apology, facts: ApologyFacts, actor: Any, expected_version: int | None = None
) -> Apology:
    """Change the words of a letter that is still being written; whoever did so last is its author.

    Raises as ``apology_write`` does, TransitionRefusedError once it has been handed over for approval.
    """
    locked = _locked(apology, actor, MANAGE, expected_version, S.DRAFT)
    for name, value in checked_facts(locked.dossier, facts, but=locked).items():
        setattr(locked, name, value)
    locked.author = actor
    return _moved(locked, S.DRAFT, "apology.revised", actor)


@transaction.atomic
def apology_submit(*, apology: Apology, actor: Any, expected_version: int | None = None) -> Apology:
    """Hand the letter over for approval; the leaders of the unit hear of it."""
    locked = _locked(apology, actor, MANAGE, expected_version, S.DRAFT)
    locked.old_due_on = checked_facts(locked.dossier, ApologyFacts.of(locked), but=locked)["old_due_on"]
    locked.return_note = ""
    moved = _moved(locked, S.PENDING, "apology.submitted", actor)
    apology_mails_queue(apology=moved, kind="apology_waits")
    return moved


@transaction.atomic
def apology_return(*, apology: Apology, actor: Any, note: str, expected_version: int | None = None) -> Apology:
    """Send the letter back to whoever wrote it, saying why."""
    locked = _locked(apology, actor, APPROVE, expected_version, S.PENDING)
    if not note.strip():
        raise ValidationError({"note": _("Hãy ghi cần sửa gì.")})
    locked.return_note = note.strip()
    moved = _moved(locked, S.DRAFT, "apology.returned", actor)
    apology_mails_queue(apology=moved, kind="apology_returned")
    return moved


@transaction.atomic
def apology_approve(
    *,
    apology: Apology,
    actor: Any,
    signer_title: str,
    signer_name: str,
    number: str = "",
    expected_version: int | None = None,
) -> Apology:
    """Let the letter out: four eyes, so never by whoever wrote it.

    Raises as ``apology_write`` does.
    """
    locked = _locked(apology, actor, APPROVE, expected_version, S.PENDING)
    if actor.pk in apology_writers(locked):
        raise TransitionRefusedError(_("Người soạn không tự duyệt. Hãy nhờ lãnh đạo khác duyệt thư này."))
    checked_facts(locked.dossier, ApologyFacts.of(locked), but=locked)
    if not signer_name.strip():
        raise ValidationError({"signer_name": _("Hãy ghi họ tên người ký.")})
    locked.signer_title, locked.signer_name, locked.number = signer_title.strip(), signer_name.strip(), number.strip()
    locked.approver, locked.approved_at = actor, timezone.now()
    return _moved(locked, S.APPROVED, "apology.approved", actor)


@transaction.atomic
def apology_take_back(*, apology: Apology, actor: Any, expected_version: int | None = None) -> Apology:
    """Take the letter back to be written anew; possible until it has gone out."""
    locked = _locked(apology, actor, MANAGE, expected_version, S.PENDING, S.APPROVED)
    locked.approver = locked.approved_at = None
    return _moved(locked, S.DRAFT, "apology.taken_back", actor)


@transaction.atomic
def apology_discard(*, apology: Apology, actor: Any, expected_version: int | None = None) -> Apology:
    """Drop a letter that nobody has sent, as when the result came in time after all."""
    locked = _locked(apology, actor, MANAGE, expected_version, S.DRAFT)
    return _moved(locked, S.DISCARDED, "apology.discarded", actor)


@transaction.atomic
def apology_deliver(
    *, apology: Apology, actor: Any, delivery: str, note: str = "", expected_version: int | None = None
) -> Apology:
    """Send the letter or say that it was handed over or posted. The dossier gets its new day, the public its line.

    Raises as ``apology_write`` does; TransitionRefusedError when the dossier no longer waits or has had its one new
    appointment.
    """
    locked = _locked(apology, actor, MANAGE, expected_version, S.APPROVED)
    _refuse_delivery(locked, delivery)
    checked_facts(locked.dossier, ApologyFacts.of(locked), but=locked)
    if locked.kind == ApologyKind.LATE and locked.dossier.reappointed_on != locked.new_due_on:
        changes = {"reappointed_on": locked.new_due_on}
        dossier_move(locked.dossier, Step("apologise", actor, changes=changes, data={"apology": locked.pk}))
    now = timezone.now()
    locked.delivery, locked.delivery_note = delivery, note.strip()
    locked.delivered_at, locked.delivered_on = now, timezone.localdate(now)
    moved = _moved(locked, S.DELIVERED, "apology.delivered", actor)
    if delivery == Delivery.MAIL:
        apology_mails_queue(apology=moved, kind="dossier_apology")
    return moved


@transaction.atomic
def apology_withdraw(*, apology: Apology, actor: Any, reason: str, expected_version: int | None = None) -> Apology:
    """Withdraw a letter that has gone out; its line stays and says so. The promised day stands.

    Raises as ``apology_write`` does; everybody reads ``reason``, so that it names nobody.
    """
    locked = _locked(apology, actor, APPROVE, expected_version, S.DELIVERED)
    if not reason.strip():
        raise ValidationError({"reason": _("Hãy ghi vì sao rút thư.")})
    refuse_private("reason", private_words(reason, locked.dossier))
    locked.withdrawn_reason, locked.withdrawn_at = reason.strip(), timezone.now()
    moved = _moved(locked, S.WITHDRAWN, "apology.withdrawn", actor)
    if locked.delivery == Delivery.MAIL:
        apology_mails_queue(apology=moved, kind="dossier_apology_withdrawn")
    return moved


def apology_writers(apology: Apology) -> set[int]:
    """Return the keys of everybody who has written words of this letter."""
    events = LedgerEvent.objects.about(SUBJECT, str(apology.pk)).filter(verb__in=_WRITING)
    return {apology.author_id, *events.values_list("actor_id", flat=True)}


def may_try(apology: Apology, verb: str, actor: Any) -> bool:
    """Say whether ``actor`` has the right that a step of the screen asks for, wherever the letter stands."""
    return can(actor, APPROVE if verb in _BY_APPROVER else MANAGE, apology)


def steps_of(apology: Apology, actor: Any) -> list[str]:
    """Return the steps that ``actor`` may take now; the screen offers these and no other."""
    may_manage, may_approve = can(actor, MANAGE, apology), can(actor, APPROVE, apology)
    offered: Mapping[str, tuple[tuple[str, bool], ...]] = {
        S.DRAFT: (("submit", may_manage), ("discard", may_manage)),
        S.PENDING: (
            ("approve", may_approve and actor.pk not in apology_writers(apology)),
            ("return", may_approve),
            ("take-back", may_manage),
        ),
        S.APPROVED: (("deliver", may_manage), ("take-back", may_manage)),
        S.DELIVERED: (("withdraw", may_approve),),
    }
    return [verb for verb, allowed in offered.get(apology.state, ()) if allowed]


def _refuse_delivery(apology: Apology, delivery: str) -> None:
    if delivery not in Delivery.values:
        raise ValidationError({"delivery": _("Hãy chọn cách gửi.")})
    applicant = getattr(apology.dossier, "applicant", None)
    if delivery == Delivery.MAIL and not (applicant and applicant.email):
        raise ValidationError(
            {"delivery": _("Người nộp không để lại thư điện tử. Hãy trao tận tay hoặc gửi bưu chính.")}
        )


def _allowed(actor: Any, capability: str, target: Any) -> None:
    if not can(actor, capability, target):
        raise NotAllowedError(_("Bạn không có quyền làm việc này với thư xin lỗi của đơn vị này."))


def _locked(apology: Apology, actor: Any, capability: str, expected: int | None, *states: str) -> Apology:
    """Return the stored row, held; raise when this person may not, or the letter stands elsewhere by now."""
    # The dossier first, as every step of it does: two officers never wait for each other.
    dossier = Dossier.objects.select_for_update().get(pk=apology.dossier_id)
    locked = Apology.objects.select_for_update().get(pk=apology.pk)
    locked.dossier = dossier
    _allowed(actor, capability, locked)
    if expected is not None and locked.version != expected:
        raise ApologyChangedError(_("Người khác vừa sửa thư này. Hãy xem lại bản mới rồi làm tiếp."))
    if locked.state not in states:
        message = _("Thư đang ở tình trạng “%(state)s” nên không làm được việc này.")
        raise TransitionRefusedError(message % {"state": locked.get_state_display()})
    return locked


def _moved(apology: Apology, state: str, verb: str, actor: Any) -> Apology:
    apology.state = state
    apology.version += 1
    apology.save()
    _record(apology, verb, actor)
    return apology


def _record(apology: Apology, verb: str, actor: Any) -> None:
    data = {"dossier": apology.dossier.code, "kind": apology.kind, "state": apology.state}
    event_record(
        subject_type=SUBJECT,
        subject_key=str(apology.pk),
        verb=verb,
        actor=actor,
        unit_id=apology.unit_id,
        data={**data, "version": apology.version},
    )
