"""Asking another unit for its opinion: by a date, for the officer alone, who answers the sender as before."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from feedback.enums import OPEN_STATES, WORKING_STATES
from feedback.models import Case, CaseConsult
from feedback.permissions import case_can, officers_able
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, case_touch
from feedback.services.notices import people_tell

LONGEST_WAIT = timedelta(days=60)


@transaction.atomic
def opinion_ask(
    *,
    case: Case,
    actor: Any,
    unit: Unit,
    question: str,
    due_on: date,
    expected_version: int | None = None,
) -> CaseConsult:
    """Ask ``unit`` about ``case``, whose question and text it then reads, never the sender.

    Raises NotAllowedError, CaseChangedError, TransitionRefusedError, or ValidationError with a sentence a field.
    """
    if not case_can(actor, "case_consult", case):
        raise NotAllowedError(_("Bạn không có quyền xin ý kiến về phản ánh này."))
    case_touch(case, expected_version=expected_version)
    if case.confidential:
        raise TransitionRefusedError(_("Phản ánh kín không xin ý kiến đơn vị khác được."))
    if case.state not in WORKING_STATES:
        raise TransitionRefusedError(_("Chỉ xin ý kiến khi phản ánh đang được xử lý."))
    if problems := _problems(case, unit, due_on):
        raise ValidationError(problems)
    try:
        with transaction.atomic():
            consult = CaseConsult.objects.create(
                case=case,
                unit=unit,
                question=question.strip(),
                due_on=due_on,
                asked_by=actor,
                asked_at=timezone.now(),
            )
    except IntegrityError as error:
        raise ValidationError({"unit": _("Đơn vị này đang được hỏi, chưa trả lời.")}) from error
    _note(case, "case.consulted", actor, {"unit": unit.code, "due_on": str(due_on)})
    people_tell(case=case, kind="task_consult", people=_askable(consult), turn=f"consult{consult.pk}", about=consult)
    return consult


def _problems(case: Case, unit: Unit, due_on: date) -> dict[str, Any]:
    today = timezone.localdate()
    if unit.pk == case.unit_id:
        return {"unit": _("Đây là đơn vị đang xử lý; hãy chọn đơn vị khác.")}
    if not officers_able("case_opinion", unit).exists():
        return {"unit": _("Đơn vị này chưa có người xử lý trên cổng để hỏi.")}
    if not today <= due_on <= today + LONGEST_WAIT:
        return {"due_on": _("Hạn cho ý kiến phải từ hôm nay đến 60 ngày tới.")}
    if case.due_on and today <= case.due_on < due_on:
        return {"due_on": _("Hạn cho ý kiến phải không sau hạn trả lời người gửi.")}
    return {}


@transaction.atomic
def opinion_give(*, consult: CaseConsult, actor: Any, text: str) -> CaseConsult:
    """Store what the asked unit says; it may say it anew until the case has ended.

    Raises NotAllowedError, or TransitionRefusedError once nobody waits for it.
    """
    row = CaseConsult.objects.select_for_update(of=("self",)).with_case().get(pk=consult.pk)
    if not can(actor, "case_opinion", row) or row.case.confidential:
        raise NotAllowedError(_("Bạn không có quyền cho ý kiến về phản ánh này."))
    if row.withdrawn_at or row.case.state not in OPEN_STATES:
        raise TransitionRefusedError(_("Không còn cần ý kiến: phản ánh đã xong hoặc người hỏi thôi hỏi."))
    row.opinion, row.given_by, row.given_at = text.strip(), actor, timezone.now()
    row.save(update_fields=["opinion", "given_by", "given_at"])
    _note(row.case, "case.opinion_given", actor, {"unit": row.unit.code})
    reader = row.case.officer or row.asked_by
    people_tell(case=row.case, kind="task_opinion", people=[reader], turn=f"opinion{row.pk}-{row.given_at:%Y%m%d%H%M}")
    return row


@transaction.atomic
def opinion_withdraw(*, consult: CaseConsult, actor: Any) -> None:
    """Stop asking; the other unit sees the case no more. What it said already stays with the case."""
    row = CaseConsult.objects.select_for_update(of=("self",)).select_related("case", "unit").get(pk=consult.pk)
    if not case_can(actor, "case_consult", row.case):
        raise NotAllowedError(_("Bạn không có quyền thôi xin ý kiến."))
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        _note(row.case, "case.consult_withdrawn", actor, {"unit": row.unit.code})


def opinions_remind(today: date) -> int:
    """Tell units whose date is today or behind them, once a question; return how many mails wait."""
    return sum(
        people_tell(
            case=consult.case,
            kind="task_consult_due",
            people=_askable(consult),
            turn=f"consult{consult.pk}",
            about=consult,
        )
        for consult in CaseConsult.objects.waiting().due_by(today).with_case()
    )


def _askable(consult: CaseConsult) -> list[Any]:
    return list(officers_able("case_opinion", consult.unit))


def _note(case: Case, verb: str, actor: Any, data: dict[str, Any]) -> None:
    event_record(
        subject_type=SUBJECT, subject_key=case.reference, verb=verb, actor=actor, unit_id=case.unit_id, data=data
    )
