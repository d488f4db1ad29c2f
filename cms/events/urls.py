"""Fixed public addresses below ``/lich/``; the calendar, its events and weeks are pages."""

from django.urls import path

from cms.events.views import all_calendar, page_calendar, this_week, unit_calendar

app_name = "events"

urlpatterns = [
    path("tuan-nay/", this_week, name="this_week"),
    path("theo-doi/tat-ca.ics", all_calendar, name="all_calendar"),
    path("theo-doi/don-vi/<slug:slug>.ics", unit_calendar, name="unit_calendar"),
    path("<slug:slug>.ics", page_calendar, name="page_calendar"),
]
