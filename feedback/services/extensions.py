"""More days for an answer: by a leader, in time, with a reason that the sender is told."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line
from feedback.enums import WORKING_STATES
from feedback.models import Case, DeadlineExtension
from feedback.permissions import case_can
from feedback.services.deadlines import days_added, due_on
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, case_touch
from feedback.services.notices import notices_queue
from feedback.services.tallies import tally_change

LONGEST_REASON, SHORTEST_REASON = 300, 10


def days_left_to_add(case: Case) -> int:
    """Return how many days the clock of ``case`` may still be given, by the number of its profile."""
    return max(0, int(case.category.profile.extension_days) - days_added(case))


def not_extendable_because(case: Case) -> str:
    """Return a sentence when the date of ``case`` cannot be moved by hand now, else an empty string.

    What is late must be seen to be late: once the date is over nobody moves it.
    """
    if case.state not in WORKING_STATES or case.due_on is None:
        return _("Chỉ gia hạn khi phản ánh đang được xử lý.")
    if case.due_on < timezone.localdate():
        return _("Đã quá hạn nên không gia hạn được nữa.")
    return "" if days_left_to_add(case) else _("Phản ánh này đã được gia hạn hết số ngày cho phép.")


@transaction.atomic
def deadline_extend(
    *, case: Case, actor: Any, days: int, reason: str, expected_version: int | None = None
) -> DeadlineExtension:
    """Give ``case`` more ``days``, counted as its profile counts, for a reason that its sender is told.

    Raises NotAllowedError, CaseChangedError, TransitionRefusedError, or ValidationError with a sentence a field.
    """
    if not case_can(actor, "case_extend", case):
        raise NotAllowedError(_("Bạn không có quyền gia hạn phản ánh này."))
    case_touch(case, expected_version=expected_version)
    if sentence := not_extendable_because(case):
        raise TransitionRefusedError(sentence)
    told = _checked(case, days, reason)
    row = DeadlineExtension.objects.create(case=case, days=days, reason=told, made_by=actor, made_at=timezone.now())
    before = copy(case)
    case.due_on = due_on(Case.objects.get(pk=case.pk))
    case.save(update_fields=["due_on"])
    tally_change(before=before, after=case)
    event_record(
        subject_type=SUBJECT,
        subject_key=case.reference,
        verb="case.extended",
        actor=actor,
        unit_id=case.unit_id,
        public=True,
        data={"from": str(before.due_on), "to": str(case.due_on), "days": days},
    )
    notices_queue(case=case, kinds=("case_extended",), turn=f"extension{row.pk}")
    return row


def _checked(case: Case, days: int, reason: str) -> str:
    """Return the clean reason; ValidationError with a sentence a field."""
    most, errors = days_left_to_add(case), {}
    if not 1 <= days <= most:
        errors["days"] = _("Ghi một số từ 1 đến %(most)d: thời hạn xử lý chỉ cho gia hạn thêm chừng ấy ngày.") % {
            "most": most
        }
    try:
        told = clean_line(reason)
    except TextError as error:
        raise ValidationError({**errors, "reason": str(error)}) from error
    if not SHORTEST_REASON <= len(told) <= LONGEST_REASON:
        errors["reason"] = _("Ghi rõ vì sao cần thêm thời gian, từ 10 đến 300 chữ; người gửi đọc lý do này.")
    if errors:
        raise ValidationError(errors)
    return told
