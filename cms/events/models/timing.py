"""When an event is, once or again and again: in days, in words, and as machines read it."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now

from cms.core.text import format_vietnamese_date, weekday_name
from cms.events.enums import EventPhase, EventRepeats, EventStanding
from cms.events.models.repeats import times_of
from cms.events.querysets import Span

SHORTEST_MONTH = 28  # days
_PERIODS = {
    EventRepeats.DAILY: "P1D",
    EventRepeats.WEEKLY: "P1W",
    EventRepeats.MONTHLY: "P1M",
    EventRepeats.YEARLY: "P1Y",
}
_SCHEMA_STANDING = {
    EventStanding.PLANNED: "https://schema.org/EventScheduled",
    EventStanding.POSTPONED: "https://schema.org/EventPostponed",
    EventStanding.CANCELLED: "https://schema.org/EventCancelled",
}


def clock(hour: time) -> str:
    """Write an hour as people say it: “8 giờ”, “13 giờ 30”."""
    if hour.minute == 0:
        return _now("%(hour)d giờ") % {"hour": hour.hour}
    return _now("%(hour)d giờ %(minute)s") % {"hour": hour.hour, "minute": f"{hour.minute:02d}"}


def moment(day: date, hour: time | None) -> date | datetime:
    """Return the moment in the portal's time zone, or the day alone where no hour is known."""
    return day if hour is None else timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())


class EventTiming:
    """What ``EventPage`` says of its time."""

    @property
    def when(self) -> str:
        """Its days and hours in words, as lists and search results say them."""
        begins, ends_on = self.this_time
        first = f"{weekday_name(begins)}, {format_vietnamese_date(begins)}"
        hours = clock(self.starts_at) if self.starts_at else ""
        if ends_on == begins:
            if hours and self.ends_at:
                hours = f"{hours} – {clock(self.ends_at)}"
            return ", ".join(filter(None, (hours, first)))
        last = f"{weekday_name(ends_on)}, {format_vietnamese_date(ends_on)}"
        ends = clock(self.ends_at) if self.ends_at else ""
        words = {
            "first": ", ".join(filter(None, (hours, first))),
            "last": ", ".join(filter(None, (ends, last))),
        }
        return _now("Từ %(first)s đến %(last)s") % words

    @property
    def this_time(self) -> Span:
        """The first and the last day of the time that is meant: the only one, where it does not repeat."""
        return self.occurs_on or self.starts_on, self.occurs_to or self.ends_on

    def times(self) -> list[Span]:
        """Return the first and the last day of every time, without those left out; one where it does not repeat."""
        first = (self.starts_on, self.ends_on)
        if not self.repeats or self.repeats_until is None:
            return [first]
        return times_of(first, self.repeats, self.repeats_until, {row.day for row in self.exceptions.all()})

    def stand_at_next_time(self, today: date) -> list[Span]:
        """Mean the time that is not over on ``today``, the last one when all are; return those that follow it."""
        times = self.times()
        coming = [time for time in times if time[1] >= today]
        if times:
            self.occurs_on, self.occurs_to = coming[0] if coming else times[-1]
        return coming[1:]

    @property
    def repeat_words(self) -> str:
        """``Hằng tuần, vào Thứ Tư, đến hết 30/06/2027``; empty where it does not repeat."""
        if not self.repeats or self.repeats_until is None:
            return ""
        short = _now("ngày %(day)d (tháng không có ngày ấy thì không diễn ra)")
        monthly = short if self.starts_on.day > SHORTEST_MONTH else _now("ngày %(day)d")
        when = {
            EventRepeats.WEEKLY: weekday_name(self.starts_on),
            EventRepeats.MONTHLY: monthly % {"day": self.starts_on.day},
            EventRepeats.YEARLY: _now("ngày %(day)s") % {"day": f"{self.starts_on:%d/%m}"},
        }.get(EventRepeats(self.repeats), "")
        words = [
            str(self.get_repeats_display()),
            when and _now("vào %(when)s") % {"when": when},
            _now("đến hết %(day)s") % {"day": format_vietnamese_date(self.repeats_until)},
        ]
        return ", ".join(filter(None, words))

    @property
    def begins(self) -> date | datetime:
        return moment(self.starts_on, self.starts_at)

    @property
    def finishes(self) -> date | datetime | None:
        """The last day, or the moment of the end; None when it begins at an hour and nobody said until when."""
        if self.starts_at and not self.ends_at:
            return None if self.ends_on == self.starts_on else self.ends_on
        return moment(self.ends_on, self.ends_at)

    @property
    def phase(self) -> EventPhase:
        """Where it stands now; without an hour of its own it lasts to the end of its last day."""
        now, today = timezone.now(), timezone.localdate()
        first, ends_on = self.this_time
        begins = moment(first, self.starts_at)
        if (now < begins) if isinstance(begins, datetime) else (today < begins):
            return EventPhase.UPCOMING
        last = moment(ends_on, self.ends_at)
        over = now >= last if isinstance(last, datetime) else today > last
        return EventPhase.PAST if over else EventPhase.NOW

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """An event, in the words of schema.org."""
        mode = "Mixed" if self.online_url and self.place else "Online" if self.online_url else "Offline"
        places: list[dict[str, Any]] = []
        if self.place or self.address:
            places.append({"@type": "Place", "name": self.place, "address": self.address or self.place})
        if self.online_url:
            places.append({"@type": "VirtualLocation", "url": self.online_url})
        facts = {
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "startDate": self.begins.isoformat(),
            "endDate": self.finishes.isoformat() if self.finishes else "",
            "eventStatus": _SCHEMA_STANDING[EventStanding(self.standing)],
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "location": places,
            "organizer": self.host_name and {"@type": "Organization", "name": self.host_name},
            "eventSchedule": self._schedule(),
        }
        return {name: value for name, value in facts.items() if value}

    def _schedule(self) -> dict[str, Any]:
        if not self.repeats or self.repeats_until is None:
            return {}
        return {
            "@type": "Schedule",
            "repeatFrequency": _PERIODS[EventRepeats(self.repeats)],
            "startDate": self.starts_on.isoformat(),
            "endDate": self.repeats_until.isoformat(),
            "exceptDate": [row.day.isoformat() for row in self.exceptions.all()],
        }
