"""The conditions that the table of transitions names. Each answers None, or a sentence why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.models import LedgerEvent
from cms.core.permissions import can
from feedback.enums import CONDUCT_MATTERS, CORRECTABLE_TO, CaseState, ConsentPurpose
from feedback.models import Case, CaseAccess, PublicCase
from feedback.models.answer_templates import gap_sentence
from feedback.permissions import case_can
from feedback.services.deadlines import deadline_after, reopen_until
from feedback.transitions import TRANSITIONS

MOST_QUESTIONS = 2
# What the ledger tells of the hands that a case went through.
_GIVEN = "case.assign"
_HANDS = (_GIVEN, "case.reopen", "case.review")
_ANOTHER_OFFICER = _("Phản ánh xem xét lại phải giao cho người khác, chưa từng xử lý hoặc trả lời phản ánh này.")


@dataclass(frozen=True)
class Attempt:
    """A step about to be taken: ``case`` with the changes in it, ``before`` as it was stored."""

    case: Case
    before: Case
    actor: Any
    target: CaseState
    at: datetime


Guard = Callable[[Attempt], Any]
GUARDS: dict[str, Guard] = {}
# Guards that ask only who the actor is: the desk asks them before it shows a button.
STANDING: set[str] = set()


def guard(function: Guard) -> Guard:
    """Enter ``function`` under its own name, without the underscore that keeps it from being called directly."""
    GUARDS[function.__name__.lstrip("_")] = function
    return function


def standing(function: Guard) -> Guard:
    """Mark a guard that depends on the actor alone."""
    STANDING.add(function.__name__.lstrip("_"))
    return function


@guard
def _consent_to_handle(attempt: Attempt) -> Any:
    agreed = attempt.case.sender.agreed_to(ConsentPurpose.HANDLE)
    return None if agreed else _("Người gửi chưa đồng ý cho dùng thông tin để xử lý phản ánh.")


@guard
def _has_category(attempt: Attempt) -> Any:
    return None if attempt.case.category_id else _("Hãy chọn lĩnh vực.")


@guard
def _has_unit(attempt: Attempt) -> Any:
    return None if attempt.case.unit_id else _("Hãy chọn đơn vị xử lý.")


@guard
def _child_keeps_a_leader(attempt: Attempt) -> Any:
    """A case that protects a child goes to no unit in which nobody who is named could work on it."""
    case = attempt.case
    if not case.child_protection or case.unit_id == attempt.before.unit_id:
        return None
    named = CaseAccess.objects.named().filter(case=case).select_related("user")
    if any(can(access.user, "case_approve", case) for access in named):
        return None
    return _(
        "Chưa ai của đơn vị mới có tên nên chuyển đi thì không ai còn thấy. Hãy đổi sang diện kín, chuyển đơn vị, rồi "
        "đơn vị mới đưa lại vào diện bảo vệ trẻ em."
    )


@guard
def _has_decline_reason(attempt: Attempt) -> Any:
    return None if attempt.case.decline_reason_id else _("Hãy chọn lý do không tiếp nhận.")


@guard
def _has_receiving_body(attempt: Attempt) -> Any:
    if not attempt.case.transferred_to:
        return _("Hãy ghi cơ quan nhận chuyển.")
    return None if attempt.case.transfer_number else _("Hãy ghi số văn bản chuyển.")


@guard
def _officer_may_handle(attempt: Attempt) -> Any:
    officer = attempt.case.officer
    if officer is None:
        return _("Hãy chọn người xử lý.")
    fits = officer.is_active and case_can(officer, "case_handle", attempt.case)
    return None if fits else _("Người được chọn không xử lý phản ánh của đơn vị này.")


def former_officers(case: Case) -> set[int]:
    """Return the keys of all who had ``case`` in hand, or wrote its answer, before it was last opened again.

    Empty for a case that never was. Asked of the history and not of the row: a row knows its last officer only.
    """
    if not case.reopen_count:
        return set()
    events = list(
        LedgerEvent.objects.about("case", case.reference).filter(verb__in=_HANDS).values("verb", "at", "data")
    )
    last = max((place for place, event in enumerate(events) if event["verb"] != _GIVEN), default=len(events))
    given = {event["data"].get("officer") for event in events[:last] if event["verb"] == _GIVEN}
    answers = case.answers.approved()
    if last < len(events):
        answers = answers.filter(decided_at__lte=events[last]["at"])
    return (given | set(answers.values_list("author_id", flat=True))) - {None}


@guard
def _fresh_officer_when_reopened(attempt: Attempt) -> Any:
    return _ANOTHER_OFFICER if attempt.case.officer_id in former_officers(attempt.case) else None


@standing
@guard
def _actor_is_officer_or_leader(attempt: Attempt) -> Any:
    hers = attempt.actor is not None and attempt.actor.pk == attempt.case.officer_id
    if hers or case_can(attempt.actor, "case_approve", attempt.case):
        return None
    return _("Phản ánh này đã giao cho người khác xử lý.")


@guard
def _asked_less_than_twice(attempt: Attempt) -> Any:
    asked = attempt.case.messages.filter(from_office=True).count()
    return None if asked < MOST_QUESTIONS else _("Đã hỏi thêm người gửi hai lần; hãy trả lời theo thông tin đang có.")


@guard
def _question_unanswered_long(attempt: Attempt) -> Any:
    pause = attempt.case.pauses.filter(ended_at=None).first()
    if pause is None:
        return _("Không có câu hỏi nào đang chờ người gửi.")
    last = deadline_after(attempt.case.category.profile, pause.began_at, attempt.case.category.profile.reply_days)
    return None if timezone.localdate(attempt.at) > last else _("Người gửi vẫn còn thời gian bổ sung.")


@guard
def _answer_is_whole(attempt: Attempt) -> Any:
    answer = attempt.case.answers.unfinished().first()
    if answer is None or not answer.body.strip():
        return _("Hãy soạn câu trả lời trước.")
    if sentence := gap_sentence(answer.body):
        return sentence
    return None if answer.outcome else _("Hãy chọn kết quả xử lý.")


@guard
def _conduct_has_measure(attempt: Attempt) -> Any:
    """An answer about somebody's conduct records what the office did about it, and not in the letter alone."""
    answer = attempt.case.answers.unfinished().first()
    if attempt.case.matter not in CONDUCT_MATTERS or (answer and answer.measure):
        return None
    return _("Việc này nói về cách làm, thái độ của người phục vụ: hãy chọn đã xử lý thế nào.")


