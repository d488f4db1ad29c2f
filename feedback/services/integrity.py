"""Questions to the rows of feedback; every line of an answer is a fault in words."""

from collections.abc import Iterable

from cms.core.models import LedgerEvent
from cms.core.ports import IntegrityCheck
from cms.media.private import private_storage
from feedback.models import Answer, Attachment, Case, PublicCase
from feedback.services.answers import answer_digest


def answers_fit_states() -> Iterable[str]:
    """Yield cases whose state says “answered” without an approved answer, and answers that changed later."""
    for reference in Case.objects.answered_without_answer().values_list("reference", flat=True):
        yield f"{reference}: tình trạng là đã trả lời nhưng không có câu trả lời được duyệt."
    for answer in Answer.objects.approved().select_related("case").iterator():
        if answer.digest != answer_digest(answer):
            yield f"{answer.case.reference}: câu trả lời bản {answer.number} đã đổi sau khi duyệt."


def clocks_fit_states() -> Iterable[str]:
    """Yield cases whose clock stands still without a reason, or runs while the sender is asked."""
    for reference in Case.objects.clock_unsound().values_list("reference", flat=True):
        yield f"{reference}: việc tạm dừng tính hạn không khớp với tình trạng."


def events_fit_states() -> Iterable[str]:
    """Yield cases whose stored state is not the one that the ledger knows last."""
    last: dict[str, str] = {}
    rows = LedgerEvent.objects.filter(subject_type="case", data__has_key="version")
    for key, data in rows.order_by("seq").values_list("subject_key", "data").iterator():
        last[key] = data["to"]
    for reference, state in Case.objects.values_list("reference", "state").iterator():
        if last.get(reference) != state:
            yield f"{reference}: tình trạng không khớp với nhật ký."


def public_copies_are_clean() -> Iterable[str]:
    """Yield live copies in which the sender can be recognised or that should not be public."""
    for copy in PublicCase.objects.public().select_related("case__sender").prefetch_related("case__sender__consents"):
        if copy.leaks() or copy.bars():
            yield f"{copy.reference}: bản công khai không còn đủ điều kiện đăng."


def files_are_there() -> Iterable[str]:
    """Yield attachments whose bytes are missing."""
    for name, reference in Attachment.objects.values_list("stored_name", "case__reference").iterator():
        if not private_storage.exists(name):
            yield f"{reference}: thiếu tệp gửi kèm trong kho."


CHECKS = (
    IntegrityCheck("case_answers", "Phản ánh đã trả lời có câu trả lời được duyệt, không bị sửa", answers_fit_states),
    IntegrityCheck("case_clocks", "Thời hạn phản ánh chỉ dừng khi chờ người gửi", clocks_fit_states),
    IntegrityCheck("case_events", "Tình trạng phản ánh khớp với nhật ký", events_fit_states),
    IntegrityCheck("public_cases", "Bản công khai không lộ người gửi", public_copies_are_clean),
    IntegrityCheck("case_files", "Tệp gửi kèm còn đủ trong kho", files_are_there),
)
