"""The calendar as readers look through it: what is to come, months, kinds, units, what is over, and what it costs."""

from datetime import date, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import PageViewRestriction

from bs4 import BeautifulSoup

from cms.core.models import Unit
from cms.events.factories import event, many_events, many_weeks, week
from cms.events.models import EventIndexPage
from cms.events.querysets import EventFilters, month_span, months_in, years_in
from cms.events.templatetags.events_tags import coming_events
from tests.site import build_site

ADDRESS = "/lich/"
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


class CalendarTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.school = Unit.objects.create(code="TH-MOT", name="Trường Một", slug="truong-mot", kind="primary")
        cls.exam = event(cls.index, "Kỳ thi", kind="exam", starts_on=TODAY + 40 * DAY)
        cls.soon = event(cls.index, "Họp sớm", kind="meeting", starts_on=TODAY + DAY, owner_unit=cls.school)
        cls.long = event(
            cls.index, "Tuyển sinh", kind="admission", starts_on=TODAY - 70 * DAY, ends_on=TODAY + 70 * DAY
        )
        cls.over = event(cls.index, "Đã xong", starts_on=TODAY - 400 * DAY)
        cls.draft = event(cls.index, "Chưa đăng", starts_on=TODAY + 2 * DAY)
        cls.draft.unpublish()
        cls.closed = event(cls.index, "Nội bộ", starts_on=TODAY + 2 * DAY)
        PageViewRestriction.objects.create(page=cls.closed, restriction_type="login")

    def shown(self, query=""):
        return [a.get_text() for a in read(self.client.get(f"{ADDRESS}{query}")).select(".event .entry__title a")]


class IndexTest(CalendarTest):
    def test_what_is_to_come_stands_in_order_and_what_is_hidden_nowhere(self):
        assert self.shown() == ["Tuyển sinh", "Họp sớm", "Kỳ thi"]
        assert self.shown("?xem=da-qua") == ["Đã xong"]

    def test_kinds_units_and_months_narrow_together(self):
        assert self.shown("?loai=ky-thi") == ["Kỳ thi"]
        assert self.shown("?don-vi=truong-mot") == ["Họp sớm"]
        assert self.shown("?loai=ky-thi&don-vi=truong-mot") == []
        over = self.over.starts_on
        assert self.shown(f"?thang={over:%Y-%m}") == ["Đã xong"]
        assert "Đã xong" in self.shown(f"?thang={over:%Y}")

    def test_a_long_event_shows_in_each_of_its_months(self):
        first, last = self.long.starts_on, self.long.ends_on
        for month in (first, TODAY, last):
            assert "Tuyển sinh" in self.shown(f"?thang={month:%Y-%m}")

    def test_every_filter_that_is_offered_leads_to_as_many_events_as_it_says(self):
        for start in ("", "?loai=tuyen-sinh", "?xem=da-qua", f"?thang={TODAY:%Y-%m}", "?don-vi=truong-mot"):
            for link in read(self.client.get(f"{ADDRESS}{start}")).select(".facet a:not([aria-current])"):
                assert int(link.select_one(".facet__count").get_text()) == len(self.shown(link["href"])), link["href"]

    def test_nonsense_in_the_address_is_never_an_error(self):
        for query in (
            *("?thang=abc", "?thang=2026-13", "?thang=2026-00", "?thang=0000", "?thang=99999-01", "?thang=٢٠٢٦"),
            *("?loai=khong-co", "?loai=%00", "?don-vi=%00", "?don-vi=" + "a" * 900, "?xem=x", "?trang=0", "?trang=x"),
            *("?trang=99999999999999", "?xem=tuan&thang=abc", "?xem=tuan&trang=-1"),
        ):
            assert self.client.get(f"{ADDRESS}{query}").status_code == 200, query

    def test_an_empty_result_says_so_and_leads_back(self):
        page = read(self.client.get(f"{ADDRESS}?thang=1999-01"))
        assert "Không có sự kiện nào khớp" in page.select_one(".empty").get_text()
        assert page.select_one(".empty a")["href"] == ADDRESS
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"

    def test_its_feed_and_its_calendar_are_named(self):
        page = read(self.client.get(ADDRESS))
        assert page.select_one('link[type="application/atom+xml"]')["href"] == "/lich/atom.xml"
        assert page.select_one(".subscribe__address").get_text().endswith("/lich/theo-doi/tat-ca.ics")

    def test_other_pages_show_what_will_take_place(self):
        event(self.index, "Không tổ chức", starts_on=TODAY + DAY, standing="cancelled")
        assert [each.title for each in coming_events(5)] == ["Tuyển sinh", "Họp sớm", "Kỳ thi"]
        assert [each.title for each in coming_events(5, self.school)] == ["Họp sớm"]