@standing
@guard
def _approver_is_not_author(attempt: Attempt) -> Any:
    """Nobody approves words of their own, not even those of an earlier version of the same answer."""
    if attempt.actor is None:
        return _("Câu trả lời phải có người duyệt.")
    decided = attempt.case.answers.approved().newest().values_list("number", flat=True).first() or 0
    wrote = attempt.case.answers.by_author(attempt.actor).filter(number__gt=decided).exists()
    return _("Người soạn câu trả lời không tự duyệt câu mình soạn.") if wrote else None


@guard
def _reopened_never(attempt: Attempt) -> Any:
    again = attempt.before.reopen_count > 0
    return _("Phản ánh này đã được xem xét lại một lần. Bạn có thể gửi phản ánh mới.") if again else None


@guard
def _within_reopen_window(attempt: Attempt) -> Any:
    if timezone.localdate(attempt.at) <= _until(attempt):
        return None
    return _("Đã hết thời gian đề nghị xem xét lại. Bạn có thể gửi phản ánh mới.")


@guard
def _reopen_window_over(attempt: Attempt) -> Any:
    if timezone.localdate(attempt.at) > _until(attempt):
        return None
    return _("Người gửi vẫn còn thời gian đề nghị xem xét lại.")


def _until(attempt: Attempt) -> Any:
    return reopen_until(attempt.before) or timezone.localdate(attempt.at)


_NOT_JOINABLE = frozenset({CaseState.DUPLICATE, CaseState.WITHDRAWN, CaseState.QUARANTINED, CaseState.ANONYMISED})


@guard
def _joined_case_fits(attempt: Attempt) -> Any:
    target = attempt.case.duplicate_of
    if target is None or target.pk == attempt.case.pk or not case_can(attempt.actor, "case_view", target):
        return _("Hãy chọn một phản ánh khác để gộp vào.")
    fits = target.state not in _NOT_JOINABLE
    return None if fits else _("Không gộp được vào phản ánh đã rút, đã gộp hoặc đã lưu trữ.")


@guard
def _retention_is_over(attempt: Attempt) -> Any:
    keep = attempt.case.category.keep_days
    ended = attempt.case.closed_at or attempt.case.received_at
    if keep and ended + timedelta(days=keep) < attempt.at:
        return None
    return _("Chưa hết thời gian lưu giữ.")


_IN_HAND = frozenset({CaseState.ASSIGNED, CaseState.IN_PROGRESS})


@guard
def _correction_fits(attempt: Attempt) -> Any:
    case = attempt.case
    if attempt.target not in CORRECTABLE_TO or attempt.target == attempt.before.state:
        return _("Hãy chọn tình trạng khác: chỉ sửa về một bước của quá trình xử lý, không sửa thành đã trả lời.")
    if attempt.target != CaseState.SUBMITTED and not case.accepted_at:
        return _("Phản ánh chưa được tiếp nhận.")
    if attempt.target in _IN_HAND and not case.officer_id:
        return _("Phản ánh chưa có người xử lý.")
    if attempt.target in _IN_HAND and case.officer_id in former_officers(case):
        return _ANOTHER_OFFICER
    live = PublicCase.objects.public().filter(case=case).exists()
    return _("Hãy gỡ bản công khai trước khi sửa tình trạng.") if live else None


@guard
def _corrector_is_another(attempt: Attempt) -> Any:
    """A correction takes a second person: whoever took the last step does not undo it alone."""
    verbs = [f"case.{row.verb}" for row in TRANSITIONS]
    last = LedgerEvent.objects.about("case", attempt.case.reference).filter(verb__in=verbs).last()
    own = last is not None and attempt.actor is not None and last.actor_id == attempt.actor.pk
    return _("Bước gần nhất do chính bạn thực hiện; hãy nhờ một lãnh đạo khác sửa.") if own else None
