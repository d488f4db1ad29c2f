"""Questions to the calendar."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

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
        """Those whose last day is ``day`` or later."""
        return self.filter(ends_on__gte=day)

    def over(self, day: date) -> "EventPageQuerySet":
        return self.filter(ends_on__lt=day)

    def going_ahead(self) -> "EventPageQuerySet":
        """Without those that will not take place."""
        return self.exclude(standing__in=("cancelled", "postponed"))

    def soonest(self) -> "EventPageQuerySet":
        """By their beginning, with what a list shows and without the text of the page."""
        rows = self.select_related("owner_unit").prefetch_related("listing_image__renditions", "image__renditions")
        return rows.defer_streamfields().order_by("starts_on", models.F("starts_at").asc(nulls_first=True), "pk")

    def latest(self) -> "EventPageQuerySet":
        """The other way round, for what is over."""
        return self.soonest().reverse()

    def of_kind(self, kind: str) -> "EventPageQuerySet":
        return self.filter(kind=kind) if kind else self

    def of_unit(self, slug: str) -> "EventPageQuerySet":
        return self.filter(owner_unit__slug=slug) if slug else self

    def touching(self, span: Span | None) -> "EventPageQuerySet":
        """Those with a day between the first and the last of ``span``; a long one shows in each of its months."""
        return self.filter(starts_on__lte=span[1], ends_on__gte=span[0]) if span else self

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
        """Return the first and the last day of every event, for the archive: one query."""
        return list(self.order_by().values_list("starts_on", "ends_on"))

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


class WorkSchedulePageQuerySet(BasePageQuerySet):
    def of_week(self, day: date) -> "WorkSchedulePageQuerySet":
        """The schedule of the week in which ``day`` lies."""
        return self.filter(week_start=monday_of(day))

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

    def prepared_by(self, unit: Any) -> "ScheduleEntryQuerySet":
        return self.filter(unit=unit)


def day_of(week_start: date, weekday: int) -> date:
    """Return the date of one day of a week."""
    return week_start + timedelta(days=Weekday(weekday).value)