class WeeksTest(CalendarTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.this = week(cls.index, TODAY, [{"content": "Giao ban"}])
        cls.old = week(cls.index, date(2025, 1, 1), [{"content": "Việc cũ"}])
        cls.hidden = week(cls.index, TODAY + 7 * DAY, [{"content": "Chưa đăng"}])
        cls.hidden.unpublish()

    def titles(self, query):
        return [a.get_text() for a in read(self.client.get(f"{ADDRESS}{query}")).select(".entry__title a")]

    def test_this_week_stands_above_and_drafts_do_not(self):
        page = read(self.client.get(ADDRESS))
        lines = page.select('[aria-labelledby="lich-cong-tac"] .entry__title')
        assert [line.get_text() for line in lines] == [self.this.title]

    def test_the_archive_has_every_week_by_month_and_year(self):
        assert self.titles("?xem=tuan") == [self.this.title, self.old.title]
        assert self.titles("?xem=tuan&thang=2025-01") == [self.old.title]
        assert self.titles("?xem=tuan&thang=2024-12") == [self.old.title]
        assert self.titles("?xem=tuan&thang=2023") == []
        page = read(self.client.get(f"{ADDRESS}?xem=tuan"))
        assert page.select_one('link[rel="canonical"]')["href"].endswith("/lich/?xem=tuan")

    def test_the_fixed_address_leads_to_this_week_or_to_all(self):
        assert self.client.get("/lich/tuan-nay/").url.endswith(self.this.url)
        self.this.unpublish()
        assert self.client.get("/lich/tuan-nay/").url.endswith("/lich/?xem=tuan")


class EmptyTest(TestCase):
    def test_a_new_calendar_says_what_is_missing(self):
        build_site()
        text = read(self.client.get(ADDRESS)).main.get_text(" ")
        assert "Chưa có sự kiện nào sắp tới" in text
        assert "Lịch công tác tuần này chưa được đăng" in text
        assert "Chưa có lịch công tác nào" in read(self.client.get(f"{ADDRESS}?xem=tuan")).main.get_text(" ")
        assert "Chưa có sự kiện nào đã qua" in read(self.client.get(f"{ADDRESS}?xem=da-qua")).main.get_text(" ")


class CostTest(TestCase):
    """A thousand siblings cost as many queries as ten."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.unit = Unit.objects.get(parent=None)
        cls.first = event(cls.index, "Đầu tiên", starts_on=TODAY, owner_unit=cls.unit)
        cls.week = week(cls.index, TODAY, [{"content": "Giao ban", "unit": cls.unit}])

    def queries(self):
        counts = {}
        unit = self.unit.slug
        for address in (
            *("/lich/", f"/lich/?thang={TODAY:%Y-%m}", "/lich/?xem=tuan", "/lich/?xem=da-qua&loai=ky-thi"),
            *(self.first.url, self.week.url, "/lich/atom.xml", f"/lich/{self.first.slug}.ics", "/lich/tuan-nay/"),
            *("/lich/theo-doi/tat-ca.ics", f"/lich/theo-doi/don-vi/{unit}.ics", f"/don-vi/{unit}/"),
        ):
            self.client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert self.client.get(address).status_code < 400, address
            counts[address] = len(asked)
        return counts

    def test_ten_and_a_thousand(self):
        many_events(self.index, 10, TODAY - 5 * DAY, self.unit)
        many_weeks(self.index, 10, TODAY - 7 * DAY)
        few = self.queries()
        many_events(self.index, 990, TODAY - 500 * DAY, self.unit)
        many_weeks(self.index, 190, TODAY - 100 * DAY)
        assert self.queries() == few
        assert max(few.values()) <= 30


def test_months_and_years_are_counted_by_every_day_they_touch():
    spans = [(date(2026, 11, 30), date(2027, 1, 2)), (date(2026, 12, 5), date(2026, 12, 5))]
    assert months_in(spans) == [(date(2027, 1, 1), 1), (date(2026, 12, 1), 2), (date(2026, 11, 1), 1)]
    assert years_in(spans) == {2026: 2, 2027: 1}
    assert month_span(2026, 2) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_span(2026) == (date(2026, 1, 1), date(2026, 12, 31))


def test_filters_read_what_they_know():
    asked = EventFilters.from_query({"loai": "tuyen-sinh", "thang": "2026-12", "don-vi": "truong-mot", "xem": "tuan"})
    assert (asked.kind, asked.time, asked.unit, asked.weeks) == ("admission", "2026-12", "truong-mot", True)
    assert not EventFilters.from_query({"loai": "x", "thang": "1x", "don-vi": "Á", "xem": "y"})
