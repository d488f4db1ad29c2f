"""How far tasks have come: the only writer of progress."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_text
from cms.plans.enums import ProgressState
from cms.plans.models import PlanPage, PlanTask, TaskProgress, TaskProgressEntry, occurrences_of
from cms.plans.permissions import user_can_update_progress

MAX_NOTE = 2000


@transaction.atomic
def task_progress_update(
    *,
    page: PlanPage,
    task_key: UUID,
    state: ProgressState,
    percent: int,
    note: str = "",
    period: str = "",
    actor: Any,
) -> TaskProgress:
    """Record how far the task has come, with a row of history; the page and its revisions stay as they are.

    Args:
        page: the plan.
        task_key: the stable key of one of its tasks, published or still in the draft in the database.
        state: where it stands; done means 100 per cent, not started means 0.
        percent: whole number from 0 to 100.
        note: a few words, at most 2,000 characters; everybody may read them.
        period: of a recurring task which time is meant, such as ``2026-Q1``; empty for all others.
        actor: the officer.

    Raises:
        ObjectDoesNotExist: the plan has no such task.
        PermissionDenied: the officer's unit is not responsible for it.
        ValidationError: state, percent, note or period cannot be.

    """
    task = task_for_report(page=page, task_key=task_key, period=period, actor=actor)
    state, percent, words = _checked(state, percent, note)
    facts = {"state": state, "percent": percent, "note": words}
    return _write((page, task, period), facts, actor, "plan.progress")


@transaction.atomic
def task_progress_undo(*, page: PlanPage, task_key: UUID, period: str = "", actor: Any) -> TaskProgress:
    """Take the last report back; what was said before it holds again. Both steps stay in the history.

    Raises:
        ObjectDoesNotExist: the plan has no such task.
        PermissionDenied: the officer's unit is not responsible for it.
        ValidationError: there is nothing to take back.

    """
    task = task_for_report(page=page, task_key=task_key, period=period, actor=actor)
    progress = TaskProgress.objects.select_for_update().of_task(task).filter(period=period).first()
    steps = list(progress.entries.standing()[:2]) if progress else []
    if not steps:
        raise ValidationError(_("Chưa có lần cập nhật nào để rút lại."))
    before: Mapping[str, Any] = {"state": ProgressState.NOT_STARTED, "percent": 0, "note": ""}
    if len(steps) > 1:
        before = {"state": steps[1].state, "percent": steps[1].percent, "note": steps[1].note}
    return _write((page, task, period), before, actor, "plan.progress_undone", undoes=steps[0])


def task_for_report(*, page: PlanPage, task_key: UUID, period: str, actor: Any) -> PlanTask:
    """Return the task when ``actor`` may report on it and the period is one of its own; raises as the services do."""
    task = PlanTask.objects.of_pages([page.pk]).filter(key=task_key).first()
    if task is None:
        raise ObjectDoesNotExist
    if not user_can_update_progress(actor, page, task):
        raise PermissionDenied
    known = {each.key for each in occurrences_of(task, page.issued_on)}
    if known and period not in known:
        raise ValidationError({"period": _("Hãy chọn một kỳ của nhiệm vụ này.")})
    if period and not known:
        raise ValidationError({"period": _("Nhiệm vụ này không chia theo kỳ.")})
    return task


def _write(
    about: tuple[PlanPage, PlanTask, str],
    facts: Mapping[str, Any],
    actor: Any,
    verb: str,
    undoes: TaskProgressEntry | None = None,
) -> TaskProgress:
    page, task, period = about
    now = timezone.now()
    progress, _made = TaskProgress.objects.select_for_update().update_or_create(
        page_id=page.pk,
        task_key=task.key,
        period=period,
        defaults={**facts, "updated_by": actor, "updated_at": now},
    )
    TaskProgressEntry.objects.create(progress=progress, **facts, by=actor, at=now, undoes=undoes)
    event_record(
        subject_type="plan",
        subject_key=str(page.pk),
        verb=verb,
        actor=actor,
        unit_id=page.owner_unit_id,
        data={
            "task": str(task.key),
            "period": period,
            "state": str(facts["state"]),
            "percent": facts["percent"],
        },
    )
    return progress


def _checked(state: ProgressState, percent: int, note: str) -> tuple[ProgressState, int, str]:
    if state not in ProgressState.values:
        raise ValidationError({"state": _("Hãy chọn một tình trạng trong danh sách.")})
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("Phần trăm phải từ 0 đến 100.")})
    words = checked_words(note, "note", MAX_NOTE)
    fixed = {ProgressState.DONE: 100, ProgressState.NOT_STARTED: 0}
    return ProgressState(state), fixed.get(ProgressState(state), percent), words


def checked_words(text: str, name: str, most: int, *, required: bool = False) -> str:
    """Return ``text`` by the rules of the house; raises ValidationError under ``name``."""
    try:
        words = clean_text(text)
    except TextError as error:
        raise ValidationError({name: str(error)}) from error
    if len(words) > most:
        raise ValidationError({name: _("Mục này dài quá %(most)d chữ.") % {"most": most}})
    if required and not words:
        raise ValidationError({name: _("Hãy điền mục này.")})
    return words
