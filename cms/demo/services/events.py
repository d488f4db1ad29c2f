"""Sample events and weeks of the leaders."""

from datetime import time, timedelta
from html import escape
from typing import Any

from django.utils import timezone

from cms.core.models import Unit
from cms.demo.events import EVENTS, WEEKS, SampleEvent, SampleWeek
from cms.demo.services.news import sample_picture
from cms.events.models import EventException, EventIndexPage, EventPage, ScheduleEntry, WorkSchedulePage
from cms.events.querysets import monday_of


def events_seed() -> None:
    """Publish the sample events and weeks; those that are there stay as they are."""
    index = EventIndexPage.objects.get()
    units = {unit.code: unit for unit in Unit.objects.all()}
    for sample in EVENTS:
        if not EventPage.objects.child_of(index).filter(title=sample.title).exists():
            page = _event(sample, units)
            index.add_child(instance=page)
            page.save_revision().publish()
    for week in WEEKS:
        page = _week(week, units)
        if not WorkSchedulePage.objects.of_unit(page.unit).of_week(page.week_start).exists():
            index.add_child(instance=page)
            revision = page.save_revision()
            if week.live:
                revision.publish()


def _hour(text: str) -> time | None:
    if not text:
        return None
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)


def _event(sample: SampleEvent, units: dict[str, Unit]) -> EventPage:
    first = timezone.localdate() + timedelta(days=sample.begins_in)
    page = EventPage(
        title=sample.title,
        kind=sample.kind,
        standing=sample.standing,
        standing_note=sample.note,
        starts_on=first,
        ends_on=first + timedelta(days=sample.lasts - 1),
        starts_at=_hour(sample.hours[0]),
        ends_at=_hour(sample.hours[1]),
        repeats=sample.repeats,
        repeats_until=first + timedelta(days=sample.repeats_for) if sample.repeats else None,
        place=sample.place,
        address=sample.address,
        online_url=sample.online,
        owner_unit=units.get(sample.unit),
        audience=sample.audience,
        contact=sample.contact,
        lead=sample.lead,
        image=sample_picture(sample.picture) if sample.picture else None,
        image_alt=sample.alt,
        image_caption="Tranh minh họa." if sample.picture else "",
        body=[("prose", "".join(f"<p>{escape(text)}</p>" for text in sample.paragraphs))] if sample.paragraphs else [],
    )
    times = page.times()
    page.exceptions = [EventException(day=times[place][0], reason=why) for place, why in sample.left_out]
    return page


def _week(sample: SampleWeek, units: dict[str, Unit]) -> WorkSchedulePage:
    monday = monday_of(timezone.localdate()) + timedelta(weeks=sample.weeks)
    unit = units.get(sample.unit)
    page = WorkSchedulePage(week_start=monday, unit=unit, note=sample.note, owner_unit=unit or units.get("VP"))
    page.live = False
    page.entries = [_entry(place, row, units) for place, row in enumerate(sample.rows)]
    return page


def _entry(place: int, row: dict[str, Any], units: dict[str, Unit]) -> ScheduleEntry:
    facts = dict(row)
    begins, _dash, ends = facts.pop("hours").partition("-")
    unit = units.get(facts.pop("unit", ""))
    return ScheduleEntry(sort_order=place, starts_at=_hour(begins), ends_at=_hour(ends), unit=unit, **facts)
