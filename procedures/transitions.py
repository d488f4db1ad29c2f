"""The whole way of a dossier as one table.

Buttons, permissions, mails, the diagram with its text, and the random walks of the tests are made from it. Guards
and mails are named here and resolved by a system check; ``services.moves`` is the only writer of a state by hand and
obeys this table and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.enums import OPEN_DOSSIERS, PAUSED_STATES, RUNNING_STATES, DossierState

S = DossierState
SYSTEM = "system"
# Steps of a dossier that a one-stop system keeps are taken there; its file tells them here.
HERE = "kept_here"


@dataclass(frozen=True)
class Transition:
    """One allowed step.

    Args:
        verb: its name in code, in the ledger (``dossier.<verb>``) and in addresses.
        label: what the button says.
        sources: states it leaves; empty for the birth of a dossier.
        target: state it enters; None when it stays where it is, or goes where ``undo`` and ``sync`` say.
        who: capabilities of the matrix, or ``system``; any of them is enough.
        guards: names in ``services.guards``, asked in this order.
        told: what the look-up says of this step; empty means the public does not see it.
        mails: kinds of mail, queued in the same transaction.
        needs_reason: the label of the words that the actor must write; empty when none are needed.
        by_hand: whether the desk offers it as a button of its own.
        drawn: whether it is an arrow of the diagram; putting something right is not.

    """

    verb: str
    label: Any
    sources: frozenset[DossierState]
    target: DossierState | None
    who: tuple[str, ...]
    guards: tuple[str, ...] = ()
    told: Any = ""
    mails: tuple[str, ...] = ()
    needs_reason: Any = ""
    by_hand: bool = True
    drawn: bool = True


def _from(*states: DossierState) -> frozenset[DossierState]:
    return frozenset(states)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "register", _("Ghi nhận hồ sơ gửi tới"), _from(), S.REGISTERED, ("dossier_enter",),
        told=_("Mới đăng ký"), by_hand=False,
    ),
    Transition(
        "receive", _("Tiếp nhận, hẹn trả kết quả"), _from(S.REGISTERED), S.RECEIVED, ("dossier_enter",),
        guards=(HERE, "has_due"), told=_("Được tiếp nhận"), mails=("dossier_received",),
    ),
    Transition(
        "start", _("Bắt đầu xử lý"), _from(S.RECEIVED), S.IN_PROGRESS, ("dossier_handle",),
        guards=(HERE,), told=_("Đang xử lý"),
    ),
    Transition(
        "ask", _("Yêu cầu bổ sung giấy tờ"), _from(S.REGISTERED, S.RECEIVED, S.IN_PROGRESS), S.NEED_SUPPLEMENT,
        ("dossier_enter", "dossier_handle"), guards=(HERE, "supplement_asked_never"),
        told=_("Yêu cầu bổ sung giấy tờ, tạm dừng tính hạn"), mails=("dossier_supplement",),
        needs_reason=_("Giấy tờ phải bổ sung, vì sao"),
    ),
    Transition(
        "supply", _("Đã nhận giấy tờ bổ sung"), _from(S.NEED_SUPPLEMENT), S.RECEIVED, ("dossier_enter",),
        guards=(HERE, "has_due"), told=_("Đã nhận giấy tờ bổ sung, tính tiếp hạn trả"), mails=("dossier_received",),
    ),
    Transition(
        "charge", _("Yêu cầu nộp phí, lệ phí"), _from(S.RECEIVED, S.IN_PROGRESS), S.NEED_PAYMENT,
        ("dossier_enter", "dossier_handle"), guards=(HERE,),
        told=_("Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính hạn"), mails=("dossier_payment",),
        needs_reason=_("Khoản phải nộp, nộp ở đâu"),
    ),
    Transition(
        "pay", _("Đã nộp phí, lệ phí"), _from(S.NEED_PAYMENT), S.IN_PROGRESS, ("dossier_enter",),
        guards=(HERE,), told=_("Đã thực hiện nghĩa vụ tài chính, tính tiếp hạn trả"),
    ),
    Transition(
        "complete", _("Đã có kết quả"), RUNNING_STATES, S.COMPLETED, ("dossier_handle",),
        guards=(HERE,), told=_("Đã xử lý xong"), mails=("dossier_ready",),
    ),
    Transition(
        "notify", _("Đã gọi điện báo có kết quả"), _from(S.COMPLETED), None, ("dossier_enter",),
        guards=("notified_never",), told=_("Đã báo người nộp đến nhận kết quả"), drawn=False,
    ),
    Transition(
        "post", _("Bàn giao bưu chính để trả kết quả"), _from(S.COMPLETED), S.WITH_POST, ("dossier_enter",),
        guards=(HERE,), told=_("Đã bàn giao bưu chính để trả kết quả"), mails=("dossier_posted",),
    ),
    Transition(
        "return", _("Trả kết quả"), _from(S.COMPLETED, S.WITH_POST), S.RETURNED, ("dossier_enter",),
        guards=(HERE,), told=_("Đã trả kết quả"), mails=("dossier_returned",),
    ),
    Transition(
        "refuse", _("Từ chối, trả lại hồ sơ"), _from(S.REGISTERED) | RUNNING_STATES | _from(S.NEED_SUPPLEMENT),
        S.REFUSED, ("dossier_enter", "dossier_handle"), guards=(HERE,),
        told=_("Không được tiếp nhận, hồ sơ được trả lại"), mails=("dossier_refused",),
        needs_reason=_("Lý do từ chối, căn cứ"),
    ),
    Transition(
        "withdraw", _("Công dân rút hồ sơ"), OPEN_DOSSIERS, S.WITHDRAWN, ("dossier_enter",),
        guards=(HERE,), told=_("Rút hồ sơ theo yêu cầu của người nộp"), mails=("dossier_withdrawn",),
    ),
    Transition(
        "stop", _("Dừng xử lý"), RUNNING_STATES | PAUSED_STATES, S.STOPPED, ("dossier_handle",),
        guards=(HERE,), told=_("Dừng xử lý"), mails=("dossier_stopped",), needs_reason=_("Lý do dừng, căn cứ"),
    ),
    Transition(
        "apologise", _("Xin lỗi và hẹn lại"), RUNNING_STATES, None, ("dossier_apologise",),
        guards=("reappointed_never", "appointment_is_later"), told=_("Xin lỗi và hẹn lại ngày trả kết quả"),
        by_hand=False, drawn=False,
    ),
    Transition(
        "undo", _("Lấy lại bước vừa làm"), frozenset(S), None, ("dossier_undo",),
        guards=(HERE, "has_step_to_undo"), told=_("Tình trạng được ghi lại cho đúng"),
        needs_reason=_("Vì sao phải lấy lại"), drawn=False,
    ),
    Transition(
        "adopt", _("Chuyển về xử lý tại đây"), OPEN_DOSSIERS | _from(S.COMPLETED, S.WITH_POST), None,
        ("dossier_undo",), guards=("kept_elsewhere",), needs_reason=_("Vì sao không lấy từ tệp nữa"), drawn=False,
    ),
    Transition(
        "sync", _("Cập nhật từ phần mềm một cửa điện tử"), frozenset(S), None, ("dossiers_import", SYSTEM),
        told=_("Cập nhật từ phần mềm một cửa điện tử"), by_hand=False, drawn=False,
    ),
)  # fmt: skip

_BY_VERB = {transition.verb: transition for transition in TRANSITIONS}

_PUBLIC_LABELS: dict[DossierState, Any] = {
    S.WITH_POST: _("Đã xử lý xong, đang gửi kết quả qua bưu chính"),
    S.COMPLETED: _("Đã xử lý xong, mời đến nhận kết quả"),
}


def transition(verb: str) -> Transition:
    """Return the row of ``verb``; KeyError when the table has none."""
    return _BY_VERB[verb]


def public_label(state: str) -> str:
    """Return what anybody reads for ``state``."""
    known = DossierState(state)
    return str(_PUBLIC_LABELS.get(known, known.label))


def leaving(state: str, rows: Iterable[Transition] = TRANSITIONS) -> list[Transition]:
    """Return the steps that leave ``state``, in the order of the table."""
    return [row for row in rows if state in row.sources]
