"""The news as readers look through it: categories, months, paging, empty states, and what it costs."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

import pytest
from bs4 import BeautifulSoup

from cms.core.models import PageReading
from cms.news.factories import many_news, news
from cms.news.models import NewsCategory, NewsIndexPage, NewsPage
from cms.news.querysets import NewsFilters
from cms.news.templatetags.news_tags import most_read_news, news_facets
from tests.site import build_site

ADDRESS = "/tin-tuc/"


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


class IndexTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = NewsIndexPage.objects.get()
        cls.training = news(cls.index, "Tập huấn một cửa", category="tap-huan-hoi-nghi", published_on=date(2026, 11, 5))
        cls.reform = news(
            cls.index, "Bớt một lần đi lại", category="cai-cach-hanh-chinh", published_on=date(2026, 10, 2)
        )
        cls.old = news(cls.index, "Chuyện năm trước", category="cai-cach-hanh-chinh", published_on=date(2025, 3, 1))
        cls.draft = news(cls.index, "Tin chưa đăng", category="chien-dich-dich-vu-cong", published_on=date(2026, 9, 9))
        cls.draft.unpublish()

    def shown(self, query=""):
        return [a.get_text() for a in read(self.client.get(f"{ADDRESS}{query}")).select(".entry__title a")]

    def test_the_newest_come_first_and_drafts_never(self):
        assert self.shown() == ["Tập huấn một cửa", "Bớt một lần đi lại", "Chuyện năm trước"]

    def test_categories_and_months_narrow_together(self):
        assert self.shown("?chuyen-muc=cai-cach-hanh-chinh") == ["Bớt một lần đi lại", "Chuyện năm trước"]
        assert self.shown("?thang=2026-11") == ["Tập huấn một cửa"]
        assert self.shown("?thang=2026") == ["Tập huấn một cửa", "Bớt một lần đi lại"]
        assert self.shown("?chuyen-muc=cai-cach-hanh-chinh&thang=2026") == ["Bớt một lần đi lại"]
        assert self.shown("?chuyen-muc=tap-huan-hoi-nghi&thang=2025-03") == []

    def test_every_filter_that_is_offered_leads_to_as_many_pieces_as_it_says(self):
        for start in ("", "?chuyen-muc=cai-cach-hanh-chinh", "?thang=2025-03"):
            page = read(self.client.get(f"{ADDRESS}{start}"))
            links = page.select(".facet a:not([aria-current])")
            assert links
            for link in links:
                count = int(link.select_one(".facet__count").get_text())
                assert count == len(self.shown(link["href"])), link["href"]

    def test_a_category_is_a_page_of_its_own(self):
        page = read(self.client.get(f"{ADDRESS}?chuyen-muc=cai-cach-hanh-chinh"))
        assert page.h1.get_text() == "Tin cải cách hành chính"
        assert page.title.get_text().startswith("Tin cải cách hành chính – Tin tức")
        assert page.select_one('link[rel="canonical"]')["href"].endswith(f"{ADDRESS}?chuyen-muc=cai-cach-hanh-chinh")
        assert not page.select('meta[name="robots"]')

    def test_a_month_is_a_view_of_the_list(self):
        page = read(self.client.get(f"{ADDRESS}?thang=2026-11"))
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"
        assert [chip.get_text(" ", strip=True) for chip in page.select(".chip")] == [
            "Tháng 11/2026 (bỏ điều kiện này) ×"
        ]

    def test_nonsense_in_the_address_is_never_an_error(self):
        for query in (
            *("?thang=abc", "?thang=2026-13", "?thang=2026-00", "?thang=0000", "?thang=99999-01", "?thang=٢٠٢٦"),
            *("?chuyen-muc=khong-co", "?chuyen-muc=%00", "?chuyen-muc=" + "a" * 900, "?trang=0", "?trang=x"),
            "?trang=99999999999999",
        ):
            assert self.client.get(f"{ADDRESS}{query}").status_code == 200, query

    def test_an_empty_result_says_so_and_leads_back(self):
        page = read(self.client.get(f"{ADDRESS}?thang=1999-01"))
        assert "Không có tin nào khớp" in page.select_one(".empty").get_text()
        assert page.select_one(".empty a")["href"] == ADDRESS

    def test_markup_in_names_stays_text(self):
        NewsCategory.objects.filter(slug="tap-huan-hoi-nghi").update(name="<script>alert(1)</script>")
        body = self.client.get(f"{ADDRESS}?chuyen-muc=tap-huan-hoi-nghi").content.decode()
        assert "<script>alert" not in body


class EmptyTest(TestCase):
    def test_without_news_it_says_so(self):
        build_site()
        page = read(self.client.get(ADDRESS))
        assert "Chưa có tin nào" in page.select_one(".empty").get_text()
        assert not page.select(".facet")


class ArchiveTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = NewsIndexPage.objects.get()
        many_news(cls.index, 900)  # every day from January 2022 to June 2024

    def options(self, asked=None):
        months = news_facets(self.index, asked or NewsFilters())[1]["options"]
        return [(option["value"], option["count"]) for option in months]

    def test_new_months_stand_alone_and_older_ones_under_their_year(self):
        values = [value for value, _count in self.options()]
        assert values[:2] == ["2024-06", "2024-05"]
        assert len([value for value in values if "-" in value]) == 12
        assert values[12:] == ["2023", "2022"]
        assert dict(self.options())["2022"] == 365

    def test_what_was_asked_for_stays_on_offer(self):
        chosen = list(news_facets(self.index, NewsFilters(year=2022, month=3))[1]["options"])
        assert [option["value"] for option in chosen if option["current"]] == ["2022-03"]


class MostReadTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = NewsIndexPage.objects.get()
        cls.first, cls.second, cls.third = (news(cls.index, f"Tin {number}") for number in range(3))

    def test_only_recent_readings_of_readable_news_count(self):
        today = date.today()
        long_ago = date(2020, 1, 1)
        for page, day, count in (
            *((self.first, today, 2), (self.first, long_ago, 900)),
            *((self.second, today, 5), (self.third, today, 50)),
        ):
            PageReading.objects.create(page_id=page.pk, day=day, count=count)
        self.third.unpublish()
        assert [(page.title, page.read) for page in most_read_news(5)] == [("Tin 1", 5), ("Tin 0", 2)]
        assert [page.title for page in most_read_news(1)] == ["Tin 1"]
        shown = read(self.client.get(ADDRESS)).select(".most-read a")
        assert [a.get_text() for a in shown] == ["Tin 1", "Tin 0"]

    def test_nothing_read_is_no_list(self):
        assert most_read_news(5) == []
        assert not read(self.client.get(ADDRESS)).select(".most-read")


class CostTest(TestCase):
    def queries(self, address):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(address).status_code == 200
        return len(queries)

    def test_queries_do_not_grow_with_news(self):
        build_site()
        index = NewsIndexPage.objects.get()
        one = news(index, "Tin đầu", category="tap-huan-hoi-nghi")
        addresses = (ADDRESS, f"{ADDRESS}?chuyen-muc=tap-huan-hoi-nghi", f"{ADDRESS}?thang=2022", "?trang=2", one.url)
        addresses = [address if address.startswith("/") else ADDRESS + address for address in addresses]

        def readings(pages):
            rows = (PageReading(page_id=page.pk, day=date.today(), count=1) for page in pages)
            PageReading.objects.bulk_create(rows)

        readings(many_news(index, 29))
        self.queries(ADDRESS)  # the first visit fills Wagtail's cache of site roots
        few = [self.queries(address) for address in addresses]
        readings(many_news(index, 970))
        assert NewsPage.objects.readable().count() == 1000
        assert [self.queries(address) for address in addresses] == few
        assert max(few) <= 25


@pytest.mark.parametrize(
    ("query", "asked", "time"),
    [
        ({}, NewsFilters(), ""),
        ({"chuyen-muc": "a", "thang": "2026-11"}, NewsFilters("a", 2026, 11), "2026-11"),
        ({"thang": "2026"}, NewsFilters("", 2026), "2026"),
        ({"thang": "2026-1"}, NewsFilters(), ""),
        ({"thang": "2026-00"}, NewsFilters(), ""),
        ({"thang": "0000"}, NewsFilters(), ""),
    ],
)
def test_filters_are_read_from_the_address(query, asked, time):
    found = NewsFilters.from_query(query)
    assert found == asked
    assert found.time == time
    assert bool(found) == (asked != NewsFilters())
