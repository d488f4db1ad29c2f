"""The way of a case to the public: a copy without its sender, cleaned, approved by another, withdrawn with a reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wagtail.actions.unpublish import UnpublishAction
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry, Revision, TaskState

from cms.core.search import index_object, plain_words
from cms.core.services.ledger import event_record
from feedback.enums import ANSWERED_STATES, ConsentPurpose
from feedback.models import Answer, Case, PublicCase, Sender
from feedback.models.leaks import without_traces
from feedback.models.redaction import reason_error
from feedback.models.sender import ANONYMOUS_NAME
from feedback.permissions import case_can, public_case_can
from feedback.services.deadlines import answered_late_by
from feedback.services.moves import NotAllowedError, TransitionRefusedError, case_locked
from feedback.services.pictures import pictures_forget
from feedback.services.redaction import masks_note, waivers_forget
from feedback.services.search import PUBLIC_CASES

# Reasons that the house itself gives; officers write their own.
REASONS = {
    "withdrawn": _lazy("Người gửi đã rút phản ánh."),
    "barred": _lazy("Phản ánh này không đăng công khai nữa."),
    "unconsented": _lazy("Người gửi không còn đồng ý đăng công khai."),
    "unnamed": _lazy("Người gửi không còn đồng ý hiện tên; bản công khai đang được che lại."),
}
# What stands instead of words that nobody keeps any more.
FORGOTTEN = _lazy("(đã xóa)")
_WORDS = ("title", "question", "answer")


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
    told = {"title": locked.title, "question": locked.body, "answer": _newest_answer(locked).body}
    masks_note(public_case=copy, before=told, after={name: getattr(copy, name) for name in _WORDS}, actor=actor)
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
    """Take a copy back from the public at once; its address says ``reason`` from now on.

    Raises NotAllowedError, or TransitionRefusedError without a reason or when the reason itself tells of somebody.
    """
    if not public_case_can(actor, "public_case_withdraw", public_case):
        raise NotAllowedError(_("Bạn không có quyền gỡ bản công khai này."))
    if not reason.strip():
        raise TransitionRefusedError(_("Hãy ghi lý do gỡ; người đọc sẽ thấy lý do này."))
    if sentence := reason_error(public_case, reason):
        raise TransitionRefusedError(sentence)
    return _withdraw(public_case, reason.strip(), actor)


@transaction.atomic
def public_case_hide(*, case: Case, reason: str) -> None:
    """Withdraw the copy of ``case``, if there is a live one, for a reason of the house (a key of ``REASONS``)."""
    if copy := PublicCase.objects.public().filter(case=case).first():
        _withdraw(copy, str(REASONS[reason]), None)


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


@transaction.atomic
def public_case_forget(*, case: Case, sender: Sender | None) -> None:
    """Leave of the copy of ``case`` what the public reads, without ``sender``, and forget all the rest.

    A live copy keeps its live words; the tombstone of a withdrawn one keeps its reason. Drafts, older versions, words
    that never went out, what was said while they were approved or kept, and the marks of what was masked are gone.
    Called while the sender is still known, in the transaction that erases them: consent to be named ends there.
    """
    case_locked(case)
    copy = PublicCase.objects.filter(case=case).first()
    if copy is None:
        return
    gone = sender.unnamed() if sender else None
    if workflow := copy.current_workflow_state:
        workflow.cancel(user=None)
    copy.withdrawn_reason = without_traces(gone, copy.withdrawn_reason)
    copy.shown_name = gone.shown_name if gone else str(ANONYMOUS_NAME)
    kept = copy.live_revision if copy.live else None
    for name in _WORDS:
        setattr(copy, name, without_traces(gone, getattr(copy, name)) if copy.live else str(FORGOTTEN))
    if copy.live:
        # The draft that waited beside the live words is over; the editor opens what the public reads.
        copy.latest_revision, copy.has_unpublished_changes = kept, False
    copy.pictures = []  # the sender's own work, covered or not
    copy.save()
    for revision in copy.revisions.all():
        _forget_in_revision(revision, copy, keep=kept is not None and revision.pk == kept.pk)
    TaskState.objects.filter(workflow_state__in=copy.workflow_states).exclude(comment="").update(comment="")
    for entry in ModelLogEntry.objects.for_instance(copy):
        # Wagtail's log keeps a reviewer's comment a second time.
        if entry.data.get("comment"):
            entry.data = {**entry.data, "comment": ""}
            entry.save(update_fields=["data"])
    waivers_forget(public_case=copy)
    pictures_forget(public_case=copy)
    _forget_previews(copy)
    index_object(kind=PUBLIC_CASES.name, obj=copy)


def _forget_previews(copy: PublicCase) -> None:
    """Wagtail keeps what stood in each writer's form when it was last previewed, words typed and never saved too."""
    FormState.objects.for_instance(copy).delete()


def _forget_in_revision(revision: Revision, copy: PublicCase, *, keep: bool) -> None:
    """Leave who changed what when; the words only of the version that is public."""
    words = {name: getattr(copy, name) if keep else str(FORGOTTEN) for name in _WORDS}
    found = plain_words(" ".join((copy.reference, *words.values())))
    private = {"withdrawn_reason": copy.withdrawn_reason, "shown_name": copy.shown_name, "search_text": found}
    revision.content = {**revision.content, **words, **private, "pictures": []}
    revision.approved_go_live_at = None
    revision.save(update_fields=["content", "approved_go_live_at"])


def public_case_went_live(instance: PublicCase, **_rest: Any) -> None:
    """Follow Wagtail's ``published``: note it in the ledger; an old reason for withdrawing is over."""
    if instance.live:
        PublicCase.objects.filter(pk=instance.pk).update(withdrawn_reason="")
        _record(instance, "public_case.published", None)


def public_case_went_dark(instance: PublicCase, **_rest: Any) -> None:
    """Follow Wagtail's ``unpublished``: note it in the ledger."""
    _record(instance, "public_case.unpublished", None)


def _withdraw(copy: PublicCase, reason: str, actor: Any) -> PublicCase:
    copy.hold()
    stored = PublicCase.objects.select_for_update().get(pk=copy.pk)
    stored.withdrawn_reason = reason[:200]
    stored.save(update_fields=["withdrawn_reason"])
    if workflow := stored.current_workflow_state:
        workflow.cancel(user=actor)
    stored.revisions.update(approved_go_live_at=None)
    _forget_previews(stored)
    # Whoever may withdraw was asked above: the matrix decides, not Wagtail's right to publish.
    UnpublishAction(stored, user=actor).execute(skip_permission_checks=True)
    _record(stored, "public_case.withdrawn", actor)
    copy.refresh_from_db()
    return copy


def _copy_of(case: Case, actor: Any) -> PublicCase:
    answer, sender = _newest_answer(case), case.sender
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


def _newest_answer(case: Case) -> Answer:
    newest: Answer = case.answers.approved().newest()[0]
    return newest


def _record(copy: PublicCase, verb: str, actor: Any) -> None:
    event_record(
        subject_type="case",
        subject_key=copy.reference,
        verb=verb,
        actor=actor,
        unit_id=copy.unit_id,
        public=verb in {"public_case.published", "public_case.unpublished"},
    )
