"""Writing plans, the progress of their tasks, and what else units report of them."""

from .difficulties import (
    difficulty_answer,
    difficulty_publish,
    difficulty_report,
    difficulty_unpublish,
    difficulty_withdraw,
)
from .importing import BasisDraft, NoIndexPageError, PlanDraft, TaskDraft, plan_import
from .products import task_product_add, task_product_remove, task_product_show
from .progress import task_progress_undo, task_progress_update
from .tables import TableDraft, plan_tasks_import, table_changes
from .targets import target_value_remove, target_value_tell

__all__ = [
    "BasisDraft",
    "NoIndexPageError",
    "PlanDraft",
    "TableDraft",
    "TaskDraft",
    "difficulty_answer",
    "difficulty_publish",
    "difficulty_report",
    "difficulty_unpublish",
    "difficulty_withdraw",
    "plan_import",
    "plan_tasks_import",
    "table_changes",
    "target_value_remove",
    "target_value_tell",
    "task_product_add",
    "task_product_remove",
    "task_product_show",
    "task_progress_undo",
    "task_progress_update",
]
