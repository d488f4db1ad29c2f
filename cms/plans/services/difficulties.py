"""What hinders a unit in its task: reported by the unit, answered by a leader, perhaps shown to everybody (S51)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.core.services.outbox import mail_queue
from cms.plans.enums import DifficultyState
from cms.plans.models import PlanPage, PlanTask, TaskDifficulty, occurrences_of
from cms.plans.notifications import ANSWERED, REPORTED, leaders_for
from cms.plans.permissions import (
    reporting_unit_id,
    user_can_answer_difficulty,
    user_can_publish_difficulty,
    user_can_withdraw_difficulty,
)
from cms.plans.services.progress import checked_words

MAX_WORDS = 5_000


@transaction.atomic
def difficulty_report(*, page: PlanPage, task_key: UUID, body: str, period: str = "", actor: Any) -> TaskDifficulty:
    """Report a difficulty to the leaders; until they answer, only the unit and they see it.

    Raises:
        ObjectDoesNotExist: the plan has no such task.
        PermissionDenied: the officer belongs to none of its units.
        ValidationError: no words, or too many.

    """
    task = PlanTask.objects.of_pages([page.pk]).filter(key=task_key).first()
    if task is None:
        raise ObjectDoesNotExist
    unit_id = reporting_unit_id(actor, page, task)
    if unit_id is None:
        raise PermissionDenied
    if period and period not in {each.key for each in occurrences_of(task, page.issued_on)}:
        raise ValidationError({"period": _("Hãy chọn một kỳ của nhiệm vụ này.")})
    difficulty = TaskDifficulty.objects.create(
        page_id=page.pk,
        task_key=task.key,
        period=period,
        unit_id=unit_id,
        body=checked_words(body, "body", MAX_WORDS, required=True),
        reported_by=actor,
        reported_at=timezone.now(),
    )
    _note(difficulty, actor, "plan.difficulty_reported")
    for leader in leaders_for(difficulty):
        reference = {"difficulty": str(difficulty.pk), "user": str(leader.pk)}
        mail_queue(kind=REPORTED, reference=reference, dedupe_key=f"{REPORTED}:{difficulty.pk}:{leader.pk}")
    return difficulty


@transaction.atomic
def difficulty_answer(*, difficulty: TaskDifficulty, answer: str, actor: Any) -> TaskDifficulty:
    """Answer a difficulty; who reported it is told by mail.

    Raises:
        PermissionDenied: only a leader above the unit or of the plan answers, and never the own report.
        ValidationError: no words, too many, or it was answered or withdrawn meanwhile.

    """
    row = _locked(difficulty)
    if not user_can_answer_difficulty(actor, row):
        raise PermissionDenied
    _must_be(row, DifficultyState.WAITING)
    row.answer = checked_words(answer, "answer", MAX_WORDS, required=True)
    row.state, row.answered_by, row.answered_at = DifficultyState.ANSWERED, actor, timezone.now()
    row.save()
    _note(row, actor, "plan.difficulty_answered")
    if row.reported_by_id:
        reference = {"difficulty": str(row.pk), "user": str(row.reported_by_id)}
        mail_queue(kind=ANSWERED, reference=reference, dedupe_key=f"{ANSWERED}:{row.pk}:{row.reported_by_id}")
    return row


@transaction.atomic
def difficulty_withdraw(*, difficulty: TaskDifficulty, actor: Any) -> TaskDifficulty:
    """Take a report back before it is answered.

    Raises:
        PermissionDenied: it is another unit's.
        ValidationError: it was answered or withdrawn meanwhile.

    """
    row = _locked(difficulty)
    if not user_can_withdraw_difficulty(actor, row):
        raise PermissionDenied
    _must_be(row, DifficultyState.WAITING)
    row.state = DifficultyState.WITHDRAWN
    row.save(update_fields=["state"])
    _note(row, actor, "plan.difficulty_withdrawn")
    return row


@transaction.atomic
def difficulty_publish(*, difficulty: TaskDifficulty, body: str, answer: str, actor: Any) -> TaskDifficulty:
    """Show an answered difficulty to everybody, in words made for that.

    Raises:
        PermissionDenied: only a leader above the unit or of the plan decides that.
        ValidationError: no words, too many, or it is not answered.

    """
    row = _locked(difficulty)
    if not user_can_publish_difficulty(actor, row):
        raise PermissionDenied
    _must_be(row, DifficultyState.ANSWERED)
    row.public_body = checked_words(body, "public_body", MAX_WORDS, required=True)
    row.public_answer = checked_words(answer, "public_answer", MAX_WORDS, required=True)
    row.public, row.public_by = True, actor
    row.save(update_fields=["public_body", "public_answer", "public", "public_by"])
    _note(row, actor, "plan.difficulty_published")
    return row


@transaction.atomic
def difficulty_unpublish(*, difficulty: TaskDifficulty, actor: Any) -> TaskDifficulty:
    """Take an answered difficulty back from the public; the words stay for another try."""
    row = _locked(difficulty)
    if not user_can_publish_difficulty(actor, row):
        raise PermissionDenied
    row.public, row.public_by = False, None
    row.save(update_fields=["public", "public_by"])
    _note(row, actor, "plan.difficulty_unpublished")
    return row


def _locked(difficulty: TaskDifficulty) -> TaskDifficulty:
    rows = TaskDifficulty.objects.select_for_update(of=("self",)).select_related("page", "unit")
    return rows.get(pk=difficulty.pk)


def _must_be(row: TaskDifficulty, state: DifficultyState) -> None:
    if row.state != state:
        raise ValidationError(
            _("Điều này đã chuyển sang “%(state)s”, có thể do người khác vừa làm.") % {"state": row.get_state_display()}
        )


def _note(row: TaskDifficulty, actor: Any, verb: str) -> None:
    """Say in the ledger that it happened; the words are nobody's but the office's."""
    event_record(
        subject_type="plan",
        subject_key=str(row.page_id),
        verb=verb,
        actor=actor,
        unit_id=row.unit_id,
        data={"task": str(row.task_key), "difficulty": row.pk},
    )
