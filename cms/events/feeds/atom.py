"""What is newly announced, for feed readers."""

from heapq import merge
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, feed_text
from cms.events.models import EventPage, WorkSchedulePage


class EventsFeed(PageFeed):
    """The newest events and weeks of the leaders, by when they were announced."""

    heading = _("Lịch sự kiện, lịch công tác")
    link = "/lich/"

    def items(self, obj: Any) -> list[Any]:
        """Two lists, each in order, as one."""
        order = ("-first_published_at", "-pk")
        events = EventPage.objects.readable().order_by(*order).defer_streamfields()[: self.size]
        # A unit's own weeks are its readers' business, as in the calendar file of everything.
        weeks = WorkSchedulePage.objects.readable().of_unit(None).order_by(*order)[: self.size]
        both = merge(events, weeks, key=lambda page: page.first_published_at, reverse=True)
        return [page for _place, page in zip(range(self.size), both, strict=False)]

    def item_description(self, item: Any) -> str:
        """When and where, then what it is about."""
        parts = [item.summary]
        if isinstance(item, EventPage):
            standing = "" if item.goes_ahead else item.get_standing_display()
            parts = [standing, item.when, item.repeat_words, item.place, item.summary]
        return escape(feed_text(". ".join(part.rstrip(". ") for part in map(str, parts) if part)))
