"""Questions to the rows of feedback; every line of an answer is a fault in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.models import LedgerEvent
from cms.core.ports import IntegrityCheck
from cms.core.search import plain_words
from cms.media.private import private_storage
from feedback.enums import CaseState
from feedback.models import Answer, AnswerLetter, Attachment, Case, PublicCase, PublicPicture
from feedback.models.pictures import picture_errors
from feedback.querysets.words import WORD_COLUMNS
from feedback.services.answers import answer_digest
from feedback.services.tallies import tallies_fit_cases


def answers_fit_states() -> Iterable[str]:
    """Yield cases whose state says “answered” without an approved answer, and answers that changed later."""
    for reference in Case.objects.answered_without_answer().values_list("reference", flat=True):
        yield _fault(reference, _("tình trạng là đã trả lời nhưng không có câu trả lời được duyệt."))
    for answer in Answer.objects.approved().select_related("case").iterator():
        if answer.digest != answer_digest(answer):
            words = _("câu trả lời bản %(number)d đã đổi sau khi duyệt.") % {"number": answer.number}
            yield _fault(answer.case.reference, words)


def clocks_fit_states() -> Iterable[str]:
    """Yield cases whose clock stands still without a reason, or runs while the sender is asked."""
    for reference in Case.objects.clock_unsound().values_list("reference", flat=True):
        yield _fault(reference, _("việc tạm dừng tính hạn không khớp với tình trạng."))


def events_fit_states() -> Iterable[str]:
    """Yield cases whose stored state is not the one that the ledger knows last."""
    last: dict[str, str] = {}
    rows = LedgerEvent.objects.filter(subject_type="case", data__has_key="version")
    for key, data in rows.order_by("seq").values_list("subject_key", "data").iterator():
        last[key] = data["to"]
    for reference, state in Case.objects.values_list("reference", "state").iterator():
        if last.get(reference) != state:
            yield _fault(reference, _("tình trạng không khớp với nhật ký."))


def public_copies_are_clean() -> Iterable[str]:
    """Yield live copies in which the sender can be recognised or that should not be public."""
    for copy in PublicCase.objects.public().select_related("case__sender").prefetch_related("case__sender__consents"):
        if copy.leaks() or copy.prohibitions() or picture_errors(copy):
            yield _fault(copy.reference, _("bản công khai không còn đủ điều kiện đăng."))


def files_are_there() -> Iterable[str]:
    """Yield attachments and covered pictures whose bytes are missing."""
    for name, reference in Attachment.objects.values_list("stored_name", "case__reference").iterator():
        if not private_storage.exists(name):
            yield _fault(reference, _("thiếu tệp gửi kèm trong kho."))
    for name, reference in AnswerLetter.objects.values_list("stored_name", "answer__case__reference").iterator():
        if not private_storage.exists(name):
            yield _fault(reference, _("thiếu tệp văn bản trả lời trong kho."))
    for name, reference in PublicPicture.objects.values_list("stored_name", "public_case__reference").iterator():
        if not private_storage.exists(name):
            yield _fault(reference, _("thiếu ảnh công khai trong kho."))


def words_fit_cases() -> Iterable[str]:
    """Yield cases that are not found by their own words, and indexes that no longer follow their rows."""
    rows = Case.objects.values_list("reference", "title", "body", "state", "search_text")
    for reference, title, body, state, found in rows.iterator():
        said = reference if state == CaseState.ANONYMISED else f"{reference} {title} {body}"
        if found != plain_words(said):
            yield _fault(reference, _("chữ để tìm không khớp với phản ánh."))
    for column in WORD_COLUMNS:
        yield from column.faults()


def _fault(reference: str, words: str) -> str:
    return f"{reference}: {words}"


CHECKS = (
    IntegrityCheck(
        "case_answers", _lazy("Phản ánh đã trả lời có câu trả lời đã duyệt, không bị sửa"), answers_fit_states
    ),
    IntegrityCheck("case_clocks", _lazy("Thời hạn phản ánh chỉ dừng khi chờ người gửi"), clocks_fit_states),
    IntegrityCheck("case_events", _lazy("Tình trạng phản ánh khớp với nhật ký"), events_fit_states),
    IntegrityCheck("public_cases", _lazy("Bản công khai không lộ người gửi"), public_copies_are_clean),
    IntegrityCheck("case_tallies", _lazy("Số liệu công bố khớp với phản ánh"), tallies_fit_cases),
    IntegrityCheck("case_words", _lazy("Phản ánh được tìm thấy bằng chính chữ của nó"), words_fit_cases),
    IntegrityCheck("case_files", _lazy("Tệp gửi kèm còn đủ trong kho"), files_are_there),
)
