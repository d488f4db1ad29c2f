"""The calendar for programs: Atom for feed readers, iCalendar for people's own calendars."""

from cms.events.feeds.atom import EventsFeed
from cms.events.feeds.ics import calendar_of, event_item, week_items

__all__ = ["EventsFeed", "calendar_of", "event_item", "week_items"]
