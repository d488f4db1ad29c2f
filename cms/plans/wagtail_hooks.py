"""What plans register with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.core.permissions import can
from cms.core.permissions.policy import MatrixPolicy
from cms.plans.models import PlanPage, PlanTarget, PlanTask
from cms.plans.viewsets import MyTasksPanel, PlanListingViewSet, TargetViewSet, TaskViewSet
from cms.plans.viewsets.pages import task_table_buttons

for model in (PlanTask, PlanTarget):
    register_permission_policy(model, MatrixPolicy(model, {"view": "plan_progress"}))


class PlansGroup(ViewSetGroup):
    menu_label = _("Kế hoạch")
    menu_icon = "tasks"
    menu_order = 220
    items = (TaskViewSet(), TargetViewSet(), PlanListingViewSet("plans"))

    def get_submenu_items(self) -> list:
        imports = [ImportMenuItem("plans_import", order=20), ImportMenuItem("plan_tasks_import", order=30)]
        return [*super().get_submenu_items(), *imports]


@hooks.register("register_admin_viewset")
def register_plans() -> PlansGroup:
    """The group of the admin menu."""
    return PlansGroup()


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the imports."""
    return [
        *import_urls("plans_import", "nhap-ke-hoach"),
        *import_urls("plan_tasks_import", "nhap-bang-nhiem-vu"),
    ]


@hooks.register("register_page_listing_more_buttons")
def offer_the_table_in_lists(page: Any, user: Any, next_url: str = "") -> Iterator[Button]:
    """Beside a plan in a list."""
    if page.specific_class is PlanPage and can(user, "plans_import"):
        yield from task_table_buttons(page)


@hooks.register("register_page_header_buttons")
def offer_the_table_in_the_editor(page: Any, user: Any, next_url: str = "", **_rest: Any) -> Iterator[Button]:
    """Above the editor of a plan."""
    if page.pk and page.specific_class is PlanPage and can(user, "plans_import"):
        yield from task_table_buttons(page)


@hooks.register("construct_homepage_panels")
def add_my_tasks(request: Any, panels: list[Any]) -> None:
    """Greet with what waits for this officer's units."""
    if can(request.user, "plan_progress"):
        panels.append(MyTasksPanel())


@hooks.register("insert_global_admin_css")
def dress_the_tasks() -> str:
    """Give the screens of tasks their style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("plans/tasks.css"))
