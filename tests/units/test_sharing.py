"""What leaves a unit's page for other places: the framed column, the Atom feed, the paper on the wall."""

from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.test import TestCase

import pytest
import segno
from bs4 import BeautifulSoup

from cms.core.embedding import embedding_sites
from cms.core.enums import Role
from cms.core.models import AgencySettings, Unit
from cms.core.services.units import unit_save
from cms.news.models import NewsIndexPage, NewsPage
from cms.units.models import UnitPage
from cms.units.services.pages import unit_pages_make
from feedback import factories
from tests.officers import make_officer
from tests.site import build_site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("", []),
        ("https://truong.example.vn", ["https://truong.example.vn"]),
        ("  HTTPS://Truong.Example.vn/ \n\nhttps://truong.example.vn:443", ["https://truong.example.vn"]),
        ("http://truong.example.vn:8080", ["http://truong.example.vn:8080"]),
        ("https://trường.example.vn", ["https://" + "trường.example.vn".encode("idna").decode()]),
    ],
)
def test_a_site_is_kept_as_its_origin(text, sites):
    assert embedding_sites(text) == (sites, [])


@pytest.mark.parametrize(
    "line",
    [
        *("*", "https://*", "https://*.example.vn", "'self'", "truong.example.vn", "//truong.example.vn", "data:"),
        *("javascript:alert(1)", "https://a.vn/trang", "https://a.vn?x=1", "https://a.vn#x", "https://ai@a.vn"),
        *("https://a.vn; script-src *", "https://a.vn, https://b.vn", "https://a.vn https://b.vn", "https://a"),
        *("https://", "https://a.vn:0", "https://a.vn:99999", "https://a.vn:x", "ftp://a.vn", "https://[::1]"),
        *("https://a..vn", "https://-a.vn", "https://a.vn\x00", "https://" + "a" * 64 + ".vn"),
    ],
)
def test_what_could_mean_more_than_one_site_is_refused(line):
    sites, wrong = embedding_sites(line)
    assert sites == []
    assert wrong == [line.strip()]


@pytest.mark.django_db
def test_the_catalogue_refuses_a_wrong_site_beside_its_field():
    with pytest.raises(ValidationError) as caught:
        unit_save(code="A", name="Trường A", kind="primary", embed_sites="https://a.vn\nhttps://*.vn")
    assert list(caught.value.message_dict) == ["embed_sites"]
    assert "https://*.vn" in caught.value.messages[0]
    assert not Unit.objects.exists()


def drawn_again(text):
    """Return the drawing that holds ``text`` and nothing else."""
    code = segno.make_qr(text, error="m")
    drawing = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return str(BeautifulSoup(drawing, "html.parser").svg)


class SharingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        agency = Unit.objects.get(parent=None)
        cls.unit, cls.other = (
            unit_save(code=code, name=f"Trường {code}", kind="primary", parent=agency, phone="0900 000 001")[0]
            for code in ("TH-MOT", "TH-HAI")
        )
        unit_pages_make(units=[cls.unit], publish=True)
        for unit in (cls.unit, cls.other):
            people = (make_officer(role, unit=unit) for role in (Role.INTAKE, Role.HANDLER, Role.LEADER))
            desk = factories.Desk(unit, *people)
            factories.published(desk, title=f"Câu hỏi của {unit.code}")
            cls.draft = factories.public_draft(desk, title=f"Bản nháp của {unit.code}")
        index = NewsIndexPage.objects.get()
        for unit in (cls.unit, cls.other):
            page = index.add_child(instance=NewsPage(title=f"Tin của {unit.code}", lead="Mở đầu.", owner_unit=unit))
            page.save_revision().publish()

    def address(self, tail, unit=None):
        return f"/don-vi/{(unit or self.unit).slug}/{tail}"

    def ancestors(self, answer):
        rules = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
        return rules["frame-ancestors"]

    def test_without_a_word_in_the_catalogue_nobody_may_frame_it(self):
        answer = self.client.get(self.address("nhung/"))
        assert self.ancestors(answer) == "'none'"
        assert answer["X-Frame-Options"] == "DENY"

    def test_the_named_sites_and_only_they_may_frame_this_units_column(self):
        unit_save(code="TH-MOT", embed_sites="https://mot.example.vn\nhttps://www.mot.example.vn")
        answer = self.client.get(self.address("nhung/"))
        assert self.ancestors(answer) == "https://mot.example.vn https://www.mot.example.vn"
        assert "X-Frame-Options" not in answer
        for address in (
            self.address("nhung/", self.other),
            self.address("noi-tiep-nhan/"),
            self.address(""),
            "/",
        ):
            other = self.client.get(address)
            assert self.ancestors(other) == "'none'", address
            assert other["X-Frame-Options"] == "DENY", address

    def test_the_column_shows_the_units_own_and_nothing_private(self):
        answer = self.client.get(self.address("nhung/"))
        text = BeautifulSoup(answer.content, "html.parser").get_text()
        assert "Câu hỏi của TH-MOT" in text
        assert "Tin của TH-MOT" in text
        assert "TH-HAI" not in text
        assert "Bản nháp" not in text
        assert not answer.cookies
        assert 'target="_blank"' in answer.content.decode()
        assert not BeautifulSoup(answer.content, "html.parser").select("nav, form")

    def test_the_feed_holds_news_and_answers_of_this_unit_newest_first(self):
        answer = self.client.get(self.address("atom.xml"))
        assert answer["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        titles = [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]
        assert sorted(titles) == ["Câu hỏi của TH-MOT", "Tin của TH-MOT"]
        links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
        assert all(link.startswith("http") for link in links)
        assert not answer.cookies

    def test_what_is_taken_down_leaves_the_feed_at_once(self):
        NewsPage.objects.get(owner_unit=self.unit).unpublish()
        assert "Tin của" not in self.client.get(self.address("atom.xml")).content.decode()

    def test_the_sheet_says_how_to_reach_this_unit_and_is_made_for_paper(self):
        page = BeautifulSoup(self.client.get(self.address("noi-tiep-nhan/")).content, "html.parser")
        sheet = page.select_one(".sheet").get_text(" ", strip=True)
        assert "Trường TH-MOT" in sheet
        assert "0900 000 001" in sheet
        assert "/phan-anh-kien-nghi/gui/?don-vi=TH-MOT" in sheet
        address = page.select_one(".sheet__address").get_text()
        assert address.startswith("http")
        code = page.select_one(".sheet__code")
        assert "biểu mẫu" in code.select_one('[role="img"]')["aria-label"]
        assert str(code.svg) == drawn_again(address)

    def test_a_unit_that_takes_no_cases_has_a_sheet_without_a_code(self):
        unit_save(code="TH-MOT", takes_cases=False)
        page = BeautifulSoup(self.client.get(self.address("noi-tiep-nhan/")).content, "html.parser")
        assert page.select_one(".sheet__code") is None

    def test_the_agencys_sheet_says_what_its_settings_say(self):
        agency = AgencySettings.load()
        agency.address, agency.opening_hours = "Số 1 đường Học Lành", "Sáng thứ Ba"
        agency.save()
        root = Unit.objects.get(parent=None)
        text = self.client.get(self.address("noi-tiep-nhan/", root)).content.decode()
        assert "Số 1 đường Học Lành" in text
        assert "Sáng thứ Ba" in text
        page = BeautifulSoup(self.client.get(self.address("noi-tiep-nhan/")).content, "html.parser")
        assert "Số 1 đường Học Lành" not in page.select_one(".sheet").get_text()

    def test_a_closed_or_unknown_unit_has_none_of_them(self):
        unit_save(code="TH-MOT", active=False)
        for tail in ("nhung/", "atom.xml", "noi-tiep-nhan/"):
            assert self.client.get(self.address(tail)).status_code == 404
            assert self.client.get(f"/don-vi/khong-co/{tail}").status_code == 404
            assert self.client.post(self.address(tail, self.other)).status_code in {404, 405} or tail == "atom.xml"

    def test_the_editor_finds_the_snippet_for_the_webmaster(self):
        unit_save(code="TH-MOT", embed_sites="https://mot.example.vn")
        self.client.force_login(make_officer(Role.EDITOR, unit=self.unit))
        page = UnitPage.objects.get(unit=self.unit)
        answer = self.client.get(f"/quan-tri/pages/{page.pk}/edit/")
        snippet = BeautifulSoup(answer.content, "html.parser").select_one("#doan-ma-nhung").get_text()
        frame = BeautifulSoup(snippet, "html.parser").iframe
        assert frame["src"].endswith(self.address("nhung/"))
        assert frame["src"].startswith("http")
        assert "Trường TH-MOT" in frame["title"]
        assert "https://mot.example.vn" in answer.content.decode()

    def test_a_page_is_not_copied_and_the_editor_is_told_why(self):
        self.client.force_login(make_officer(Role.PUBLISHER, unit=self.unit))
        page = UnitPage.objects.get(unit=self.unit)
        for answer in (
            self.client.get(f"/quan-tri/pages/{page.pk}/copy/", follow=True),
            self.client.post(
                f"/quan-tri/pages/{page.pk}/copy/",
                {"new_title": "X", "new_slug": "x", "new_parent_page": page.get_parent().pk},
                follow=True,
            ),
        ):
            assert "chỉ có một trang" in answer.content.decode()
        assert UnitPage.objects.filter(unit=self.unit).count() == 1


class AddressedFormTest(TestCase):
    """The form opened from a unit's page, sheet or QR code already says whom it goes to."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.unit = unit_save(code="TH-MOT", name="Trường Một", kind="primary")[0]

    def test_from_the_first_screen_to_the_chosen_unit(self):
        start = BeautifulSoup(self.client.get("/phan-anh-kien-nghi/gui/?don-vi=TH-MOT").content, "html.parser")
        assert "Trường Một" in start.main.get_text()
        first = start.main.select_one("a.button")["href"]
        form = BeautifulSoup(self.client.get(first).content, "html.parser")
        assert form.select_one("select[name=unit] option[selected]").get_text(strip=True) == "Trường Một"

    def test_a_code_that_addresses_nobody_is_passed_over(self):
        unit_save(code="DONG", name="Trường Đóng", kind="primary", active=False)
        unit_save(code="KHONG", name="Xã Không", kind="commune", takes_cases=False)
        for code in ("DONG", "KHONG", "KHONG-CO", "%00", "<script>", "a" * 500, ""):
            with self.subTest(code):
                answer = self.client.get("/phan-anh-kien-nghi/gui/", {"don-vi": code})
                assert answer.status_code == 200
                start = BeautifulSoup(answer.content, "html.parser")
                assert start.main.select_one("a.button")["href"].endswith("/gui/linh-vuc/")
