"""Who may say how far a task has come."""

from typing import Any

from cms.core.permissions import can
from cms.plans.models import PlanPage, PlanTask


class _OfUnit:
    """A target for the matrix: work that belongs to this unit, or to none."""

    def __init__(self, unit_id: int | None) -> None:
        self.unit_id = unit_id


def user_can_update_progress(user: Any, page: PlanPage, task: PlanTask) -> bool:
    """Say whether ``user`` may report on ``task``: an officer of one of its units, or of the plan's owner."""
    unit_ids = [unit.pk for unit in task.units.all()] or [page.owner_unit_id]
    return any(can(user, "plan_progress", _OfUnit(unit_id)) for unit_id in unit_ids)
