"""What news registers with Wagtail."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.core.importing.menu import ImportMenuItem
from cms.core.importing.urls import import_urls
from cms.core.permissions.policy import MatrixPolicy
from cms.news.models import NewsCategory
from cms.news.viewsets import CategoryViewSet, NewsListingViewSet

register_permission_policy(
    NewsCategory, MatrixPolicy(NewsCategory, dict.fromkeys(("add", "change", "delete", "view"), "page_edit"))
)


class NewsGroup(ViewSetGroup):
    menu_label = _("Tin tức")
    menu_icon = "doc-full-inverse"
    menu_order = 200
    items = (
        NewsListingViewSet("news"),
        CategoryViewSet("news_categories", url_prefix="chuyen-muc-tin"),
    )

    def get_submenu_items(self) -> list:
        return [*super().get_submenu_items(), ImportMenuItem("news_import", order=20)]


@hooks.register("register_admin_viewset")
def register_news() -> NewsGroup:
    """The group of the admin menu."""
    return NewsGroup()


@hooks.register("register_admin_urls")
def register_import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return import_urls("news_import", "nhap-tin")
