"""What feedback registers with Wagtail."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.core.permissions.policy import MatrixPolicy
from feedback.models import Case, Category, DeadlineProfile, DeclineReason, PublicCase
from feedback.permissions import PublicCasePolicy
from feedback.viewsets import FeedbackViewSetGroup, MyCasesPanel

register_permission_policy(Case, MatrixPolicy(Case, {"view": "case_list"}))
register_permission_policy(PublicCase, PublicCasePolicy())
for model in (Category, DeadlineProfile, DeclineReason):
    actions = dict.fromkeys(("add", "change", "delete", "view"), "feedback_catalogue")
    register_permission_policy(model, MatrixPolicy(model, actions))

register_snippet(FeedbackViewSetGroup)


@hooks.register("construct_homepage_panels")
def add_my_cases(request: Any, panels: list[Any]) -> None:
    """Greet with what waits for this person."""
    panels.append(MyCasesPanel())


@hooks.register("construct_snippet_action_menu")
def leave_publishing_to_the_workflow(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Four eyes: a copy goes out by being approved, never by the button of its writer."""
    if context["model"] is PublicCase:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("insert_global_admin_css")
def dress_the_desk() -> str:
    """Give the desk its style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("feedback/desk.css"))
