"""Who may say how far a task has come, show what it brought forth, report and answer difficulties."""

from collections.abc import Iterable
from typing import Any

from cms.core.permissions import can
from cms.plans.models import PlanPage, PlanTarget, PlanTask, TaskDifficulty


class _OfUnit:
    """A target for the matrix: work that belongs to this unit, or to none."""

    def __init__(self, unit_id: int | None) -> None:
        self.unit_id = unit_id


def task_unit_ids(page: PlanPage, task: PlanTask | None) -> list[int | None]:
    """Return the units that carry out ``task``: its own, or the owner of the plan; so too when the task is gone."""
    return [unit.pk for unit in (task.units.all() if task else ())] or [page.owner_unit_id]


def _can_for_any(user: Any, capability: str, unit_ids: Iterable[int | None]) -> bool:
    return any(can(user, capability, _OfUnit(unit_id)) for unit_id in unit_ids)


def user_can_update_progress(user: Any, page: PlanPage, task: PlanTask | None) -> bool:
    """Say whether ``user`` may report on ``task``: an officer of one of its units, or of the plan's owner."""
    return _can_for_any(user, "plan_progress", task_unit_ids(page, task))


def user_can_publish_product(user: Any, page: PlanPage, task: PlanTask | None) -> bool:
    """Say whether ``user`` may show products of ``task`` to everybody: a leader of its unit or of the plan's."""
    return _can_for_any(user, "plan_product_publish", [*task_unit_ids(page, task), page.owner_unit_id])


def user_can_tell_value(user: Any, page: PlanPage, target: PlanTarget) -> bool:
    """Say whether ``user`` may tell what was reached of ``target``."""
    return can(user, "plan_progress", _OfUnit(target.unit_id or page.owner_unit_id))


def reporting_unit_id(user: Any, page: PlanPage, task: PlanTask) -> int | None:
    """Return the unit for which ``user`` may report a difficulty of ``task``, or None."""
    found = (pk for pk in task_unit_ids(page, task) if pk and can(user, "plan_difficulty_report", _OfUnit(pk)))
    return next(found, None)


def user_can_withdraw_difficulty(user: Any, difficulty: TaskDifficulty) -> bool:
    """Say whether ``user`` may take the report back: an officer of the unit that made it."""
    return can(user, "plan_difficulty_report", difficulty)


def user_can_answer_difficulty(user: Any, difficulty: TaskDifficulty) -> bool:
    """Say whether ``user`` may answer: a leader above the unit or of the plan's owner, and not who reported it."""
    above = [difficulty.unit_id, difficulty.page.owner_unit_id]
    return difficulty.reported_by_id != user.pk and _can_for_any(user, "plan_difficulty_answer", above)


def user_can_publish_difficulty(user: Any, difficulty: TaskDifficulty) -> bool:
    """Say whether ``user`` may show the answered difficulty to everybody, in words made for that."""
    return _can_for_any(user, "plan_difficulty_answer", [difficulty.unit_id, difficulty.page.owner_unit_id])
