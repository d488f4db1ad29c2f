"""What is to come on other apps' pages, and the filters of the calendar's own."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.events.enums import KIND_SLUGS, EventKind, EventPhase
from cms.events.models import EventIndexPage, EventPage, WorkSchedulePage
from cms.events.querysets import EventFilters, Span, months_in, years_in

register = template.Library()

# Months that are over and stand in the archive by themselves; older ones are found by their year.
MONTHS = 12
Options = list[dict[str, Any]]


@register.simple_tag
def coming_events(count: int = 4, unit: Any = None) -> list[EventPage]:
    """Return the next ``count`` events (of one unit, when given) that will take place and that anybody may read."""
    events = EventPage.objects.readable().not_over(timezone.localdate()).going_ahead().soonest()
    return list((events.filter(owner_unit=unit) if unit is not None else events)[:count])


@register.simple_tag
def weeks_of(unit: Any) -> list[WorkSchedulePage]:
    """Return the schedules of ``unit`` for this week and the next, those that there are. One query."""
    today = timezone.localdate()
    weeks = WorkSchedulePage.objects.readable().of_unit(unit).touching((today, today + timedelta(days=7)))
    return list(weeks.with_counts().newest().reverse())


@register.simple_tag
def event_tag(event: EventPage) -> dict[str, str]:
    """Return ``text`` and ``tone`` of the state that readers must know first; empty for what is simply to come."""
    if not event.goes_ahead:
        return {"text": str(event.get_standing_display()), "tone": "bad" if event.standing == "cancelled" else "warn"}
    phase = event.phase
    if phase == EventPhase.UPCOMING:
        return {"text": "", "tone": ""}
    return {"text": str(phase.label), "tone": "good" if phase == EventPhase.NOW else ""}


@register.simple_tag
def event_facets(index: EventIndexPage, asked: EventFilters) -> list[dict[str, Any]]:
    """Return the filters of the calendar as groups for components/facets.html. Three queries.

    Each counts what the others leave over, so no link leads to an empty list.
    """
    events, today = EventPage.objects.child_of(index).readable(), timezone.localdate()
    kinds = events.of_unit(asked.unit).in_time(asked, today).kind_counts()
    units = events.of_kind(asked.kind).in_time(asked, today).unit_counts()
    spans = events.of_kind(asked.kind).of_unit(asked.unit).spans()
    return [
        {"title": _("Loại"), "param": "loai", "options": _kind_options(kinds, asked)},
        {"title": _("Theo thời gian"), "param": "thang", "options": _time_options(spans, asked)},
        {"title": _("Đơn vị"), "param": "don-vi", "options": _unit_options(units, asked)},
    ]


@register.simple_tag
def week_facets(index: EventIndexPage, asked: EventFilters) -> list[dict[str, Any]]:
    """Return the months and years of the weeks, and the units that have their own, as ``event_facets``. Two queries."""
    weeks = WorkSchedulePage.objects.child_of(index).readable()
    spans, units = weeks.of_unit_at(asked.unit).spans(), weeks.touching(asked.span).unit_counts()
    return [
        {"title": _("Theo thời gian"), "param": "thang", "options": _time_options(spans, asked)},
        {"title": _("Lịch riêng của đơn vị"), "param": "don-vi", "options": _unit_options(units, asked)},
    ]


@register.simple_tag
def event_chips(groups: list[dict[str, Any]], asked: EventFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    words = {"loai": KIND_SLUGS.get(asked.kind, ""), "thang": asked.time, "don-vi": asked.unit}
    chips = []
    for group in groups:
        if word := words[group["param"]]:
            label = next((option["label"] for option in group["options"] if option["current"]), word)
            chips.append({"name": group["param"], "label": label})
    return chips


def _kind_options(counts: dict[str, int], asked: EventFilters) -> Options:
    return [
        {"value": KIND_SLUGS[kind], "label": str(kind.label), "count": counts[kind], "current": kind == asked.kind}
        for kind in EventKind
        if counts.get(kind)
    ]


def _unit_options(counts: list[tuple[str, str, int]], asked: EventFilters) -> Options:
    return [
        {"value": slug, "label": name, "count": number, "current": slug == asked.unit} for slug, name, number in counts
    ]


def _time_options(spans: list[Span], asked: EventFilters) -> Options:
    """The months to come and the newest of those over, then the years of older ones; the chosen one stays on offer."""
    this_month = timezone.localdate().replace(day=1)
    months = months_in(spans)
    over = [month for month, _number in months if month < this_month]
    oldest_shown = over[MONTHS - 1] if len(over) > MONTHS else None
    options = []
    for month, number in months:
        value = f"{month:%Y-%m}"
        if oldest_shown is None or month >= oldest_shown or value == asked.time:
            label = _("Tháng %(month)d/%(year)d") % {"month": month.month, "year": month.year}
            options.append({"value": value, "label": label, "count": number, "current": value == asked.time})
    for year, number in sorted(years_in(spans).items(), reverse=True):
        value = f"{year:04d}"
        if (oldest_shown and year <= oldest_shown.year) or value == asked.time:
            label = _("Năm %(year)d") % {"year": year}
            options.append({"value": value, "label": label, "count": number, "current": value == asked.time})
    return options
