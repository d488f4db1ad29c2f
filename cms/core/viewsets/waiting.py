"""Wagtail's panels on the admin's first page, narrowed to what the reader may open.

Of what waits Wagtail asks only for the group of a task; a leader of one school is in the same group as all others. Of
what somebody edited it asks nothing; a survey brings its page before the public for one who edits no pages.
"""

from collections.abc import Callable
from typing import Any

from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.permissions import policy_registry


def may_see(user: Any, subject: Any) -> bool:
    """Say whether ``user`` may change or publish this very page or public copy."""
    return policy_registry.get(subject).user_has_any_permission_for_instance(user, ["change", "publish"], subject)


class ToModeratePanel(WorkflowObjectsToModeratePanel):
    """What waits for this person's approval."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["states"] = [state for state in context["states"] if may_see(user, state["obj"])]
        return context


class InModerationPanel(UserObjectsInWorkflowModerationPanel):
    """What this person handed in and others have not decided."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["workflow_states"] = [
            state for state in context["workflow_states"] if may_see(user, state.content_object)
        ]
        return context


class EditedPanel(RecentEditsPanel):
    """What this person changed last and may still change."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        user = context["request"].user
        edits = context["last_edits"]
        context["last_edits"] = [(at, page) for at, page in edits if page.permissions_for_user(user).can_edit()]
        return context


_NARROWED: dict[type, Callable[[], Any]] = {
    WorkflowObjectsToModeratePanel: ToModeratePanel,
    UserObjectsInWorkflowModerationPanel: InModerationPanel,
    RecentEditsPanel: EditedPanel,
}


def narrow_panels(panels: list[Any]) -> None:
    """Put ours in the place of Wagtail's; the rest of ``panels`` stays."""
    panels[:] = [_NARROWED[type(panel)]() if type(panel) in _NARROWED else panel for panel in panels]
