"""What the register of documents registers with Wagtail."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.core.permissions.policy import MatrixPolicy
from cms.official_documents.models import DocumentField, Issuer
from cms.official_documents.views import newest_file_instead, warn_of_doubles
from cms.official_documents.viewsets import AreaViewSet, DocumentListingViewSet, IssuerViewSet

for _model in (Issuer, DocumentField):
    register_permission_policy(_model, MatrixPolicy(_model, dict.fromkeys(("add", "change", "view"), "page_edit")))

hooks.register("after_create_page", warn_of_doubles)
hooks.register("after_edit_page", warn_of_doubles)
hooks.register("before_serve_document", newest_file_instead)


class DocumentsGroup(ViewSetGroup):
    menu_label = _("Văn bản")
    menu_icon = "doc-full"
    menu_order = 210
    items = (
        DocumentListingViewSet("documents"),
        IssuerViewSet("issuers", url_prefix="co-quan-ban-hanh"),
        AreaViewSet("document_areas", url_prefix="linh-vuc-van-ban"),
    )

    def get_submenu_items(self) -> list:
        return [*super().get_submenu_items(), ImportMenuItem("documents_import", order=20)]


@hooks.register("register_admin_viewset")
def register_documents() -> DocumentsGroup:
    """The group of the admin menu."""
    return DocumentsGroup()


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return import_urls("documents_import", "nhap-van-ban")
