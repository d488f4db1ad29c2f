"""Answers: written by one, approved by another, frozen when approved."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums import WORKING_STATES, AnswerState, CaseOutcome, CaseState, ConductMeasure
from feedback.models import Answer, AnswerTemplate, Case
from feedback.permissions import case_can
from feedback.services.answer_ratings import answer_rating_invite
from feedback.services.moves import NotAllowedError, Step, TransitionRefusedError, case_move, case_touch


@transaction.atomic
def answer_save(
    *,
    case: Case,
    actor: Any,
    body: str,
    outcome: str = "",
    measure: str = "",
    expected_version: int | None = None,
) -> Answer:
    """Keep the draft of an answer. A draft that somebody else wrote is superseded, so every version has one author.

    ``measure`` says what was done about somebody's conduct, for a case that is about one.

    Raises NotAllowedError, CaseChangedError, or TransitionRefusedError outside the time of work.
    """
    _check_writer(case, actor)
    case_touch(case, expected_version=expected_version)
    _check_time(case)
    if outcome and outcome not in CaseOutcome.values:
        raise TransitionRefusedError(_("Hãy chọn kết quả xử lý trong danh sách."))
    if measure and measure not in ConductMeasure.values:
        raise TransitionRefusedError(_("Hãy chọn cách xử lý trong danh sách."))
    answer = case.answers.unfinished().first()
    if answer and answer.author_id != actor.pk:
        answer.state = AnswerState.SUPERSEDED
        answer.save(update_fields=["state"])
        answer = None
    if answer is None:
        answer = Answer(case=case, author=actor, number=case.answers.count() + 1)
    answer.body, answer.outcome, answer.measure = body.strip(), outcome, measure
    answer.saved_at = timezone.now()
    answer.save()
    return answer


def answer_fill(*, case: Case, actor: Any, template: AnswerTemplate, body: str) -> str:
    """Return ``body`` with the words of ``template`` for this case below what is there; nothing is stored.

    Raises NotAllowedError, or TransitionRefusedError outside the time of work, as saving would.
    """
    _check_writer(case, actor)
    _check_time(case)
    return "\n\n".join(part for part in (body.strip(), template.filled_for(case)) if part)


@transaction.atomic
def answer_submit(*, case: Case, actor: Any, expected_version: int | None = None) -> Case:
    """Lay the draft before the leader (T11)."""
    case_move(case, Step("propose", actor=actor, expected_version=expected_version))
    answer = case.answers.unfinished().get()
    answer.state = AnswerState.PROPOSED
    answer.save(update_fields=["state"])
    return case


@transaction.atomic
def answer_save_and_submit(
    *, case: Case, actor: Any, body: str, outcome: str, measure: str = "", expected_version: int | None = None
) -> Case:
    """Keep the draft and lay it before the leader in one go; a case that waits to be begun is begun."""
    answer_save(case=case, actor=actor, body=body, outcome=outcome, measure=measure, expected_version=expected_version)
    if case.state == CaseState.ASSIGNED:
        case_move(case, Step("start", actor=actor))
    return answer_submit(case=case, actor=actor)


@transaction.atomic
def answer_return(*, case: Case, actor: Any, comment: str, expected_version: int | None = None) -> Case:
    """Give the answer back with a comment (T12); the author's next save makes a new version."""
    now = timezone.now()
    case_move(case, Step("return", actor=actor, expected_version=expected_version, reason=comment, at=now))
    answer = case.answers.unfinished().get()
    answer.state, answer.decision_comment, answer.decided_at = AnswerState.RETURNED, comment.strip(), now
    answer.save(update_fields=["state", "decision_comment", "decided_at"])
    return case


@transaction.atomic
def answer_approve(*, case: Case, actor: Any, comment: str = "", expected_version: int | None = None) -> Case:
    """Approve the proposed answer and send it (T13). The approver never wrote a version of it: four eyes."""
    now = timezone.now()
    proposed = case.answers.unfinished().first()
    changes = {"answered_at": now, "outcome": proposed.outcome if proposed else ""}
    data = {"answer": proposed.number, "digest": answer_digest(proposed)} if proposed else {}
    step = Step("approve", actor=actor, expected_version=expected_version, changes=changes, data=data, at=now)
    case_move(case, step)
    answer = case.answers.unfinished().get()
    answer.state, answer.approver, answer.decided_at = AnswerState.APPROVED, actor, now
    answer.decision_comment, answer.digest = comment.strip(), answer_digest(answer)
    answer.save()
    answer_rating_invite(case=case, answer=answer)
    return case


def answer_digest(answer: Answer) -> str:
    """Return the mark of an answer's words, kept in the ledger so that a later change is found."""
    return hashlib.sha256(f"{answer.case_id}\0{answer.number}\0{answer.outcome}\0{answer.body}".encode()).hexdigest()


def _check_writer(case: Case, actor: Any) -> None:
    hers = case.officer_id == actor.pk or case_can(actor, "case_approve", case)
    if not (hers and case_can(actor, "case_handle", case)):
        raise NotAllowedError(_("Bạn không có quyền soạn câu trả lời cho phản ánh này."))


def _check_time(case: Case) -> None:
    if case.state not in WORKING_STATES - {CaseState.PENDING_APPROVAL, CaseState.ACCEPTED, CaseState.REOPENED}:
        raise TransitionRefusedError(_("Chỉ soạn câu trả lời khi phản ánh đã giao và đang xử lý."))
