"""What the kernel registers with Wagtail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, include, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from cms.core.bulk_publish import PatientPublishBulkAction
from cms.core.models import CalendarDay, JobState, LedgerEvent, MailText, OutboxMail, Unit
from cms.core.moderation.home import WaitingPanel
from cms.core.moderation.views import QueueMenuItem, queue_urls
from cms.core.permissions import can
from cms.core.permissions.policy import MatrixPolicy
from cms.core.viewsets import HouseViewSetGroup, MailTextViewSet, narrow_panels
from cms.core.viewsets.remembered import RememberedPanel

register_permission_policy(Unit, MatrixPolicy(Unit, {"add": "unit_edit", "change": "unit_edit", "view": "unit_edit"}))
register_permission_policy(
    CalendarDay,
    MatrixPolicy(CalendarDay, dict.fromkeys(("add", "change", "delete", "view"), "calendar_edit")),
)
_words = dict.fromkeys(("change", "view", "publish"), "mail_text_edit")
register_permission_policy(MailText, MatrixPolicy(MailText, _words))
register_permission_policy(OutboxMail, MatrixPolicy(OutboxMail, {"view": "outbox_view"}))
register_permission_policy(JobState, MatrixPolicy(JobState, {"view": "schedule_view"}))
register_permission_policy(LedgerEvent, MatrixPolicy(LedgerEvent, {"view": "ledger_view"}))


register_snippet(MailTextViewSet)

# After Wagtail's own of the same name, whose place it takes.
hooks.register("register_bulk_action", PatientPublishBulkAction, order=100)


@hooks.register("register_admin_viewset")
def register_house() -> HouseViewSetGroup:
    """Put the house's own screens under one menu entry."""
    return HouseViewSetGroup()


@hooks.register("register_admin_urls")
def register_queue() -> list[URLPattern]:
    """Give the moderation queue its address."""
    return [path("cho-duyet/", include((queue_urls(), "moderation")))]


@hooks.register("register_admin_menu_item")
def register_queue_menu_item() -> MenuItem:
    """Lead to the queue from the menu."""
    return QueueMenuItem()


@hooks.register("construct_homepage_panels")
def add_waiting(request: HttpRequest, panels: list[Any]) -> None:
    """Greet with how much waits for a decision."""
    panels.append(WaitingPanel())


@hooks.register("construct_homepage_panels")
def add_remembered(request: HttpRequest, panels: list[Any]) -> None:
    """Greet with what of the law nobody has confirmed yet."""
    panels.append(RememberedPanel())


@hooks.register("insert_global_admin_css")
def dress_the_queue() -> str:
    """Give the queue its style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin/moderation.css"))


@hooks.register("insert_global_admin_js")
def start_widgets() -> str:
    """Start choosers and inline panels without inline scripts."""
    return format_html('<script src="{}"></script>', static("core/admin/widgets.js"))


@hooks.register("insert_global_admin_js")
def stop_autosave() -> str:
    """Let a pressed button be the last word of a form."""
    return format_html('<script src="{}"></script>', static("core/admin/autosave.js"))


@hooks.register("insert_global_admin_css")
def dress_the_admin() -> str:
    """Give every screen of the admin the few rules of the house."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin/look.css"))


@hooks.register("construct_homepage_panels")
def show_what_may_be_read(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for approval is shown to those whose business it is."""
    narrow_panels(panels)


@hooks.register("construct_help_menu")
def leave_out_foreign_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's guide and news are in English and about another site."""
    menu_items[:] = [
        item for item in menu_items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("construct_page_chooser_queryset")
def choose_what_you_may_read(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Whoever does not write pages links to what everybody may read; drafts, and the titles in them, stay unseen."""
    return pages if can(request.user, "page_edit") else pages.live().public().filter(has_unpublished_changes=False)


@hooks.register("construct_reports_menu")
def leave_out_what_is_closed(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """A menu does not offer a door that is shut."""
    if not can(request.user, "page_edit"):
        menu_items[:] = [item for item in menu_items if item.name != "site-history"]


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def somebody_has_decided(request: HttpRequest, item: Any) -> HttpResponse | None:
    """A second press of “Duyệt” finds nothing left to decide; Wagtail would answer it with an error."""
    decides = request.method == "POST" and "action-workflow-action" in request.POST
    if not decides or getattr(item, "current_workflow_task", None) is not None:
        return None
    messages.warning(request, _("Việc duyệt này đã xong, có thể do người khác vừa làm."))
    return redirect(request.path)
