"""Events that repeat: the days of a rule, lists at the next time and at each, the page, the file for calendars."""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from cms.events.factories import event
from cms.events.models import EventException, EventIndexPage, EventOccurrence, EventPage
from cms.events.models.repeats import MOST_TIMES, times_of
from cms.events.templatetags.events_tags import coming_events
from tests.site import build_site

DAY, WEEK = timedelta(days=1), timedelta(days=7)
TODAY = timezone.localdate()
WEDNESDAY = date(2026, 12, 2)


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def test_the_days_of_a_rule():
    one = (WEDNESDAY, WEDNESDAY)
    weekly = times_of(one, "weekly", date(2026, 12, 23), {date(2026, 12, 9)})
    assert [first.day for first, _last in weekly] == [2, 16, 23]
    two_days = times_of((WEDNESDAY, WEDNESDAY + DAY), "yearly", date(2029, 1, 1))
    assert two_days == [(date(year, 12, 2), date(year, 12, 3)) for year in (2026, 2027, 2028)]
    last_of_month = times_of((date(2026, 12, 31),) * 2, "monthly", date(2027, 4, 30))
    assert [first.month for first, _last in last_of_month] == [12, 1, 3]
    assert len(times_of(one, "daily", date(2100, 1, 1))) == MOST_TIMES + 1


@pytest.mark.django_db
def test_what_is_wrong_is_said_beside_its_field():
    for facts, field in (
        ({"repeats": "weekly"}, "repeats_until"),
        ({"repeats": "weekly", "repeats_until": WEDNESDAY - DAY}, "repeats_until"),
        ({"repeats": "daily", "repeats_until": WEDNESDAY + 400 * DAY}, "repeats_until"),
        ({"repeats": "weekly", "repeats_until": date(9999, 12, 31)}, "repeats_until"),
        ({"repeats": "weekly", "repeats_until": WEDNESDAY + WEEK, "ends_on": WEDNESDAY + WEEK}, "repeats"),
        ({"repeats_until": WEDNESDAY + WEEK}, "repeats"),
    ):
        page = EventPage(**{"title": "Họp", "starts_on": WEDNESDAY, "ends_on": WEDNESDAY, **facts})
        with pytest.raises(ValidationError) as raised:
            page.clean()
        assert list(raised.value.message_dict) == [field], facts


class RepeatsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.first = TODAY - 2 * WEEK - DAY  # yesterday it was, in six days it is again
        cls.weekly = cls.repeating("Tiếp dân", cls.first, 6, skip=4, kind="reception", starts_at=time(6))
        cls.once = event(cls.index, "Một lần", starts_on=TODAY + 8 * DAY)

    @classmethod
    def repeating(cls, title, first, weeks, skip=None, **facts):
        page = event(cls.index, title, starts_on=first, repeats="weekly", repeats_until=first + weeks * WEEK, **facts)
        if skip is not None:
            page.exceptions.add(EventException(day=first + skip * WEEK, reason="Nghỉ lễ"))
            page.save_revision().publish()
        return EventPage.objects.get(pk=page.pk)

    def lines(self, query=""):
        page = read(self.client.get(f"/lich/{query}"))
        return [
            (line.select_one(".entry__title").get_text(), line.select_one("time")["datetime"])
            for line in page.select(".entry.event")
        ]

    def test_what_is_to_come_stands_once_at_its_next_time(self):
        following = self.first + 3 * WEEK
        assert self.lines() == [("Tiếp dân", f"{following}"), ("Một lần", f"{self.once.starts_on}")]
        assert [each.occurs_on for each in coming_events(5)] == [following, self.once.starts_on]

    def test_a_month_or_a_year_shows_each_time_and_counts_it(self):
        days = [self.first + place * WEEK for place in (0, 1, 2, 3, 5, 6)]
        shown = [each for year in sorted({day.year for day in days}) for each in self.lines(f"?thang={year}")]
        assert [day for title, day in shown if title == "Tiếp dân"] == [f"{day}" for day in days]
        for start in ("", f"?thang={TODAY:%Y-%m}", "?loai=tiep-cong-dan"):
            for link in read(self.client.get(f"/lich/{start}")).select(".facet a:not([aria-current])"):
                assert int(link.select_one(".facet__count").get_text()) == len(self.lines(link["href"])), link["href"]

    def test_what_is_over_stands_once_at_its_last_time(self):
        over = self.repeating("Đã thôi", TODAY - 10 * WEEK, 3)
        assert self.lines("?xem=da-qua") == [("Đã thôi", f"{over.starts_on + 3 * WEEK}")]

    def test_publishing_anew_writes_the_days_anew(self):
        assert EventOccurrence.objects.of_page(self.weekly).count() == 6
        self.weekly.repeats, self.weekly.repeats_until = "", None
        draft = self.weekly.save_revision()
        assert EventOccurrence.objects.of_page(self.weekly).count() == 6
        draft.publish()
        assert not EventOccurrence.objects.exists()
        assert ("Tiếp dân", f"{self.first}") in self.lines("?xem=da-qua")

    def test_its_page_names_the_rule_the_next_times_and_those_left_out(self):
        page = read(self.client.get(self.weekly.url))
        facts = {row.dt.get_text(): row.dd.get_text(" ") for row in page.select(".facts > div")}
        assert facts["Lặp lại"].startswith("Hằng tuần, vào ")
        assert f"{self.first + 3 * WEEK:%d/%m/%Y}" in facts["Lần tới"]
        assert facts["Các lần sau đó"].split() == [f"{self.first + place * WEEK:%d/%m/%Y}" for place in (5, 6)]
        assert "Nghỉ lễ" in facts["Không diễn ra"]

    def test_the_file_has_the_rule_in_the_time_of_the_portal(self):
        for address in (f"/lich/{self.weekly.slug}.ics", "/lich/theo-doi/tat-ca.ics"):
            calendar = Calendar.from_ical(self.client.get(address).content)
            item = next(item for item in calendar.walk("VEVENT") if item["summary"] == "Tiếp dân")
            begins = item["dtstart"].dt
            assert (begins.date(), begins.hour, begins.utcoffset()) == (self.first, 6, timedelta(hours=7)), address
            assert item["rrule"]["freq"] == ["WEEKLY"]
            until = datetime.combine(self.first + 6 * WEEK, time(16, 59, 59), UTC)
            assert item["rrule"]["until"] == [until]
            assert [day.dt.date() for day in item["exdate"].dts] == [self.first + 4 * WEEK]
            assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]

    def test_whole_days_repeat_as_days(self):
        page = self.repeating("Cả ngày", self.first, 2, skip=1)
        content = self.client.get(f"/lich/{page.slug}.ics").content.decode()
        assert f"UNTIL={self.first + 2 * WEEK:%Y%m%d}\r\n" in content
        assert f"EXDATE;VALUE=DATE:{self.first + WEEK:%Y%m%d}\r\n" in content
        assert "VTIMEZONE" not in content

    def test_lists_and_files_cost_the_same_with_more_of_them(self):
        def costs():
            found = []
            for address in ("/lich/", f"/lich/?thang={TODAY:%Y-%m}", "/lich/theo-doi/tat-ca.ics"):
                self.client.get(address)
                with CaptureQueriesContext(connection) as asked:
                    self.client.get(address)
                found.append(len(asked))
            return found

        few = costs()
        for place in range(8):
            self.repeating(f"Nữa {place}", TODAY, 9, skip=2)
        assert costs() == few
