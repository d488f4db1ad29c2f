"""Writing plans and the progress of their tasks."""

from .importing import BasisDraft, NoIndexPageError, PlanDraft, TaskDraft, plan_import
from .progress import task_progress_update

__all__ = ["BasisDraft", "NoIndexPageError", "PlanDraft", "TaskDraft", "plan_import", "task_progress_update"]
