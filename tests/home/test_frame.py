"""What stands around every page, for machines and for people: data, feeds, tools, the map, what is not there."""

import json
import re
from datetime import date
from unittest import mock
from xml.etree import ElementTree

from django.db import OperationalError, connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction

from bs4 import BeautifulSoup

from cms.core.models import AgencySettings, RateWindow
from cms.core.services.limits import LIMITS
from cms.core.templatetags.page_tags import ld_script
from cms.home import views
from cms.news.models import NewsCategory, NewsIndexPage, NewsPage
from cms.official_documents import factories
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from cms.plans.factories import plan
from cms.plans.models import PlanIndexPage
from tests.site import build_site

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = (
    *("/tin-tuc/atom.xml", "/van-ban/atom.xml", "/cai-cach-hanh-chinh/atom.xml", "/hoc-lieu/atom.xml"),
    "/phan-anh-kien-nghi/atom.xml",
)


def read(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def graph(response):
    data = json.loads(read(response).select_one('script[type="application/ld+json"]').string)
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


class SharedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_a_way_is_no_article_and_a_category_has_its_own_name(self):
        def shared(address, name):
            return read(self.client.get(address)).select_one(f'meta[property="og:{name}"]')["content"]

        day = date(2026, 11, 1)
        story = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Tin", lead="Đầu.", published_on=day))
        paper = factories.document(OfficialDocumentIndexPage.objects.get())
        lists = ("/", "/tin-tuc/", "/van-ban/", "/cai-cach-hanh-chinh/", "/don-vi/", "/phan-anh-kien-nghi/")
        assert {shared(address, "type") for address in (*lists, "/so-do-trang/")} == {"website"}
        assert {shared(page.url, "type") for page in (story, paper)} == {"article"}
        category = NewsCategory.objects.in_order()[0]
        assert shared(f"/tin-tuc/?chuyen-muc={category.slug}", "title") == f"{category.name} – Tin tức"

    def test_a_plan_says_its_number_day_and_issuer(self):
        page = plan(PlanIndexPage.objects.get(), "8/KH-SGDĐT", issuer_name="Sở Mẫu")
        data = graph(self.client.get(page.url))["CreativeWork"]
        assert (data["identifier"], data["datePublished"], data["author"]["name"]) == (
            "8/KH-SGDĐT",
            "2024-02-05",
            "Sở Mẫu",
        )


class FrameTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.index = NewsIndexPage.objects.get()
        cls.pieces = [
            cls.index.add_child(
                instance=NewsPage(
                    title=f"Tin thứ {number} </script><b>", lead="Đầu & đuôi.", published_on=date(2026, 11, number)
                )
            )
            for number in (1, 2, 3)
        ]
        for piece in cls.pieces:
            piece.save_revision().publish()
        cls.document = factories.document(OfficialDocumentIndexPage.objects.get())

    # --- for machines ---------------------------------------------------------------------------

    def test_news_says_what_it_is_and_no_title_ends_the_data(self):
        response = self.client.get(self.pieces[1].url)
        assert "Tin thứ 2 </script>" not in response.content.decode()
        found = graph(response)
        assert found["NewsArticle"]["headline"] == "Tin thứ 2 </script><b>"
        assert found["NewsArticle"]["datePublished"] == "2026-11-02"
        assert found["NewsArticle"]["publisher"]["@id"] == found["GovernmentOrganization"]["@id"]
        steps = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
        assert steps == ["Trang chủ", "Tin tức", "Tin thứ 2 </script><b>"]

    def test_a_document_is_legislation_and_the_home_page_the_agency(self):
        law = graph(self.client.get(self.document.url))["Legislation"]
        assert law["legislationIdentifier"] == self.document.number
        assert law["legislationPassedBy"]["name"] == self.document.issuer.name
        agency = AgencySettings.load()
        agency.phone = "0900 000 001"
        agency.save()
        assert graph(self.client.get("/"))["GovernmentOrganization"]["telephone"] == "0900 000 001"

    def test_data_survives_every_sign(self):
        text = "</script><!--<script>&\u2028\u2029\"'\\"
        script = str(ld_script({"a": text}))
        inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        assert "<" not in inside
        assert json.loads(inside) == {"a": text}

    def test_a_shared_link_has_its_words_and_one_address(self):
        page = read(self.client.get(f"{self.pieces[0].url}?fbclid=abc"))
        assert page.select_one('meta[property="og:title"]')["content"] == self.pieces[0].title
        assert page.select_one('meta[property="og:description"]')["content"] == "Đầu & đuôi."
        addresses = {
            page.select_one('link[rel="canonical"]')["href"],
            page.select_one('[property="og:url"]')["content"],
        }
        assert len(addresses) == 1
        assert "fbclid" not in addresses.pop()

    def test_each_page_of_a_list_is_its_own_and_nonsense_is_the_first(self):
        for size, query, end in (
            *((2, "?trang=2", "?trang=2"), (2, "?trang=9", "?trang=2"), (20, "?trang=2", "/")),
            *((2, "?trang=1", "/"), (2, "?trang=x", "/"), (2, "?trang=²", "/")),
        ):
            with self.subTest(query, size=size), mock.patch.object(NewsIndexPage, "page_size", size):
                page = read(self.client.get(f"/tin-tuc/{query}"))
                assert page.select_one('link[rel="canonical"]')["href"].endswith(end)

    def test_what_search_engines_leave_out_says_nothing(self):
        page = read(self.client.get("/tim-kiem/?q=tin"))
        assert page.select_one('link[rel="canonical"], meta[property], script[type="application/ld+json"]') is None

    # --- feeds ----------------------------------------------------------------------------------

    def test_every_list_has_its_feed_and_says_so(self):
        for address in FEEDS:
            with self.subTest(address):
                feed = ElementTree.fromstring(self.client.get(address).content)
                assert feed.find(f"{ATOM}title").text.endswith(AgencySettings.load().name)
                head = read(self.client.get(address.removesuffix("atom.xml"))).head
                assert head.select_one('link[type="application/atom+xml"]')["href"] == address

    def test_a_feed_holds_what_anybody_may_read_newest_first(self):
        self.pieces[2].unpublish()
        PageViewRestriction.objects.create(page=self.pieces[0], restriction_type=PageViewRestriction.LOGIN)
        feed = ElementTree.fromstring(self.client.get("/tin-tuc/atom.xml").content)
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.find(f"{ATOM}title").text for entry in entries] == [self.pieces[1].title]
        assert entries[0].find(f"{ATOM}summary").text == "Đầu &amp; đuôi."
        assert entries[0].find(f"{ATOM}published").text.startswith("2026-11-02T00:00:00+07")

    def test_an_entry_keeps_its_mark_when_the_address_changes(self):
        def mark():
            feed = ElementTree.fromstring(self.client.get("/tin-tuc/atom.xml").content)
            return [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]

        before = mark()
        moved = Page.objects.get(pk=self.pieces[0].pk).specific
        moved.slug = "khac"
        moved.save_revision().publish()
        assert mark() == before

    def test_signs_that_xml_forbids_do_not_break_a_feed(self):
        NewsPage.objects.filter(pk=self.pieces[0].pk).update(lead="Có \x0b ký tự \x1f lạ")
        assert ElementTree.fromstring(self.client.get("/tin-tuc/atom.xml").content) is not None

    def test_a_feed_costs_the_same_for_three_and_for_thirty(self):
        def cost():
            with self.assertNumQueries(3):
                return self.client.get("/tin-tuc/atom.xml")

        self.client.get("/tin-tuc/atom.xml")
        cost()
        for number in range(30):
            self.index.add_child(instance=NewsPage(title=f"Thêm {number}", lead="x", published_on=date(2026, 1, 1)))
        assert len(ElementTree.fromstring(cost().content).findall(f"{ATOM}entry")) == 30

    # --- for people -----------------------------------------------------------------------------

    def test_before_and_after(self):
        steps = read(self.client.get(self.pieces[1].url)).select(".neighbours a")
        assert [(step["rel"], step["href"]) for step in steps] == [
            (["prev"], self.pieces[0].url), (["next"], self.pieces[2].url),
        ]  # fmt: skip
        self.pieces[2].unpublish()
        assert [step["rel"] for step in read(self.client.get(self.pieces[1].url)).select(".neighbours a")] == [["prev"]]

    def test_ways_to_hand_a_page_on_are_plain_links(self):
        tools = read(self.client.get(self.pieces[0].url)).select_one(".tools")
        links = {re.sub(r"^(\w+):(?://([\w.]+))?.*", r"\1 \2", a["href"]).strip() for a in tools.select("a")}
        assert links == {"mailto", "https zalo.me", "https www.facebook.com"}
        assert all(li.has_attr("hidden") for li in tools.select("li:has(button)")), "buttons wait for script"
        assert "</script>" not in tools.select_one('a[href^="mailto"]')["href"]

    def test_how_the_page_is_shown_needs_script_and_sets_no_cookie(self):
        response = self.client.get("/")
        assert not response.cookies
        assert read(response).select('.display__button[data-show-text="large"]')

    def test_the_map_names_sections_not_every_piece(self):
        Page.objects.get(slug="lien-he").specific.unpublish()
        hidden = self.home.add_child(instance=StandardPage(title="Trang kín", slug="kin"))
        hidden.add_child(instance=StandardPage(title="Dưới trang kín"))
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        page = read(self.client.get("/so-do-trang/"))
        titles = [a.get_text() for a in page.select(".site-map a")]
        assert "Giới thiệu" in titles
        assert not {"Trang kín", "Dưới trang kín", "Liên hệ", self.pieces[0].title} & set(titles)

    def test_the_map_costs_the_same_for_many_pages(self):
        def cost():
            with self.assertNumQueries(MAP):
                return self.client.get("/so-do-trang/")

        self.client.get("/so-do-trang/")
        cost()
        for number in range(20):
            self.home.add_child(instance=StandardPage(title=f"Mục {number}"))
        assert len(read(cost()).select(".site-map section")) > 20

    # --- what is not there ----------------------------------------------------------------------

    def test_a_wrong_address_is_searched_by_its_words(self):
        for address in ("/tin-cu/tin-thu-2/", "/2020/tin-thu-2.html", "/tin-tuc/tin-thu-2-xyz-abc/"):
            with self.subTest(address):
                response = self.client.get(address)
                assert response.status_code == 404
                assert "Tin thứ 2" in read(response).main.get_text()

    def test_what_says_nothing_is_not_searched(self):
        for path in ("/wp-login.txt", "/index.php", "/12/3/", "/x.env", "/"):
            with self.subTest(path):
                assert views._words_of(path) == ""

    def test_after_many_wrong_addresses_nothing_more_is_searched(self):
        for number in range(61):
            response = self.client.get(f"/tin-thu-2/{'abc' if number else 'ab'}/")
        assert response.status_code == 404
        assert read(response).select("main .entry") == []
        # A school behind one address still searches, and what is refused is not even counted.
        assert not RateWindow.objects.filter(limit="search").exists()
        counted = RateWindow.objects.get(limit=views.NOT_FOUND).count
        with CaptureQueriesContext(connection) as queries:
            self.client.get("/tin-thu-2/abc/")
        assert not [each["sql"] for each in queries if each["sql"].lstrip().upper().startswith(("INSERT", "UPDATE"))]
        assert RateWindow.objects.get(limit=views.NOT_FOUND).count == counted == LIMITS[views.NOT_FOUND].count
        assert self.client.get("/tim-kiem/?q=tin").status_code == 200

    def test_it_stands_when_the_database_is_away(self):
        def away(*_args, **_kwargs):
            raise OperationalError("máy chủ không trả lời")

        request = RequestFactory().get("/tin-tuc/khong-co/")
        for name in ("limit_peek", "limit_hit", "search_public"):
            kept = getattr(views, name)
            setattr(views, name, away)
            try:
                response = views.page_not_found(request, Exception())
            finally:
                setattr(views, name, kept)
            assert response.status_code == 404
            assert len(read(response).select("main h1")) == 1


MAP = 7
