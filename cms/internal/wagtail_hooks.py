"""What internal notices register with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.permissions import can
from cms.internal.models import ClosedPage, InternalNoticePage
from cms.internal.views import keep_the_door
from cms.internal.viewsets import NoticesMenuItem, UnreadPanel, internal_admin_urls, receipts_address


@hooks.register("before_serve_page", order=-10)  # before Wagtail looks whether a restriction is there
def close_the_door(page: Page, request: HttpRequest, _args: Any, _kwargs: Any) -> HttpResponse | None:
    """Turn strangers away from internal pages."""
    return keep_the_door(page, request)


@hooks.register("construct_page_chooser_queryset")
def offer_nothing_internal(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """No public page links to an internal one, and so none says its title."""
    return pages.not_type(*ClosedPage.__subclasses__())


@hooks.register("register_admin_urls")
def register_screens() -> list[URLPattern]:
    """Give the screens their addresses."""
    return internal_admin_urls()


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Lead to the notices from the menu."""
    return NoticesMenuItem()


@hooks.register("construct_homepage_panels")
def add_unread(request: HttpRequest, panels: list[Any]) -> None:
    """Greet with what is still to be read."""
    if can(request.user, "internal_read"):
        panels.append(UnreadPanel())


@hooks.register("register_page_header_buttons")
def offer_screens(page: Any, user: Any, next_url: str = "", **_rest: Any) -> Iterator[Button]:
    """Above the editor of a notice: its files, and who has read it."""
    if page.pk and page.specific_class is InternalNoticePage and can(user, "page_edit"):
        files = reverse("internal_files", args=[page.pk])
        yield Button(_("Tệp kèm thông báo"), files, icon_name="doc-full", priority=30)
        yield Button(_("Đơn vị đã đọc"), receipts_address(page), icon_name="list-ul", priority=40)
