"""Side doors: views of Wagtail's admin that ask nobody, or ask less than the house does."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from cms.core.permissions import can

NOBODY = ""
# The first that matches the view's name; for bulk actions the model and the action follow the name.
DOORS: tuple[tuple[str, str], ...] = (
    # Fails on purpose and writes to the administrators each time.
    ("wagtailadmin_error_test", NOBODY),
    # Their first step shows a page's unpublished title to everybody in the admin.
    ("wagtailadmin_pages:move_confirm", "page_publish"),
    ("wagtailadmin_pages:confirm_workflow_cancellation", "page_edit"),
    # Everybody in the admin could make a task; the house has exactly those of setup_site.
    ("wagtailadmin_workflows:task_cho*", NOBODY),
    # Lists files and pictures of closed collections to everybody in the admin.
    ("wagtailadmin_api:documents:*", "page_edit"),
    ("wagtailadmin_api:images:*", "page_edit"),
    # Shows who did what to whatever the reader may change one of.
    ("wagtailadmin_reports:site_history*", "page_edit"),
    # Roles and accounts are written by one service, which knows who may not promote whom.
    ("wagtail_bulk_action:wagtailcore.page:*", "page_edit"),
    ("wagtail_bulk_action:media.*", "page_edit"),
    # Each asks for the right of its own step too.
    ("wagtail_bulk_action:feedback.case:*", "case_triage"),
    ("wagtail_bulk_action:*", NOBODY),
)


def door_of(view_name: str, arguments: Mapping[str, Any]) -> str | None:
    """Return the capability that the view called ``view_name`` needs; None where there is no door."""
    if view_name == "wagtail_bulk_action":
        view_name = "{}:{app_label}.{model_name}:{action}".format(view_name, **arguments)
    return next((needed for glob, needed in DOORS if fnmatchcase(view_name, glob)), None)


def may_pass(user: Any, door: str) -> bool:
    """Say whether ``user`` may enter through ``door``, a capability or NOBODY."""
    return door != NOBODY and can(user, door)
