"""What the library registers with Wagtail."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.core.permissions.policy import MatrixPolicy
from cms.library.models import MaterialTopic
from cms.library.reports import DownloadReportMenuItem, download_report_urls
from cms.library.views import newest_file_instead
from cms.library.viewsets import MaterialListingViewSet, TopicViewSet

register_permission_policy(
    MaterialTopic, MatrixPolicy(MaterialTopic, dict.fromkeys(("add", "change", "delete", "view"), "page_edit"))
)
hooks.register("before_serve_document", newest_file_instead)


class LibraryGroup(ViewSetGroup):
    menu_label = _("Học liệu")
    menu_icon = "download"
    menu_order = 205
    items = (
        MaterialListingViewSet("materials"),
        TopicViewSet("material_topics", url_prefix="chu-de-hoc-lieu"),
    )


@hooks.register("register_admin_viewset")
def register_library() -> LibraryGroup:
    """The group of the admin menu."""
    return LibraryGroup()


@hooks.register("register_admin_urls")
def register_download_report() -> list[URLPattern]:
    """Give the report of downloads its addresses."""
    return download_report_urls()


@hooks.register("register_reports_menu_item")
def register_download_report_menu_item() -> MenuItem:
    """Lead to the report from the menu of reports."""
    return DownloadReportMenuItem()
