"""The conditions that the table of transitions names. Each answers None, or a sentence why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.enums import DossierOrigin, DossierState, DueSource
from procedures.models import Dossier, DossierMove

LONGEST_PROMISE = 10  # years; what is later is a slip of the hand, and every list would count its days


@dataclass(frozen=True)
class Attempt:
    """A step about to be taken: ``dossier`` with the changes in it, ``before`` as it was stored."""

    dossier: Dossier
    before: Dossier
    actor: Any
    target: DossierState
    at: datetime


Guard = Callable[[Attempt], Any]
GUARDS: dict[str, Guard] = {}
# Guards that ask only what is stored: the desk asks them before it shows a button.
STANDING: set[str] = set()


def guard(function: Guard) -> Guard:
    """Enter ``function`` under its own name, without the underscore that keeps it from being called directly."""
    GUARDS[function.__name__.lstrip("_")] = function
    return function


def standing(function: Guard) -> Guard:
    """Mark a guard that does not depend on what is typed."""
    STANDING.add(function.__name__.lstrip("_"))
    return function


@standing
@guard
def _kept_here(attempt: Attempt) -> Any:
    if attempt.before.origin == DossierOrigin.KEYED:
        return None
    return _("Hồ sơ này do phần mềm một cửa điện tử quản lý; tình trạng lấy từ tệp của phần mềm ấy.")


@standing
@guard
def _kept_elsewhere(attempt: Attempt) -> Any:
    return None if attempt.before.origin == DossierOrigin.IMPORTED else _("Hồ sơ này vẫn được xử lý tại đây.")


@guard
def _has_due(attempt: Attempt) -> Any:
    dossier = attempt.dossier
    if dossier.due_on is None and dossier.due_source != DueSource.NONE:
        return _("Hãy ghi ngày hẹn trả, hoặc chọn thời hạn của thủ tục.")
    if dossier.due_on and dossier.received_at and dossier.due_on < timezone.localdate(dossier.received_at):
        return _("Ngày hẹn trả không thể trước ngày tiếp nhận.")
    if dossier.due_on and dossier.received_at and dossier.due_on.year - dossier.received_at.year > LONGEST_PROMISE:
        return _("Ngày hẹn trả xa hơn %(years)d năm. Hãy xem lại.") % {"years": LONGEST_PROMISE}
    return None


@standing
@guard
def _supplement_asked_never(attempt: Attempt) -> Any:
    if attempt.before.supplement_count == 0:
        return None
    return _("Đã yêu cầu bổ sung một lần. Theo quy định chỉ được yêu cầu một lần.")


@standing
@guard
def _notified_never(attempt: Attempt) -> Any:
    return None if attempt.before.notified_at is None else _("Đã báo cho người nộp rồi.")


@standing
@guard
def _reappointed_never(attempt: Attempt) -> Any:
    if attempt.before.reappointed_on is None:
        return None
    return _("Hồ sơ đã được hẹn lại một lần. Theo quy định chỉ được hẹn lại một lần.")


@guard
def _appointment_is_later(attempt: Attempt) -> Any:
    dossier = attempt.dossier
    if dossier.due_on is None or dossier.reappointed_on is None:
        return _("Hãy ghi ngày hẹn lại.")
    return None if dossier.reappointed_on > dossier.due_on else _("Ngày hẹn lại phải sau ngày hẹn trước.")


@standing
@guard
def _has_step_to_undo(attempt: Attempt) -> Any:
    last = DossierMove.objects.filter(dossier=attempt.before, undone=False).order_by("pk").last()
    if last is None:
        return _("Không có bước nào để lấy lại.")
    if not last.before:
        return _("Hồ sơ đã hết hạn giữ thông tin, bước cuối không còn gì để lấy lại.")
    # Somebody holds a letter with that day on it: what is promised is not taken back by a button.
    return _("Thư xin lỗi đã gửi, ngày hẹn lại đã hứa.") if last.verb == "apologise" else None
