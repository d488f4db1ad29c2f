"""The way of a case to the public: a copy without its sender, cleaned, approved by another, withdrawn with a reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.actions.unpublish import UnpublishAction

from cms.core.services.ledger import event_record
from feedback.enums import ANSWERED_STATES, ConsentPurpose
from feedback.models import Case, PublicCase
from feedback.models.leaks import without_traces
from feedback.permissions import case_can, public_case_can
from feedback.services.deadlines import answered_late_by
from feedback.services.moves import NotAllowedError, TransitionRefusedError, case_locked

# Reasons that the house itself gives; officers write their own.
REASONS = {"withdrawn": "Người gửi đã rút phản ánh.", "barred": "Phản ánh này không đăng công khai nữa."}


@transaction.atomic
def public_case_propose(*, case: Case, actor: Any) -> PublicCase:
    """Make the draft of a public copy; everything by which the sender is known is masked before it is stored.

    Raises NotAllowedError, or TransitionRefusedError when the case may not become public. A copy that is there
    already gets a new draft when the office has answered anew since, else it is returned as it is.
    """
    locked = case_locked(case)
    if not case_can(actor, "public_case_edit", locked):
        raise NotAllowedError(_("Bạn không có quyền soạn bản công khai của phản ánh này."))
    existing = PublicCase.objects.filter(case=locked).first()
    if existing and not has_newer_answer(existing):
        return existing
    if sentence := not_publishable_because(locked):
        raise TransitionRefusedError(sentence)
    copy = _copy_of(locked, actor)
    if existing:
        copy = _with_answer_of(existing.get_latest_revision_as_object(), copy)
    else:
        copy.save()
    copy.save_revision(user=actor)
    _record(copy, "public_case.proposed", actor)
    return copy


def has_newer_answer(copy: PublicCase) -> bool:
    """Say whether the office has approved another answer since the newest draft of ``copy`` was made."""
    newest = copy.case.answers.approved().newest().first()
    draft = copy.get_latest_revision_as_object()
    return newest is not None and newest.number != draft.answer_number


def _with_answer_of(draft: PublicCase, fresh: PublicCase) -> PublicCase:
    for name in ("answer", "answer_number", "answered_on", "late_days"):
        setattr(draft, name, getattr(fresh, name))
    return draft


def not_publishable_because(case: Case) -> str:
    """Return a sentence when ``case`` may not become public, else an empty string."""
    if case.state not in ANSWERED_STATES or not case.answers.approved().exists():
        return _("Chỉ đăng được phản ánh đã có câu trả lời được duyệt.")
    if case.confidential or case.publication_barred_reason:
        return _("Phản ánh này không được đăng.")
    sender = getattr(case, "sender", None)
    if sender is None or not sender.agreed_to(ConsentPurpose.PUBLISH):
        return _("Người gửi không đồng ý đăng công khai.")
    return ""


@transaction.atomic
def public_case_withdraw(*, public_case: PublicCase, actor: Any, reason: str) -> PublicCase:
    """Take a copy back from the public at once; its address says ``reason`` from now on."""
    if not public_case_can(actor, "public_case_withdraw", public_case):
        raise NotAllowedError(_("Bạn không có quyền gỡ bản công khai này."))
    if not reason.strip():
        raise TransitionRefusedError(_("Hãy ghi lý do gỡ; người đọc sẽ thấy lý do này."))
    return _withdraw(public_case, reason.strip(), actor)


@transaction.atomic
def public_case_hide(*, case: Case, reason: str) -> None:
    """Withdraw the copy of ``case``, if there is a live one, for a reason of the house (a key of ``REASONS``)."""
    if copy := PublicCase.objects.public().filter(case=case).first():
        _withdraw(copy, REASONS[reason], None)


@transaction.atomic
def publication_bar(*, case: Case, actor: Any, reason: str) -> Case:
    """Decide that a case never becomes public; what was public is withdrawn."""
    locked = case_locked(case)
    if not case_can(actor, "public_case_publish", locked):
        raise NotAllowedError(_("Bạn không có quyền quyết định việc đăng phản ánh này."))
    if not reason.strip():
        raise TransitionRefusedError(_("Hãy ghi lý do không đăng."))
    locked.publication_barred_reason = reason.strip()
    locked.save(update_fields=["publication_barred_reason"])
    event_record(
        subject_type="case",
        subject_key=locked.reference,
        verb="case.publication_barred",
        actor=actor,
        unit_id=locked.unit_id,
    )
    public_case_hide(case=locked, reason="barred")
    case.refresh_from_db()
    return case


def public_case_went_live(instance: PublicCase, **_rest: Any) -> None:
    """Follow Wagtail's ``published``: note it in the ledger; an old reason for withdrawing is over."""
    if instance.live:
        PublicCase.objects.filter(pk=instance.pk).update(withdrawn_reason="")
        _record(instance, "public_case.published", None)


def public_case_went_dark(instance: PublicCase, **_rest: Any) -> None:
    """Follow Wagtail's ``unpublished``: note it in the ledger."""
    _record(instance, "public_case.unpublished", None)


def _withdraw(copy: PublicCase, reason: str, actor: Any) -> PublicCase:
    stored = PublicCase.objects.select_for_update().get(pk=copy.pk)
    stored.withdrawn_reason = reason[:200]
    stored.save(update_fields=["withdrawn_reason"])
    if workflow := stored.current_workflow_state:
        workflow.cancel(user=actor)
    stored.revisions.update(approved_go_live_at=None)
    # Whoever may withdraw was asked above: the matrix decides, not Wagtail's right to publish.
    UnpublishAction(stored, user=actor).execute(skip_permission_checks=True)
    _record(stored, "public_case.withdrawn", actor)
    copy.refresh_from_db()
    return copy


def _copy_of(case: Case, actor: Any) -> PublicCase:
    answer = case.answers.approved().newest()[0]
    sender = case.sender
    return PublicCase(
        case=case,
        live=False,
        has_unpublished_changes=True,
        reference=case.reference,
        title=without_traces(sender, case.title),
        question=without_traces(sender, case.body),
        answer=without_traces(sender, answer.body),
        unit=case.unit,
        category=case.category,
        shown_name=sender.shown_name,
        answer_number=answer.number,
        asked_on=timezone.localdate(case.received_at),
        answered_on=timezone.localdate(case.answered_at),
        late_days=answered_late_by(case),
        made_by=actor,
    )


def _record(copy: PublicCase, verb: str, actor: Any) -> None:
    event_record(
        subject_type="case",
        subject_key=copy.reference,
        verb=verb,
        actor=actor,
        unit_id=copy.unit_id,
        public=verb in {"public_case.published", "public_case.unpublished"},
    )
