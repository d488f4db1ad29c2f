"""How far tasks have come: the only writer of progress."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_text
from cms.plans.enums import ProgressState
from cms.plans.models import PlanPage, PlanTask, TaskProgress, TaskProgressEntry
from cms.plans.permissions import user_can_update_progress

MAX_NOTE = 2000


@transaction.atomic
def task_progress_update(
    *, page: PlanPage, task_key: UUID, state: ProgressState, percent: int, note: str = "", actor: Any
) -> TaskProgress:
    """Record how far the task has come, with a row of history; the page and its revisions stay as they are.

    Args:
        page: the plan.
        task_key: the stable key of one of its tasks, published or still in the draft in the database.
        state: where it stands; done means 100 per cent, not started means 0.
        percent: whole number from 0 to 100.
        note: a few words, at most 2,000 characters.
        actor: the officer.

    Raises:
        ObjectDoesNotExist: the plan has no such task.
        PermissionDenied: the officer's unit is not responsible for it.
        ValidationError: state, percent or note cannot be.

    """
    task = PlanTask.objects.filter(page_id=page.pk, key=task_key).first()
    if task is None:
        raise ObjectDoesNotExist
    if not user_can_update_progress(actor, page, task):
        raise PermissionDenied
    state, percent, words = _checked(state, percent, note)
    now = timezone.now()
    facts = {"state": state, "percent": percent, "note": words}
    progress, _made = TaskProgress.objects.select_for_update().update_or_create(
        page_id=page.pk, task_key=task_key, defaults={**facts, "updated_by": actor, "updated_at": now}
    )
    TaskProgressEntry.objects.create(progress=progress, **facts, by=actor, at=now)
    event_record(
        subject_type="plan",
        subject_key=str(page.pk),
        verb="plan.progress",
        actor=actor,
        unit_id=page.owner_unit_id,
        data={"task": str(task_key), "state": str(state), "percent": percent},
    )
    return progress


def _checked(state: ProgressState, percent: int, note: str) -> tuple[ProgressState, int, str]:
    if state not in ProgressState.values:
        raise ValidationError({"state": _("Hãy chọn một tình trạng trong danh sách.")})
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("Phần trăm phải từ 0 đến 100.")})
    try:
        words = clean_text(note)
    except TextError as error:
        raise ValidationError({"note": str(error)}) from error
    if len(words) > MAX_NOTE:
        raise ValidationError({"note": _("Ghi chú dài quá %(most)d chữ.") % {"most": MAX_NOTE}})
    fixed = {ProgressState.DONE: 100, ProgressState.NOT_STARTED: 0}
    return ProgressState(state), fixed.get(ProgressState(state), percent), words
