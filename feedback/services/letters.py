"""The signed document of an answer: its number, its day and its file, for the sender beside the words."""

from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.media.private import private_storage
from cms.media.uploads import CheckedFile
from feedback.enums import ANSWERED_STATES
from feedback.models import Answer, AnswerLetter, Case
from feedback.permissions import case_can
from feedback.services.files import file_store
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, case_touch
from feedback.services.notices import notices_queue

SIGNED_TYPE = "application/pdf"
_COLUMNS = ("name", "stored_name", "content_type", "size", "sha256")


def letter_of(case: Case) -> AnswerLetter | None:
    """Return the document of the answer that stands, if the office has entered one."""
    return AnswerLetter.objects.filter(answer__in=case.answers.approved().newest()[:1]).first()


def answer_in_writing(case: Case) -> Answer | None:
    """Return the answer whose document may be entered now; None while no approved answer stands."""
    return case.answers.approved().newest().first() if case.state in ANSWERED_STATES else None


def letter_attach(
    *,
    case: Case,
    actor: Any,
    number: str,
    signed_on: date,
    file: CheckedFile | None = None,
    expected_version: int | None = None,
) -> AnswerLetter:
    """Enter the signed document of the approved answer, or set it right; the sender is told where it lies.

    ``file`` may be left out when one is there. Its bytes are safe before the transaction that names them.

    Raises NotAllowedError, CaseChangedError, TransitionRefusedError, or ValidationError with a sentence a field.
    """
    if not case_can(actor, "case_letter", case):
        raise NotAllowedError(_("Bạn không có quyền ghi văn bản trả lời của phản ánh này."))
    if file is not None and file.content_type != SIGNED_TYPE:
        raise ValidationError({"file": _("Văn bản đã ký phải là một tệp PDF.")})
    stored = file_store(file) if file else None
    try:
        with transaction.atomic():
            case_touch(case, expected_version=expected_version)
            return _entered(case, actor, number.strip(), signed_on, stored)
    except Exception:
        if stored:
            private_storage.delete(stored.stored_name)
        raise


def _entered(case: Case, actor: Any, number: str, signed_on: date, stored: Any) -> AnswerLetter:
    answer = answer_in_writing(case)
    if answer is None:
        raise TransitionRefusedError(_("Chỉ ghi được văn bản khi phản ánh đã có câu trả lời được duyệt."))
    before = AnswerLetter.objects.filter(answer=answer).first()
    if problems := _problems(case, number, signed_on, has_file=bool(stored or before)):
        raise ValidationError(problems)
    letter = before or AnswerLetter(answer=answer)
    replaced = letter.stored_name if before and stored else ""
    letter.number, letter.signed_on, letter.made_by, letter.made_at = number, signed_on, actor, timezone.now()
    for name in _COLUMNS if stored else ():
        setattr(letter, name, getattr(stored, name))
    letter.save()
    if replaced:
        transaction.on_commit(partial(private_storage.delete, replaced))
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb="case.letter_entered",
        actor=actor,
        unit_id=case.unit_id,
        public=True,
        data={"answer": answer.number, "digest": letter.sha256, "signed_on": str(signed_on)},
    )
    notices_queue(case=case, kinds=("case_letter",), turn=f"letter{case.version}")
    return letter


def _problems(case: Case, number: str, signed_on: date, *, has_file: bool) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if not number:
        errors["number"] = _("Ghi số văn bản, ví dụ 12/SGDĐT-VP.")
    if not timezone.localdate(case.received_at) <= signed_on <= timezone.localdate():
        errors["signed_on"] = _("Ngày văn bản phải từ ngày nhận phản ánh đến hôm nay.")
    if not has_file:
        errors["file"] = _("Chọn tệp PDF của văn bản đã ký.")
    return errors
