"""Flat lists of pages in the admin: who may open one sees its entry in the menu, and nobody else."""

from django.http import HttpRequest

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry


class PageListMenuItem(MenuItem):
    """Wagtail shows the entry of such a list to everybody who enters; the list itself then shuts them out."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, IndexView.any_permission_required))


class PageList(PageListingViewSet):
    """The base of every list of pages of one kind."""

    menu_item_class = PageListMenuItem
