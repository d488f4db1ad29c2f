"""A school under its own host name: its page is the first, and what is the portal's is shown at the portal."""

from django.test import Client, TestCase, override_settings

from wagtail.models import Site

from bs4 import BeautifulSoup

from cms.core.models import AgencySettings, SearchEntry, Unit
from cms.core.services.units import unit_save
from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.models import StandardPage
from cms.units.services.pages import unit_pages_make
from tests.site import build_site

HOST = "cauxanh.example.vn"
PORTAL = "http://cong.example.vn"


@override_settings(ALLOWED_HOSTS=[HOST, "cong.example.vn"], SITE_URL=PORTAL)
class OwnHostTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        portal = Site.objects.get()
        portal.hostname, portal.port = "cong.example.vn", 80
        portal.save()
        agency = Unit.objects.get(parent=None)
        cls.unit = unit_save(
            code="TH-CX", name="Trường Tiểu học Cầu Xanh", kind="primary", parent=agency, address="Số 12 đường Bờ Sông"
        )[0]
        (cls.page,) = unit_pages_make(units=[cls.unit], publish=True)
        cls.own = StandardPage(title="Nội quy trường", slug="noi-quy", show_in_menus=True)
        cls.page.add_child(instance=cls.own)
        cls.own.save_revision().publish()
        cls.news = NewsPage(title="Tin của trường", lead="Mở đầu.", owner_unit=cls.unit)
        NewsIndexPage.objects.get().add_child(instance=cls.news)
        cls.news.save_revision().publish()
        cls.site = Site.objects.create(hostname=HOST, port=80, root_page=cls.page, site_name="Cầu Xanh")

    def setUp(self):
        self.school, self.portal = Client(headers={"host": HOST}), Client(headers={"host": "cong.example.vn"})

    def read(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))
        return BeautifulSoup(answer.content, "html.parser")

    def test_the_first_page_is_the_schools_under_its_own_name(self):
        page = self.read(self.school, "/")
        assert page.h1.get_text(strip=True) == "Trường Tiểu học Cầu Xanh"
        assert page.select_one(".masthead__org").get_text(strip=True) == "Trường Tiểu học Cầu Xanh"
        assert page.select_one(".masthead__parent").get_text(strip=True) == AgencySettings.load().name
        assert page.select_one(".masthead__name")["href"] == "/"
        assert "Số 12 đường Bờ Sông" in page.footer.get_text()
        assert AgencySettings.load().name == AgencySettings.objects.get().name, "the copy was not saved"

    def test_the_menu_and_the_way_back_are_the_schools(self):
        page = self.read(self.school, "/noi-quy/")
        assert [link["href"] for link in page.select(".menu a")] == ["/noi-quy/"]
        assert [(link.get_text(strip=True), link["href"]) for link in page.select(".crumbs a")] == [("Trang chủ", "/")]

    def test_one_address_is_the_true_one_whichever_was_opened(self):
        for client, address in ((self.school, "/"), (self.portal, f"/don-vi/{self.unit.slug}/")):
            page = self.read(client, address)
            assert page.select_one('link[rel="canonical"]')["href"] == f"http://{HOST}/"

    def test_the_way_back_on_the_portal_begins_at_the_portal(self):
        page = self.read(self.portal, f"/don-vi/{self.unit.slug}/")
        assert [link.get_text(strip=True) for link in page.select(".crumbs a")] == ["Trang chủ", "Đơn vị, trường học"]

    def test_what_stands_only_on_the_portal_is_shown_there(self):
        for address in ("/phan-anh-kien-nghi/?don-vi=truong-tieu-hoc-cau-xanh", "/van-ban/", "/tin-tuc/"):
            answer = self.school.get(address)
            assert (answer.status_code, answer["Location"]) == (302, f"{PORTAL}{address}")
        for address in ("/khong-co/", "/don-vi-khong-co/"):
            assert self.school.get(address).status_code == 404

    def test_a_draft_of_the_portal_is_nowhere(self):
        self.news.unpublish()
        assert self.school.get(f"/tin-tuc/{self.news.slug}/").status_code == 404

    def test_links_to_the_schools_news_lead_to_the_portal(self):
        page = self.read(self.school, "/")
        link = next(link for link in page.main.select("a") if link.get_text(strip=True) == "Tin của trường")
        assert link["href"] == f"{PORTAL}/tin-tuc/{self.news.slug}/"

    def test_services_answer_on_the_schools_name_too(self):
        for address in (
            "/tim-kiem/?q=cau+xanh",
            "/phan-anh-kien-nghi/gui/?don-vi=TH-CX",
            "/phan-anh-kien-nghi/tra-cuu/",
            f"/don-vi/{self.unit.slug}/nhung/",
            f"/don-vi/{self.unit.slug}/atom.xml",
            f"/don-vi/{self.unit.slug}/noi-tiep-nhan/",
        ):
            with self.subTest(address):
                assert self.school.get(address).status_code == 200

    def test_the_quick_search_begins_with_what_is_the_schools(self):
        box = self.read(self.school, "/noi-quy/").select_one(".masthead__find input[name=don-vi]")
        assert box["value"] == self.unit.slug
        assert self.read(self.portal, "/van-ban/").select_one(".masthead__find input[name=don-vi]") is None
        hits = self.read(self.school, f"/tim-kiem/?q=tin+cua+truong&don-vi={self.unit.slug}")
        assert [link.get_text(strip=True) for link in hits.select("main .entry__title a")] == ["Tin của trường"]

    def test_the_search_learns_the_new_address_and_forgets_it(self):
        entry = SearchEntry.objects.filter(kind="unit", object_id=str(self.unit.pk))
        assert entry.get().url == f"http://{HOST}/"
        self.site.delete()
        assert entry.get().url == f"/don-vi/{self.unit.slug}/"

    def test_the_sitemap_of_the_school_holds_the_schools_pages(self):
        text = self.school.get("/sitemap.xml").content.decode()
        assert f"http://{HOST}/noi-quy/" in text
        assert "/van-ban/" not in text
