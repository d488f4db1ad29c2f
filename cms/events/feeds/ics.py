"""Events as RFC 5545 has them. What is written depends on the published page alone: the same page, the same bytes.

Hours go out in UTC, which every program reads alike; whole days stay days. What repeats keeps the portal's own time
zone: its rule counts days here, and eleven at night in UTC is six in the morning of another. DTSTAMP and LAST-MODIFIED
are when the page was last published, SEQUENCE the seconds from the first publication to that: it only grows.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from icalendar import Calendar, Event

from cms.core.feeds import feed_text
from cms.events.enums import EventStanding
from cms.events.models import EventPage, ScheduleEntry, WorkSchedulePage

PRODUCT = "-//Cong thong tin giao duc//Lich//VI"
TITLE = 140  # letters of a line of a schedule that stand in a calendar's small box
ASK_AGAIN = timedelta(hours=6)
_STATUS = {
    EventStanding.PLANNED: "CONFIRMED",
    EventStanding.POSTPONED: "TENTATIVE",
    EventStanding.CANCELLED: "CANCELLED",
}


def calendar_of(items: Iterable[Event], *, name: str) -> bytes:
    """Return one calendar file: lines folded at 75 octets and ended by CRLF."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", feed_text(name))
    calendar.add("x-wr-calname", feed_text(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", ASK_AGAIN)
    calendar.add("x-published-ttl", "PT6H")
    for item in items:
        calendar.add_component(item)
    if any("RRULE" in item for item in calendar.subcomponents):
        calendar.add_missing_timezones()
    return calendar.to_ical()


def event_item(page: EventPage) -> Event:
    """Return a published event as a component of a calendar."""
    standing = EventStanding(page.standing)
    words = [
        "" if page.goes_ahead else " ".join(filter(None, [f"{page.get_standing_display()}.", page.standing_note])),
        page.summary,
        _line(_("Đơn vị tổ chức"), page.host_name),
        _line(_("Dành cho"), page.audience),
        _line(_("Liên hệ"), page.contact),
        _line(_("Tham dự qua mạng"), page.online_url),
    ]
    item = _item(str(page.translation_key), page, page.begins, page.finishes)
    _say(item, page.title if page.goes_ahead else f"[{page.get_standing_display()}] {page.title}", words, page)
    _add(item, "location", ", ".join(filter(None, (page.place, page.address))) or page.online_url)
    item.add("categories", [str(page.get_kind_display())])
    item.add("status", _STATUS[standing])
    item.add("transp", "OPAQUE" if page.goes_ahead else "TRANSPARENT")
    if page.repeats and page.repeats_until:
        _repeat(item, page)
    return item


def _repeat(item: Event, page: EventPage) -> None:
    """Add the rule and the days left out, in the kind of time that the beginning has, as RFC 5545 asks."""
    zone, begins = timezone.get_default_timezone(), item["dtstart"].dt
    until: date | datetime = page.repeats_until
    without: list[date | datetime] = sorted(row.day for row in page.exceptions.all())
    if isinstance(begins, datetime):
        for name in filter(item.has_key, ("dtstart", "dtend")):
            moved = item.pop(name).dt.astimezone(zone)
            item.add(name, moved)
        hour = begins.astimezone(zone).time()
        until = datetime.combine(page.repeats_until, time(23, 59, 59), zone).astimezone(UTC)
        without = [datetime.combine(day, hour, zone) for day in without]
    item.add("rrule", {"freq": page.repeats, "until": until})
    if without:
        item.add("exdate", without)


def week_items(week: WorkSchedulePage, entries: Sequence[ScheduleEntry]) -> list[Event]:
    """Return the rows of a published week as components of a calendar."""
    return [_entry_item(week, row) for row in entries]


def _entry_item(week: WorkSchedulePage, row: ScheduleEntry) -> Event:
    day = row.day(week.week_start)
    ends = row.ends(week.week_start) if row.starts_at else day
    item = _item(str(row.key), week, row.begins(week.week_start), ends)
    title = Truncator(" ".join(row.content.split())).chars(TITLE)
    if not row.starts_at:
        title = f"{row.get_part_display()}: {title}"
    words = [
        _("Hoãn hoặc hủy.") if row.cancelled else "",
        row.content,
        _line(_("Lãnh đạo"), row.leaders),
        _line(_("Đơn vị chuẩn bị"), row.prepared),
        _line(_("Thành phần dự"), row.participants),
    ]
    _say(item, f"[{_('Hoãn hoặc hủy')}] {title}" if row.cancelled else title, words, week)
    _add(item, "location", row.place)
    item.add("categories", [str(row.get_kind_display())])
    item.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    item.add("transp", "TRANSPARENT" if row.cancelled else "OPAQUE")
    return item


def _item(uid: str, page: Any, begins: date | datetime, ends: date | datetime | None) -> Event:
    """Return a component with what identifies it, its version and its time."""
    item = Event()
    item.add("uid", uid)
    published = page.last_published_at or page.first_published_at
    item.add("dtstamp", published.astimezone(UTC))
    item.add("last-modified", published.astimezone(UTC))
    item.add("created", page.first_published_at.astimezone(UTC))
    item.add("sequence", max(0, int((published - page.first_published_at).total_seconds())))
    if isinstance(begins, datetime) and ends is not None and not isinstance(ends, datetime):
        begins = begins.date()  # an hour to begin and a day to end: whole days, the hour stands in the words
    item.add("dtstart", begins.astimezone(UTC) if isinstance(begins, datetime) else begins)
    if isinstance(ends, datetime):
        item.add("dtend", ends.astimezone(UTC))
    elif ends is not None:
        item.add("dtend", ends + timedelta(days=1))
    return item


def _say(item: Event, title: str, words: Iterable[str], page: Any) -> None:
    address = urljoin(settings.SITE_URL, page.url or "/")
    item.add("summary", feed_text(title))
    item.add("description", feed_text("\n".join([*filter(None, map(str, words)), address])))
    item.add("url", address)


def _add(item: Event, name: str, text: str) -> None:
    if text:
        item.add(name, feed_text(text))


def _line(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""
