"""Questions to the calendar."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from cms.core.querysets.pages import BasePageQuerySet
from cms.core.search import matching_keys
from cms.events.enums import KIND_SLUGS, Weekday

EVENT_SEARCH, WEEK_SEARCH = "event", "work_schedule"
WEEKS = "tuan"

_MONTH = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")
_SLUG = re.compile(r"[-0-9a-z]{1,80}")
# A slip of the pen in a year must not fill the archive; a model's clean() keeps to it.
LONGEST_EVENT = timedelta(days=731)

Span = tuple[date, date]


def monday_of(day: date) -> date:
    """Return the first day of the week in which ``day`` lies."""
    return day - timedelta(days=day.weekday())


def month_span(year: int, month: int | None = None) -> Span:
    """Return the first and the last day of a month, or of a year."""
    first = date(year, month or 1, 1)
    if month is None:
        return first, date(year, 12, 31)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def months_in(spans: Iterable[Span]) -> list[tuple[date, int]]:
    """Return (first day of the month, how many touch it) of every month that one of ``spans`` touches, newest first."""
    months = Counter(month for span in spans for month in _months_of(*span))
    return sorted(months.items(), reverse=True)


def years_in(spans: Iterable[Span]) -> dict[int, int]:
    """Return how many of ``spans`` touch each year."""
    return Counter(year for first, last in spans for year in range(first.year, last.year + 1))


def _months_of(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class EventFilters:
    """What a reader asked the calendar for. Nonsense in the address is no filter and no error."""

    kind: str = ""
    unit: str = ""
    year: int | None = None
    month: int | None = None
    past: bool = False
    weeks: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "EventFilters":
        """Read ``loai``, ``don-vi``, ``thang`` (``2026-11``, or ``2026``) and ``xem`` (``da-qua``, ``tuan``)."""
        kinds = {address: kind for kind, address in KIND_SLUGS.items()}
        found = _MONTH.fullmatch(query.get("thang", ""))
        year, month = (int(found["year"]), int(found["month"] or 0)) if found else (0, 0)
        known = 1900 <= year <= 2999 and month <= 12 and not (found and found["month"] == "00")
        unit, view = query.get("don-vi", ""), query.get("xem", "")
        return cls(
            kind=kinds.get(query.get("loai", ""), ""),
            unit=unit if _SLUG.fullmatch(unit) else "",
            year=year if known else None,
            month=(month or None) if known else None,
            past=view == "da-qua",
            weeks=view == WEEKS,
        )

    @property
    def time(self) -> str:
        """The month or the year as the address has it."""
        if self.year is None:
            return ""
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @property
    def span(self) -> Span | None:
        return month_span(self.year, self.month) if self.year else None

    def __bool__(self) -> bool:
        return bool(self.kind or self.unit or self.year or self.past or self.weeks)


class EventPageQuerySet(BasePageQuerySet):
    def not_over(self, day: date) -> "EventPageQuerySet":
        """Those whose last day is ``day`` or later, each once: what repeats stands at its next time."""
        coming = self._occurrences().not_over(day).order_by("starts_on")
        return self._at(coming).filter(occurs_to__gte=day)

    def over(self, day: date) -> "EventPageQuerySet":
        """Those that will not be again, each once: what repeated stands at its last time."""
        return self._at(self._occurrences().order_by("-starts_on")).filter(occurs_to__lt=day)

    def each_time(self) -> "EventPageQuerySet":
        """What repeats as often as it takes place; ``occurs_on`` and ``occurs_to`` are the days of each time."""
        return self.annotate(
            occurs_on=Coalesce("occurrences__starts_on", "starts_on"),
            occurs_to=Coalesce("occurrences__ends_on", "ends_on"),
        )

    def _occurrences(self) -> Any:
        return self.model.occurrences.rel.related_model.objects.filter(page=models.OuterRef("pk"))

    def _at(self, time: Any) -> "EventPageQuerySet":
        """Each at the first of ``time``, its own days where it has none."""
        days = (("occurs_on", "starts_on"), ("occurs_to", "ends_on"))
        return self.annotate(
            **{name: Coalesce(models.Subquery(time.values(day)[:1]), models.F(day)) for name, day in days}
        )

    def going_ahead(self) -> "EventPageQuerySet":
        """Without those that will not take place."""
        return self.exclude(standing__in=("cancelled", "postponed"))

    def soonest(self) -> "EventPageQuerySet":
        """By their beginning, with what a list shows and without the text of the page."""
        rows = self.select_related("owner_unit").prefetch_related("listing_image__renditions", "image__renditions")
        day = "occurs_on" if "occurs_on" in self.query.annotations else "starts_on"
        return rows.defer_streamfields().order_by(day, models.F("starts_at").asc(nulls_first=True), "pk")

    def latest(self) -> "EventPageQuerySet":
        """The other way round, for what is over."""
        return self.soonest().reverse()

    def of_kind(self, kind: str) -> "EventPageQuerySet":
        return self.filter(kind=kind) if kind else self

    def of_unit(self, slug: str) -> "EventPageQuerySet":
        return self.filter(owner_unit__slug=slug) if slug else self

    def touching(self, span: Span | None) -> "EventPageQuerySet":
        """Each time with a day between the first and the last of ``span``; a long one shows in each of its months."""
        return self.each_time().filter(occurs_on__lte=span[1], occurs_to__gte=span[0]) if span else self

    def in_time(self, asked: EventFilters, today: date) -> "EventPageQuerySet":
        """The days that were asked for: a month, what is over, or else what is still to come."""
        if asked.span:
            return self.touching(asked.span)
        return self.over(today) if asked.past else self.not_over(today)

    def filtered(self, asked: EventFilters, today: date) -> "EventPageQuerySet":
        """Narrow to what a reader asked for; the filters work together."""
        return self.of_kind(asked.kind).of_unit(asked.unit).in_time(asked, today)

    def kind_counts(self) -> dict[str, int]:
        return dict(self.order_by().values_list("kind").annotate(number=models.Count("pk")))

    def unit_counts(self) -> list[tuple[str, str, int]]:
        """Return (address word, name, events) of every unit that occurs, in the order of the house."""
        rows = self.exclude(owner_unit=None).order_by("owner_unit__order", "owner_unit__sort_name")
        return list(rows.values_list("owner_unit__slug", "owner_unit__name").annotate(number=models.Count("pk")))

    def spans(self) -> list[Span]:
        """Return the first and the last day of every time of every event, for the archive: one query."""
        return list(self.each_time().order_by().values_list("occurs_on", "occurs_to"))

    def before(self, event: Any) -> "EventPageQuerySet":
        """Earlier ones, the nearest first."""
        earlier = models.Q(starts_on__lt=event.starts_on) | models.Q(starts_on=event.starts_on, pk__lt=event.pk)
        return self.filter(earlier).order_by("-starts_on", "-pk").defer_streamfields()

    def after(self, event: Any) -> "EventPageQuerySet":
        """Later ones, the nearest first."""
        later = models.Q(starts_on__gt=event.starts_on) | models.Q(starts_on=event.starts_on, pk__gt=event.pk)
        return self.filter(later).order_by("starts_on", "pk").defer_streamfields()

    def sought(self, words: str) -> "EventPageQuerySet":
        """What an editor looks for, drafts included: by piece of the title, or as the public would."""
        public = [int(key) for key in matching_keys(words, kind=EVENT_SEARCH)]
        return self.filter(models.Q(title__icontains=words) | models.Q(pk__in=public))


class EventOccurrenceQuerySet(models.QuerySet):
    def of_page(self, page: Any) -> "EventOccurrenceQuerySet":
        return self.filter(page=page)

    def not_over(self, day: date) -> "EventOccurrenceQuerySet":
        """Those whose last day is ``day`` or later."""
        return self.filter(ends_on__gte=day)


class WorkSchedulePageQuerySet(BasePageQuerySet):
    def of_week(self, day: date) -> "WorkSchedulePageQuerySet":
        """The schedule of the week in which ``day`` lies."""
        return self.filter(week_start=monday_of(day))

    def of_unit(self, unit: Any) -> "WorkSchedulePageQuerySet":
        """Those of one unit; None are the weeks of the leaders of the agency."""
        return self.filter(unit=unit)

    def of_unit_at(self, slug: str) -> "WorkSchedulePageQuerySet":
        """Those of the unit at ``slug``; of the leaders where it is empty."""
        return self.filter(unit__slug=slug) if slug else self.filter(unit=None)

    def for_calendar_of(self, unit: Any) -> "WorkSchedulePageQuerySet":
        """Those whose rows may stand in the calendar of ``unit``: its own weeks and those of the leaders."""
        return self.filter(models.Q(unit=unit) | models.Q(unit=None))

    def unit_counts(self) -> list[tuple[str, str, int]]:
        """Return (address word, name, weeks) of every unit that has weeks of its own, in the order of the house."""
        rows = self.exclude(unit=None).order_by("unit__order", "unit__sort_name")
        return list(rows.values_list("unit__slug", "unit__name").annotate(number=models.Count("pk")))

    def newest(self) -> "WorkSchedulePageQuerySet":
        return self.order_by("-week_start")

    def touching(self, span: Span | None) -> "WorkSchedulePageQuerySet":
        """Weeks with a day between the first and the last of ``span``."""
        return self.filter(week_start__gt=span[0] - timedelta(days=7), week_start__lte=span[1]) if span else self

    def around(self, week_start: date) -> tuple[Any, Any]:
        """Return the schedules before and after that week, each None when there is none."""
        before = self.filter(week_start__lt=week_start).order_by("-week_start").first()
        return before, self.filter(week_start__gt=week_start).order_by("week_start").first()

    def with_counts(self) -> "WorkSchedulePageQuerySet":
        """With ``entry_count``, how many lines each week has."""
        return self.annotate(entry_count=models.Count("entries"))

    def spans(self) -> list[Span]:
        """Return the first and the last day of every week, for the archive: one query."""
        return [(first, first + timedelta(days=6)) for first in self.order_by().values_list("week_start", flat=True)]

    def sought(self, words: str) -> "WorkSchedulePageQuerySet":
        """What an editor looks for, drafts included."""
        public = [int(key) for key in matching_keys(words, kind=WEEK_SEARCH)]
        return self.filter(models.Q(title__icontains=words) | models.Q(pk__in=public))


class ScheduleEntryQuerySet(models.QuerySet):
    def in_order(self) -> "ScheduleEntryQuerySet":
        """As a week is read: by day, part of the day and hour; without an hour first, then as they were written."""
        hour = models.F("starts_at").asc(nulls_first=True)
        return self.select_related("unit").order_by("weekday", "part", hour, "sort_order", "pk")

    def of_pages(self, pages: Any) -> "ScheduleEntryQuerySet":
        return self.filter(page__in=pages)

    def business_of(self, unit: Any) -> "ScheduleEntryQuerySet":
        """What a unit prepares for the leaders, and everything of its own weeks."""
        return self.filter(models.Q(unit=unit) | models.Q(page__unit=unit))


def day_of(week_start: date, weekday: int) -> date:
    """Return the date of one day of a week."""
    return week_start + timedelta(days=Weekday(weekday).value)
