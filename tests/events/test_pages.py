"""An event and a week as readers see them: states, words of time, what machines read, the table of a week."""

import json
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from cms.core.search import search
from cms.events.enums import EventPhase
from cms.events.factories import event, week
from cms.events.models import EventIndexPage, EventPage, ScheduleEntry, WorkSchedulePage
from tests.site import build_site

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 30)


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def plain(**facts):
    """An event that nobody has stored."""
    values = {"title": "Một sự kiện", "starts_on": date(2026, 12, 10), **facts}
    return EventPage(**{"ends_on": values["starts_on"], **values})


def at(*moment):
    aware = timezone.make_aware(datetime(*moment))
    return mock.patch("django.utils.timezone.now", lambda: aware)


class WordsTest(TestCase):
    def test_time_in_words(self):
        for facts, words in (
            ({}, "Thứ Năm, 10/12/2026"),
            ({"starts_at": time(8)}, "8 giờ, Thứ Năm, 10/12/2026"),
            ({"starts_at": time(7, 5), "ends_at": time(11)}, "7 giờ 05 – 11 giờ, Thứ Năm, 10/12/2026"),
            ({"ends_on": date(2026, 12, 12)}, "Từ Thứ Năm, 10/12/2026 đến Thứ Bảy, 12/12/2026"),
        ):
            assert plain(**facts).when == words

    def test_phase_follows_the_hour_where_there_is_one(self):
        timed, days = plain(starts_at=time(8), ends_at=time(11)), plain(ends_on=date(2026, 12, 12))
        open_end = plain(starts_at=time(8))
        for moment, phases in (
            ((2026, 12, 9, 23, 59), (EventPhase.UPCOMING,) * 3),
            ((2026, 12, 10, 0, 0), (EventPhase.UPCOMING, EventPhase.NOW, EventPhase.UPCOMING)),
            ((2026, 12, 10, 8, 0), (EventPhase.NOW, EventPhase.NOW, EventPhase.NOW)),
            ((2026, 12, 10, 11, 0), (EventPhase.PAST, EventPhase.NOW, EventPhase.NOW)),
            ((2026, 12, 12, 23, 59), (EventPhase.PAST, EventPhase.NOW, EventPhase.PAST)),
            ((2026, 12, 13, 0, 0), (EventPhase.PAST, EventPhase.PAST, EventPhase.PAST)),
        ):
            with at(*moment):
                assert (timed.phase, days.phase, open_end.phase) == phases, moment

    def test_days_and_hours_must_be_in_order(self):
        for facts, field in (
            ({"ends_on": date(2026, 12, 9)}, "ends_on"),
            ({"ends_on": date(2036, 12, 9)}, "ends_on"),
            ({"ends_on": date(9999, 12, 31)}, "ends_on"),
            ({"starts_at": time(9), "ends_at": time(8)}, "ends_at"),
            ({"ends_at": time(8)}, "starts_at"),
        ):
            with pytest.raises(ValidationError) as raised:
                plain(**facts).clean()
            assert list(raised.value.message_dict) == [field], facts

    def test_a_row_stands_in_its_part_of_the_day(self):
        for part, hour, good in (
            *(("b_morning", time(7, 30), True), ("b_morning", time(12), False), ("c_afternoon", time(12), True)),
            *(("c_afternoon", time(18), False), ("d_evening", time(18), True), ("a_all_day", time(9), True)),
        ):
            row = ScheduleEntry(content="x", leaders="y", part=part, starts_at=hour)
            if good:
                row.clean()
            else:
                with pytest.raises(ValidationError):
                    row.clean()

    def test_a_row_ends_after_it_begins(self):
        for facts in ({"ends_at": time(8)}, {"starts_at": time(9), "ends_at": time(9)}):
            with pytest.raises(ValidationError):
                ScheduleEntry(content="x", leaders="y", **facts).clean()


class EventPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()

    def page(self, **facts):
        return read(self.client.get(event(self.index, facts.pop("title", "Kỳ thi"), **facts).url))

    def test_facts_and_the_way_to_ones_own_calendar(self):
        page = self.page(place="Hội trường", audience="Phụ huynh", contact="0299", organiser="Sở <b>", kind="exam")
        facts = [dd.get_text(" ", strip=True) for dd in page.select(".facts dd")]
        assert facts[1:] == ["Hội trường", "Sở <b>", "Phụ huynh", "0299"]
        assert page.select_one('a[type="text/calendar"]')["href"] == "/lich/ky-thi.ics"
        assert page.select_one(".page__kind").get_text() == "Kỳ thi"

    def test_what_will_not_take_place_says_so_first(self):
        page = self.page(standing="cancelled", standing_note="Nắng nóng.")
        assert page.select_one(".notice__title").get_text() == "Sự kiện này không tổ chức"
        assert "Nắng nóng." in page.select_one(".notice").get_text()
        assert page.select_one(".facts s")
        assert "chưa có ngày mới" in self.page(title="Hội thi", standing="postponed").select_one(".notice").get_text()

    def test_now_and_past_are_said(self):
        today = timezone.localdate()
        assert self.page(title="Hôm nay", starts_on=today).select_one(".page__head .tag").get_text() == "Đang diễn ra"
        assert self.page(title="Hôm qua", starts_on=today - DAY).select_one(".page__head .tag").get_text() == "Đã qua"
        assert not self.page(title="Ngày mai", starts_on=today + DAY).select(".page__head .tag")

    def test_machines_read_an_event(self):
        facts = {"starts_on": date(2027, 1, 5), "starts_at": time(8), "ends_at": time(9, 30), "place": "Hội trường"}
        page = self.page(**facts, online_url="https://hop.example.vn/a", organiser="Sở")
        graph = json.loads(page.select_one('script[type="application/ld+json"]').get_text())["@graph"]
        found = next(part for part in graph if part["@type"] == "Event")
        assert found["startDate"] == "2027-01-05T08:00:00+07:00"
        assert found["endDate"] == "2027-01-05T09:30:00+07:00"
        assert found["eventStatus"] == "https://schema.org/EventScheduled"
        assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
        assert [place["@type"] for place in found["location"]] == ["Place", "VirtualLocation"]
        assert found["organizer"]["name"] == "Sở"

    def test_search_finds_it_without_marks(self):
        event(self.index, "Tuyển sinh lớp sáu", place="Trường Bến Đò")
        week(self.index, MONDAY, [{"content": "Kiểm tra bếp ăn"}])
        assert [hit.plain_title for hit in search("tuyen sinh lop sau").hits] == ["Tuyển sinh lớp sáu"]
        assert search("kiem tra bep an").total == 1
        EventPage.objects.get().unpublish()
        assert search("tuyen sinh lop sau").total == 0

    def test_the_feed_says_when_and_where(self):
        event(self.index, "Hội thi <i>", standing="cancelled", place="Thư viện", starts_on=date(2027, 1, 5))
        week(self.index, MONDAY, [{"content": "Giao ban"}])
        feed = BeautifulSoup(self.client.get("/lich/atom.xml").content, "xml")
        said = {entry.title.get_text(): entry.summary.get_text() for entry in feed.find_all("entry")}
        assert said["Hội thi <i>"].startswith("Không tổ chức. Thứ Ba, 05/01/2027. Thư viện")
        assert any(title.startswith("Lịch công tác tuần 49") for title in said)

    def test_before_and_after_in_time(self):
        first, second, third = (event(self.index, f"Thứ {n}", starts_on=date(2027, 1, n)) for n in (1, 2, 3))
        assert second.neighbour_pages() == (first, third)


class WeekPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        rows = [
            {"weekday": 0, "part": "c_afternoon", "starts_at": time(14), "content": "Chiều muộn"},
            {"weekday": 0, "part": "b_morning", "starts_at": time(9), "content": "Chín giờ"},
            {"weekday": 0, "part": "b_morning", "starts_at": time(8), "content": "Tám giờ <b>"},
            {"weekday": 1, "part": "b_morning", "content": "Hủy rồi", "cancelled": True},
            {"weekday": 3, "part": "a_all_day", "content": "Cả ngày đi vắng"},
        ]
        cls.week = week(cls.index, MONDAY + 2 * DAY, rows, note="Trực: A")

    def table(self):
        with at(2026, 12, 1, 9, 0):
            return read(self.client.get(self.week.url))

    def test_name_and_address_are_the_weeks(self):
        assert self.week.week_start == MONDAY
        assert self.week.title == "Lịch công tác tuần 49 (30/11 – 06/12/2026)"
        assert self.week.url.endswith("/lich/tuan-49-2026/")
        over = WorkSchedulePage(week_start=date(2026, 12, 31))
        over._set_core_field_defaults()
        assert (over.title, over.slug) == ("Lịch công tác tuần 53 (28/12/2026 – 03/01/2027)", "tuan-53-2026")

    def test_the_table_has_seven_days_in_order_and_shows_what_is_free(self):
        table = self.table().select_one(".week-table")
        days = table.select("tbody")
        assert [day.select_one(".week-date__name").get_text() for day in days][::6] == ["Thứ Hai", "Chủ nhật"]
        monday = [cell.get_text(" ", strip=True) for cell in days[0].select(".week-what")]
        assert monday == ["8 giờ Tám giờ <b>", "9 giờ Chín giờ", "14 giờ Chiều muộn"]
        assert [part.get_text() for part in days[1].select(".week-part")] == ["Sáng", "Chiều"]
        assert days[1].select_one(".week-what s").get_text() == "Hủy rồi"
        assert "Không có lịch" in days[1].get_text()
        assert [part.get_text() for part in days[3].select(".week-part")] == ["Cả ngày"]
        assert days[6].select_one(".week-free")["colspan"] == "5"

    def test_every_row_of_the_grid_has_six_columns(self):
        table = self.table().select_one(".week-table")
        for day in table.select("tbody"):
            taken = 0
            rows = day.select("tr")
            for cell in day.select("th, td"):
                taken += int(cell.get("rowspan", 1)) * int(cell.get("colspan", 1))
            assert taken == 6 * len(rows), day.get_text(" ", strip=True)

    def test_today_is_marked_once(self):
        page = self.table()
        marked = page.select('[aria-current="date"]')
        assert [cell.select_one(".week-date__day").get_text() for cell in marked] == ["01/12"]
        assert page.select_one(".page__kind").get_text() == "Tuần này"

    def test_the_weeks_before_and_after_are_one_press_away(self):
        before = week(self.index, MONDAY - 14 * DAY)
        after = week(self.index, MONDAY + 7 * DAY)
        hidden = week(self.index, MONDAY - 7 * DAY)
        hidden.unpublish()
        page = self.table()
        assert page.select_one('.week-steps [rel="prev"]')["href"] == before.url
        assert page.select_one('.week-steps [rel="next"]')["href"] == after.url
        assert "chưa có việc nào" in read(self.client.get(before.url)).select_one(".empty").get_text()

    def test_a_second_schedule_of_the_week_is_refused(self):
        with pytest.raises(ValidationError) as raised:
            WorkSchedulePage(week_start=MONDAY + 3 * DAY, path="x", depth=4).full_clean()
        assert "đã có lịch" in raised.value.message_dict["week_start"][0]

    def test_a_schedule_stays_with_its_week(self):
        self.week.week_start = MONDAY + 7 * DAY
        with pytest.raises(ValidationError) as raised:
            self.week.clean()
        assert "week_start" in raised.value.message_dict

    def test_much_text_is_printed_small(self):
        assert self.week.density == ""
        for lines, density in ((30, "dense"), (60, "tight")):
            page = WorkSchedulePage(week_start=MONDAY)
            page.entries = [ScheduleEntry(content="Việc", leaders="A", weekday=n % 5) for n in range(lines)]
            assert page.density == density
