"""The tables of plans: the page with its annex, and what units report beside it."""

from .board import BoardView, OccurrenceLine, SubPlan, TaskLine, boards_of, sub_plans_of, task_lines
from .chain import ChainLink, chain_above
from .pages import LegalBasis, PlanAttachment, PlanIndexPage, PlanPage, UpwardLink, check_plan
from .periods import Occurrence, occurrences_of
from .progress import TaskDifficulty, TaskProduct, TaskProgress, TaskProgressEntry
from .targets import PlanTarget, TargetLine, TargetValue, target_lines
from .tasks import PlanTask

__all__ = [
    "BoardView",
    "ChainLink",
    "LegalBasis",
    "Occurrence",
    "OccurrenceLine",
    "PlanAttachment",
    "PlanIndexPage",
    "PlanPage",
    "PlanTarget",
    "PlanTask",
    "SubPlan",
    "TargetLine",
    "TargetValue",
    "TaskDifficulty",
    "TaskLine",
    "TaskProduct",
    "TaskProgress",
    "TaskProgressEntry",
    "UpwardLink",
    "boards_of",
    "chain_above",
    "check_plan",
    "occurrences_of",
    "sub_plans_of",
    "target_lines",
    "task_lines",
]
