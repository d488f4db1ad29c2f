"""What the frame of the portal registers with Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.core.permissions.policy import MatrixPolicy
from cms.home.models import Menu, SearchPromotion, SiteNotice
from cms.home.panels import EditorPanel
from cms.home.reports import SearchReportMenuItem, search_report_urls
from cms.home.viewsets import FrameViewSetGroup

for _model, _edit, _publish in ((Menu, "menu_edit", "menu_publish"), (SiteNotice, "notice_edit", "notice_publish")):
    _actions = dict.fromkeys(("add", "change", "view"), _edit)
    _actions |= dict.fromkeys(("publish", "delete", "lock", "unlock"), _publish)
    register_permission_policy(_model, MatrixPolicy(_model, _actions))

_actions = dict.fromkeys(("add", "change", "delete", "view"), "search_promote")
register_permission_policy(SearchPromotion, MatrixPolicy(SearchPromotion, _actions))

register_snippet(FrameViewSetGroup)


@hooks.register("register_admin_urls")
def register_search_report() -> list[URLPattern]:
    """Give the report of searches its addresses."""
    return search_report_urls()


@hooks.register("register_reports_menu_item")
def register_search_report_menu_item() -> MenuItem:
    """Lead to the report from the menu of reports."""
    return SearchReportMenuItem()


@hooks.register("construct_homepage_panels")
def greet_editors(request: HttpRequest, panels: list[Any]) -> None:
    """Give those who write pages something to begin with."""
    panels.append(EditorPanel())
