"""Deciding what looks personal in a public copy: mask it, keep it with a reason, take that decision back."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.personal_data import MASKS
from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line
from feedback.models import MaskedWords, PublicCase, Redaction, Waiver
from feedback.models.masked import WordMarks, words_masked_between
from feedback.models.redaction import LONGEST_REASON, WORDS, CopyFinding, copy_findings, open_findings
from feedback.permissions import public_case_can
from feedback.services.moves import NotAllowedError, TransitionRefusedError


@transaction.atomic
def finding_mask(*, public_case: PublicCase, digest: str, actor: Any) -> int:
    """Mask the words known by ``digest`` wherever they stand in the newest draft; return in how many places.

    Raises NotAllowedError, or TransitionRefusedError when somebody else's turn it is or the words are gone.
    """
    draft = draft_held(public_case, actor)
    return _mask(draft, _known(draft, digest), actor)


@transaction.atomic
def masked_again_mask(*, public_case: PublicCase, actor: Any) -> int:
    """Mask, all at once, what was masked elsewhere and still stands in the newest draft; return in how many places.

    Raises NotAllowedError, or TransitionRefusedError when somebody else's turn it is or nothing is left.
    """
    draft = draft_held(public_case, actor)
    left = [each for each in open_findings(draft) if each.again]
    if not left:
        raise TransitionRefusedError(_("Không còn chữ đã che nào sót lại trong bản soạn mới nhất."))
    return _mask(draft, left, actor)


@transaction.atomic
def masks_note(*, public_case: PublicCase, before: Mapping[str, str], after: Mapping[str, str], actor: Any) -> int:
    """Remember the words that masks have replaced between two versions of a text, by their marks; return how many.

    ``before`` and ``after`` are texts by field: somebody typed “[…]” over a name, or a rule masked the sender.
    """
    gone = [each for name in after for each in words_masked_between(before.get(name, ""), after[name])]
    for kind, words in gone:
        _remember(public_case, kind, words, actor)
    return len(gone)


@transaction.atomic
def finding_waive(*, public_case: PublicCase, digest: str, reason: str, actor: Any) -> Waiver:
    """Decide that the words known by ``digest`` may stay public, for ``reason``.

    Raises NotAllowedError, or TransitionRefusedError without a reason or when the words are gone.
    """
    draft = draft_held(public_case, actor)
    found = _known(draft, digest)
    try:
        told = clean_line(reason)
    except TextError as error:
        raise TransitionRefusedError(str(error)) from error
    if not told:
        raise TransitionRefusedError(_("Hãy ghi lý do giữ lại chỗ này."))
    if len(told) > LONGEST_REASON:
        raise TransitionRefusedError(_("Lý do dài quá %(count)d chữ.") % {"count": LONGEST_REASON})
    waiver, made = Waiver.objects.get_or_create(
        public_case=public_case,
        digest=digest,
        defaults={"kind": found[0].kind, "reason": told, "made_by": actor},
    )
    if made:
        _record(draft, "public_case.waived", actor, waiver.kind)
    return waiver


@transaction.atomic
def waiver_undo(*, waiver: Waiver, actor: Any) -> None:
    """Take back a decision to keep words; they must be masked, or kept anew, before the copy goes out again.

    Raises NotAllowedError, or TransitionRefusedError while the copy is public.
    """
    draft = draft_held(waiver.public_case, actor)
    if draft.live:
        raise TransitionRefusedError(_("Bản này đang công khai. Hãy gỡ bản công khai trước."))
    kind = waiver.kind
    waiver.delete()
    _record(draft, "public_case.waiver_undone", actor, kind)


@transaction.atomic
def waivers_forget(*, public_case: PublicCase) -> None:
    """Forget why words were kept and the marks of those masked; that somebody decided, when and on what kind, stays.

    Called in the transaction that erases a case: its copy will never go out again.
    """
    public_case.waivers.update(reason=_("(đã xóa)"))
    public_case.masked_words.all().delete()


def _mask(draft: PublicCase, found: list[CopyFinding], actor: Any) -> int:
    for name in WORDS:
        text = getattr(draft, name)
        for place in sorted((each for each in found if each.field == name), key=lambda each: -each.start):
            text = text[: place.start] + MASKS[place.kind] + text[place.end :]
        longest = getattr(draft._meta.get_field(name), "max_length", None)
        if longest and len(text) > longest:
            raise TransitionRefusedError(
                _("Che xong thì dài quá %(count)d chữ. Hãy viết ngắn lại.") % {"count": longest}
            )
        setattr(draft, name, text)
    draft.save_revision(user=actor)
    for kind, words in {(each.kind, each.words) for each in found}:
        _remember(draft, kind, words, actor)
    for kind, places in Counter(each.kind for each in found).items():
        Redaction.objects.create(public_case=draft, kind=kind, places=places, made_by=actor)
        _record(draft, "public_case.masked", actor, kind)
    return len(found)


def _remember(copy: PublicCase, kind: str, words: str, actor: Any) -> None:
    for mark in WordMarks(copy.pk).of(kind, words):
        MaskedWords.objects.get_or_create(
            public_case=copy,
            digest=mark.digest,
            spelling=mark.spelling,
            defaults={"kind": mark.kind, "count": mark.count, "made_by": actor},
        )


def draft_held(copy: PublicCase, actor: Any) -> PublicCase:
    """Return the newest words of ``copy``, held to the end of the transaction, if ``actor`` may change them now."""
    if not public_case_can(actor, "public_case_edit", copy):
        raise NotAllowedError(_("Bạn không có quyền soạn bản công khai này."))
    copy.hold()
    stored = PublicCase.objects.select_related("case", "unit").get(pk=copy.pk)
    lock = stored.get_lock()
    if lock and lock.for_user(actor):
        raise TransitionRefusedError(_("Bản này đang bị khóa hoặc đang chờ người khác duyệt."))
    return stored.get_latest_revision_as_object()


def _known(draft: PublicCase, digest: str) -> list[CopyFinding]:
    found = [each for each in copy_findings(draft) if each.digest == digest]
    if not found:
        raise TransitionRefusedError(_("Chỗ này không còn trong bản soạn mới nhất."))
    return found


def _record(copy: PublicCase, verb: str, actor: Any, kind: str) -> None:
    event_record(
        subject_type="case",
        subject_key=copy.reference,
        verb=verb,
        actor=actor,
        unit_id=copy.unit_id,
        data={"kind": kind},
    )
