"""Events and weeks for tests and sample content."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page

from cms.events.enums import EventKind
from cms.events.models import EventIndexPage, EventPage, ScheduleEntry, WorkSchedulePage


def event(index: EventIndexPage, title: str = "Một sự kiện", **facts: Any) -> EventPage:
    """Return a published event; ``facts`` are fields. A week from now when no day is given."""
    values = {"starts_on": timezone.localdate() + timedelta(days=7), **facts}
    page = EventPage(title=title, **{"ends_on": values["starts_on"], **values})
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def week(index: EventIndexPage, day: date, rows: Iterable[dict[str, Any]] = (), **facts: Any) -> WorkSchedulePage:
    """Return the published schedule of the week of ``day``; ``rows`` are fields of its entries."""
    page = WorkSchedulePage(week_start=day, **facts)
    defaults = {"content": "Giao ban", "leaders": "Giám đốc"}
    page.entries = [ScheduleEntry(sort_order=place, **{**defaults, **row}) for place, row in enumerate(rows)]
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def many_events(index: EventIndexPage, count: int, first_day: date, unit: Any = None) -> None:
    """Add ``count`` published events, one a day from ``first_day`` on, two rows each: for lists, not for editing."""
    kinds = list(EventKind)
    for place, page in enumerate(_bulk(index, EventPage, "su-kien-thu", count)):
        day = first_day + timedelta(days=place % 1500)
        facts = {"starts_on": day, "ends_on": day, "kind": kinds[place % len(kinds)], "owner_unit": unit}
        EventPage(page_ptr=page, **facts).save_base(raw=True)


def many_weeks(index: EventIndexPage, count: int, last_day: date) -> None:
    """Add ``count`` published weeks, the last of them that of ``last_day``, with one entry each."""
    monday = last_day - timedelta(days=last_day.weekday())
    for place, page in enumerate(_bulk(index, WorkSchedulePage, "tuan-thu", count)):
        row = WorkSchedulePage(page_ptr=page, week_start=monday - timedelta(days=7 * place))
        row.save_base(raw=True)
        ScheduleEntry.objects.create(page_id=page.pk, content="Giao ban", leaders="Giám đốc")


def _bulk(index: EventIndexPage, model: type[Page], slug: str, count: int) -> list[Page]:
    first, now = index.numchild + 1, timezone.now()
    content_type = model(title="x").content_type
    made = Page.objects.bulk_create(
        Page(
            title=f"{slug} {place}",
            draft_title=f"{slug} {place}",
            slug=f"{slug}-{place}",
            path=model._get_path(index.path, index.depth + 1, place),
            depth=index.depth + 1,
            url_path=f"{index.url_path}{slug}-{place}/",
            content_type=content_type,
            locale_id=index.locale_id,
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for place in range(first, first + count)
    )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    index.refresh_from_db()
    return made
