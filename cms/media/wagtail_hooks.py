"""What files register with Wagtail."""

from django.http import Http404, HttpRequest
from django.urls import URLPattern

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.media.models import PortalDocument
from cms.media.parts import serve_part
from cms.media.permissions import may_open
from cms.media.reports import FileTextMenuItem, file_text_urls

# After Wagtail's own hook, which turns away whoever may not have the file.
hooks.register("before_serve_document", serve_part, order=100)


@hooks.register("before_serve_document", order=50)  # after what leads from a replaced file to the new one
def serve_what_is_shown(document: PortalDocument, request: HttpRequest) -> None:
    """A file that no published page shows does not exist for the public; its number alone opens nothing."""
    if not may_open(request, document):
        raise Http404


@hooks.register("register_admin_urls")
def register_file_texts() -> list[URLPattern]:
    """Give the report of unreadable files its addresses."""
    return file_text_urls()


@hooks.register("register_reports_menu_item")
def register_file_texts_menu_item() -> MenuItem:
    """Lead to the report from the menu of reports."""
    return FileTextMenuItem()
