"""The calendar: its index, events, and the work schedules of the leaders."""

from cms.events.models.events import EventPage
from cms.events.models.index import EventIndexPage
from cms.events.models.repeats import EventException, EventOccurrence
from cms.events.models.timing import clock
from cms.events.models.weeks import ScheduleDay, ScheduleEntry, WorkSchedulePage, next_free_week

__all__ = [
    "EventException",
    "EventIndexPage",
    "EventOccurrence",
    "EventPage",
    "ScheduleDay",
    "ScheduleEntry",
    "WorkSchedulePage",
    "clock",
    "next_free_week",
]
