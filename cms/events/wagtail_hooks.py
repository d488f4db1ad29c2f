"""What the calendar registers with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.events.models import WorkSchedulePage
from cms.events.views import CopyWeekView, refuse_copy
from cms.events.viewsets import EventListingViewSet, WeekListingViewSet

hooks.register("before_copy_page", refuse_copy)


class CalendarGroup(ViewSetGroup):
    menu_label = _("Lịch")
    menu_icon = "calendar-alt"
    menu_order = 225
    items = (EventListingViewSet("event_pages"), WeekListingViewSet("week_pages"))


@hooks.register("register_admin_viewset")
def register_calendar() -> CalendarGroup:
    """The group of the admin menu."""
    return CalendarGroup()


@hooks.register("register_admin_urls")
def register_copy() -> list[URLPattern]:
    """The screen that copies a week."""
    return [path("lich-cong-tac/<int:pk>/sao-chep/", CopyWeekView.as_view(), name="week_copy")]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_copy(page: Page, user: Any, next_url: str | None = None, **_rest: Any) -> Iterator[Button]:
    """Offer the week as the beginning of another, to who may add pages beside it."""
    if page.specific_class is WorkSchedulePage and page.get_parent().permissions_for_user(user).can_add_subpage():
        yield Button(_("Sao chép sang tuần khác"), reverse("week_copy", args=[page.pk]), icon_name="copy", priority=35)
