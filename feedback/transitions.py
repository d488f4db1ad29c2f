"""The whole life of a case as one table.

Buttons, permissions, mails, the diagram of the guide and the random walks of the tests are made from it.
Guards and mails are named here and resolved by a system check; ``services.moves`` is the only writer of a
state and obeys this table and nothing else. Numbers T1–T19 are those of the study behind the design.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from feedback.enums import OPEN_STATES, CaseState

S = CaseState
SENDER = "sender"
SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """One allowed step.

    Args:
        number: its number in the study.
        verb: its name in code, in the ledger (``case.<verb>``) and in addresses.
        label: what the button says; for steps of the sender or the system, what the help page says.
        sources: states it leaves; empty for the birth of a case.
        target: state it enters; None when the actor chooses one (a correction).
        who: capabilities of the matrix, ``sender`` or ``system``; any of them is enough.
        guards: names in ``services.guards``, asked in this order.
        told: what the timeline says to the sender; empty means the sender does not see this step.
        mails: kinds of mail, queued in the same transaction.
        needs_reason: the actor must write why.
        by_hand: whether the desk offers it as a button of its own.

    """

    number: str
    verb: str
    label: Any
    sources: frozenset[CaseState]
    target: CaseState | None
    who: tuple[str, ...]
    guards: tuple[str, ...] = ()
    told: Any = ""
    mails: tuple[str, ...] = ()
    needs_reason: bool = False
    by_hand: bool = True


def _from(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "T1", "submit", _("Gửi phản ánh"), _from(), S.SUBMITTED, (SENDER, "case_enter"),
        guards=("consent_to_handle",), told=_("Đã gửi, chờ tiếp nhận"), mails=("case_receipt",), by_hand=False,
    ),
    Transition(
        "T2", "quarantine", _("Đưa vào mục nghi là thư rác"), _from(S.SUBMITTED), S.QUARANTINED,
        ("case_triage", SYSTEM),
    ),
    Transition(
        "T2", "release", _("Không phải thư rác, đưa lại hàng chờ"), _from(S.QUARANTINED), S.SUBMITTED,
        ("case_triage",),
    ),
    Transition(
        "T3", "accept", _("Tiếp nhận"), _from(S.SUBMITTED), S.ACCEPTED, ("case_triage",),
        guards=("has_category", "has_unit", "child_keeps_a_leader"), told=_("Đã tiếp nhận"), mails=("case_accepted",),
    ),
    Transition(
        "T4", "decline", _("Không tiếp nhận"), _from(S.SUBMITTED, S.ACCEPTED), S.DECLINED, ("case_triage",),
        guards=("has_decline_reason",), told=_("Không thuộc phạm vi tiếp nhận"), mails=("case_declined",),
    ),
    Transition(
        "T5", "transfer", _("Chuyển cơ quan có thẩm quyền"), _from(S.SUBMITTED, S.ACCEPTED), S.TRANSFERRED,
        ("case_triage",), guards=("has_receiving_body",), told=_("Đã chuyển cơ quan có thẩm quyền"),
        mails=("case_transferred",),
    ),
    Transition(
        "T6", "assign", _("Giao người xử lý"), _from(S.ACCEPTED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED), S.ASSIGNED,
        ("case_assign",), guards=("child_keeps_a_leader", "officer_may_handle", "fresh_officer_when_reopened"),
        told=_("Đã giao người xử lý"), mails=("task_assigned",),
    ),
    Transition(
        "T7", "start", _("Bắt đầu xử lý"), _from(S.ASSIGNED), S.IN_PROGRESS, ("case_handle",),
        guards=("actor_is_officer_or_leader",), told=_("Đang xử lý"),
    ),
    Transition(
        "T8", "ask", _("Hỏi thêm người gửi"), _from(S.ASSIGNED, S.IN_PROGRESS), S.NEED_INFO, ("case_handle",),
        guards=("actor_is_officer_or_leader", "asked_less_than_twice"), told=_("Chờ người gửi bổ sung thông tin"),
        mails=("case_question",),
    ),
    Transition(
        "T9", "reply", _("Bổ sung thông tin"), _from(S.NEED_INFO), S.IN_PROGRESS, (SENDER,),
        told=_("Người gửi đã bổ sung, tiếp tục xử lý"), mails=("task_replied",), by_hand=False,
    ),
    Transition(
        "T9", "resume", _("Xử lý tiếp, không chờ bổ sung"), _from(S.NEED_INFO), S.IN_PROGRESS, ("case_handle",),
        guards=("actor_is_officer_or_leader",), told=_("Tiếp tục xử lý"),
    ),
    Transition(
        "T10", "lapse", _("Kết thúc vì không nhận được bổ sung"), _from(S.NEED_INFO), S.CLOSED, (SYSTEM,),
        guards=("question_unanswered_long",), told=_("Kết thúc vì không nhận được thông tin bổ sung"),
        mails=("case_lapsed",), by_hand=False,
    ),
    Transition(
        "T11", "propose", _("Trình duyệt câu trả lời"), _from(S.IN_PROGRESS), S.PENDING_APPROVAL, ("case_handle",),
        guards=("actor_is_officer_or_leader", "answer_is_whole", "conduct_has_measure"), mails=("task_approve",),
    ),
    Transition(
        "T12", "return", _("Trả lại để sửa"), _from(S.PENDING_APPROVAL), S.IN_PROGRESS, ("case_approve",),
        mails=("task_returned",), needs_reason=True,
    ),
    Transition(
        "T13", "approve", _("Duyệt và trả lời người gửi"), _from(S.PENDING_APPROVAL), S.ANSWERED, ("case_approve",),
        guards=("approver_is_not_author", "answer_is_whole", "conduct_has_measure"), told=_("Đã trả lời"),
        mails=("case_answer",),
    ),
    Transition(
        "T14", "reopen", _("Đề nghị xem xét lại"), _from(S.ANSWERED), S.REOPENED, (SENDER,),
        guards=("reopened_never", "within_reopen_window"), told=_("Đang xem xét lại theo đề nghị của người gửi"),
        mails=("case_reopened", "task_reopened"), needs_reason=True, by_hand=False,
    ),
    Transition(
        "T14", "review", _("Xem xét lại"), _from(S.ANSWERED, S.CLOSED), S.REOPENED, ("case_approve",),
        told=_("Đang xem xét lại"), mails=("case_reviewed", "task_reopened"), needs_reason=True,
    ),
    Transition(
        "T15", "close", _("Kết thúc"), _from(S.ANSWERED), S.CLOSED, (SYSTEM,),
        guards=("reopen_window_over",), told=_("Kết thúc"), by_hand=False,
    ),
    Transition(
        "T16", "join", _("Gộp vào phản ánh khác"), _from(*(OPEN_STATES - {S.PENDING_APPROVAL})), S.DUPLICATE,
        ("case_triage",), guards=("joined_case_fits",), told=_("Đã gộp vào một phản ánh khác cùng nội dung"),
        mails=("case_joined",),
    ),
    Transition(
        "T17", "withdraw", _("Rút phản ánh"), OPEN_STATES, S.WITHDRAWN, (SENDER,),
        told=_("Người gửi đã rút phản ánh"), mails=("case_withdrawn",), by_hand=False,
    ),
    Transition(
        "T18", "anonymise", _("Lưu trữ ẩn danh"),
        _from(S.CLOSED, S.DECLINED, S.TRANSFERRED, S.DUPLICATE, S.WITHDRAWN, S.QUARANTINED), S.ANONYMISED, (SYSTEM,),
        guards=("retention_is_over",), by_hand=False,
    ),
    Transition(
        "T19", "correct", _("Sửa trạng thái ghi sai"), frozenset(S) - {S.ANONYMISED}, None, ("case_correct",),
        guards=("correction_fits", "corrector_is_another"), told=_("Trạng thái được ghi lại cho đúng"),
        needs_reason=True,
    ),
)  # fmt: skip

_BY_VERB = {transition.verb: transition for transition in TRANSITIONS}

_PUBLIC_LABELS: dict[CaseState, Any] = {
    # A bot or a quarrel learns nothing from being set aside.
    S.QUARANTINED: _("Đã gửi, chờ tiếp nhận"),
    S.SUBMITTED: _("Đã gửi, chờ tiếp nhận"),
    S.NEED_INFO: _("Chờ bạn bổ sung thông tin"),
    S.ACCEPTED: _("Đã tiếp nhận"),
    S.ASSIGNED: _("Đang xử lý"),
    S.IN_PROGRESS: _("Đang xử lý"),
    S.PENDING_APPROVAL: _("Đang xử lý"),
    S.ANSWERED: _("Đã trả lời"),
    S.CLOSED: _("Kết thúc"),
    S.TRANSFERRED: _("Đã chuyển cơ quan có thẩm quyền"),
    S.DECLINED: _("Không thuộc phạm vi tiếp nhận"),
    S.DUPLICATE: _("Đã gộp vào phản ánh khác"),
    S.WITHDRAWN: _("Bạn đã rút phản ánh"),
    S.REOPENED: _("Đang xem xét lại"),
    S.ANONYMISED: _("Đã lưu trữ"),
}


def transition(verb: str) -> Transition:
    """Return the row of ``verb``; KeyError when the table has none."""
    return _BY_VERB[verb]


def public_label(state: str) -> str:
    """Return what the sender reads for ``state``."""
    return str(_PUBLIC_LABELS[CaseState(state)])


def leaving(state: str, rows: Iterable[Transition] = TRANSITIONS) -> list[Transition]:
    """Return the steps that leave ``state``, in the order of the table."""
    return [row for row in rows if state in row.sources]
