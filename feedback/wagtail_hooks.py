"""What feedback registers with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html_join

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.core.importing.urls import import_urls
from cms.core.permissions import can
from cms.core.permissions.policy import MatrixPolicy
from feedback.models import (
    AnswerTemplate,
    ApiKey,
    Case,
    Category,
    DeadlineProfile,
    DeclineReason,
    ExtraQuestion,
    PaperBook,
    PublicCase,
    RoutingRule,
    SavedFilter,
)
from feedback.permissions import PublicCasePolicy, SavedFilterPolicy
from feedback.viewsets import FeedbackViewSetGroup, MyCasesPanel
from feedback.viewsets.answer_ratings import AnswerRatingsPanel
from feedback.viewsets.bulk import CASE_ACTIONS
from feedback.viewsets.ratings import RatingsButton, RatingsMenuItem, rating_urls
from feedback.viewsets.routing import glass_urls

register_permission_policy(Case, MatrixPolicy(Case, {"view": "case_list"}))
register_permission_policy(ApiKey, MatrixPolicy(ApiKey, dict.fromkeys(("add", "view"), "api_key_edit")))
register_permission_policy(PublicCase, PublicCasePolicy())
register_permission_policy(SavedFilter, SavedFilterPolicy())
for model in (AnswerTemplate, Category, DeadlineProfile, DeclineReason, ExtraQuestion, RoutingRule):
    actions = dict.fromkeys(("add", "change", "delete", "view"), "feedback_catalogue")
    register_permission_policy(model, MatrixPolicy(model, actions))

register_permission_policy(
    PaperBook, MatrixPolicy(PaperBook, dict.fromkeys(("add", "change", "delete", "view"), "paper_books"))
)

register_snippet(FeedbackViewSetGroup)

for action in CASE_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("construct_homepage_panels")
def add_my_cases(request: Any, panels: list[Any]) -> None:
    """Greet with what waits for this person."""
    panels += [MyCasesPanel(), AnswerRatingsPanel()]


@hooks.register("construct_snippet_action_menu")
def leave_publishing_to_the_workflow(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Four eyes: a copy goes out by being approved, never by the button of its writer."""
    if context["model"] is PublicCase:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


@hooks.register("insert_global_admin_css")
def dress_the_desk() -> str:
    """Give the desk its style sheets."""
    sheets = ((static(f"feedback/{name}.css"),) for name in ("desk", "tabs", "intake", "pictures"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_admin_urls")
def register_ratings() -> list[URLPattern]:
    """Give the report of page ratings its addresses."""
    return rating_urls()


@hooks.register("register_admin_urls")
def register_cases_import() -> list[URLPattern]:
    """The screens that read an old register."""
    return import_urls("cases_import", "nhap-so-phan-anh")


@hooks.register("register_admin_urls")
def register_glass() -> list[URLPattern]:
    """The door with a glass before it."""
    return glass_urls()


@hooks.register("register_reports_menu_item")
def register_ratings_menu_item() -> MenuItem:
    """Put the report beside Wagtail's own."""
    return RatingsMenuItem()


@hooks.register("register_page_header_buttons")
def show_ratings_of_page(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[RatingsButton]:
    """Lead from the page that is being edited to what its readers think of it."""
    if page.pk and page.live and can(user, "rating_view") and getattr(page.specific_class, "is_rated", False):
        yield RatingsButton(page)
