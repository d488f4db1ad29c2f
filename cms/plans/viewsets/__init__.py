"""The screens of plans in the admin."""

from .home import MyTasksPanel
from .pages import PlanListingViewSet
from .targets import TargetViewSet
from .tasks import TaskViewSet

__all__ = ["MyTasksPanel", "PlanListingViewSet", "TargetViewSet", "TaskViewSet"]
