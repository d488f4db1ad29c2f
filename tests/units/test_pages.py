"""The directory and the pages of units: what people find, what stays out, and how many queries it costs."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest
from bs4 import BeautifulSoup

from cms.core.models import Unit
from cms.core.ports import UnitSlot, unit_slots
from cms.core.services.units import unit_save
from cms.news.models import NewsIndexPage, NewsPage
from cms.units.models import UnitIndexPage, UnitNotice, UnitPage, UnitPerson
from cms.units.services.pages import unit_pages_make
from tests.site import build_site


def school(code, name, **values):
    parent = Unit.objects.get(parent=None)
    return unit_save(**{"code": code, "name": name, "kind": "primary", "parent": parent, **values})[0]


def read(answer):
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def names(page):
    return [title.get_text(strip=True) for title in page.select("main .entry__title")]


class DirectoryTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.one = school("TH-CX", "Trường Tiểu học Cầu Xanh", area="Phường Cầu Xanh", short_name="TH Cầu Xanh")
        cls.two = school("TH-NT", "Trường Tiểu học Nắng Trưa", area="phường cầu xanh")
        cls.three = school("THCS-BD", "Trường THCS Bến Đò", kind="lower_secondary", area="Xã Bến Đò")
        cls.closed = school("TH-CU", "Trường Tiểu học Bến Cũ", active=False)
        unit_pages_make(units=[cls.one, cls.three], publish=True)

    def asked(self, query=""):
        return names(read(self.client.get(f"/don-vi/{query}")))

    def test_every_unit_that_exists_is_listed_with_or_without_a_page(self):
        page = read(self.client.get("/don-vi/"))
        found = names(page)
        assert {self.one.name, self.two.name, self.three.name} < set(found)
        assert self.closed.name not in found
        linked = {link.get_text(strip=True) for link in page.select("main .entry__title a")}
        assert self.one.name in linked
        assert self.two.name not in linked

    def test_filters_narrow_one_another_and_names_need_no_marks(self):
        assert self.asked("?loai=truong-tieu-hoc") == [self.one.name, self.two.name]
        assert self.asked("?dia-ban=phuong-cau-xanh") == [self.one.name, self.two.name]
        assert self.asked("?q=cau+xanh") == [self.one.name, self.two.name]
        assert self.asked("?q=nang+trua") == [self.two.name]
        assert self.asked("?q=thcs-bd") == [self.three.name]
        assert self.asked("?loai=truong-tieu-hoc&q=ben+do") == []

    def test_two_spellings_of_an_area_are_one_choice(self):
        choices = [option["value"] for option in read(self.client.get("/don-vi/")).select("#loc-dia-ban option")]
        assert choices == ["", "phuong-cau-xanh", "xa-ben-do"]

    def test_nothing_found_says_so_and_leads_back(self):
        page = read(self.client.get("/don-vi/?q=khong-co-truong-nay"))
        assert page.select_one(".empty a")["href"] == "/don-vi/"
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"

    def test_nonsense_in_the_address_is_no_filter(self):
        everything = self.asked()
        for query in ("?loai=%00", "?loai=khong-co", "?trang=abc", "?trang=99999999999", "?dia-ban=+"):
            with self.subTest(query):
                assert self.asked(query) == everything
        assert self.asked("?dia-ban=khong-co") == []

    def test_the_pager_keeps_the_filters(self):
        Unit.objects.bulk_create(
            Unit(code=f"X{n}", name=f"Trường X{n}", slug=f"x{n}", kind="kindergarten") for n in range(45)
        )
        page = read(self.client.get("/don-vi/?loai=truong-mam-non&trang=2"))
        assert len(names(page)) == 20
        assert {link["href"] for link in page.select(".pager a")} == {
            "?loai=truong-mam-non&trang=1",
            "?loai=truong-mam-non&trang=3",
        }

    def test_the_address_below_which_others_link_cannot_be_changed(self):
        index = UnitIndexPage.objects.get()
        index.slug = "danh-ba"
        with pytest.raises(ValidationError, match="don-vi"):
            index.full_clean()


class UnitPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.unit = school(
            "TH-CX",
            "Trường Tiểu học Cầu Xanh",
            address="Số 12 đường Bờ Sông",
            phone="0900 000 001",
            opening_hours="Sáng thứ Hai",
            feedback_box="Bên phải cổng",
            map_url="https://bando.example.vn/cx",
        )
        (cls.page,) = unit_pages_make(units=[cls.unit], publish=True)
        today, day = timezone.localdate(), timedelta(days=1)
        cls.page.people = [
            UnitPerson(name="Bùi Thị Vở", position="Hiệu trưởng", duties="Phụ trách chung\nTiếp phụ huynh", leads=True),
            UnitPerson(name="Tô Thị Phấn", position="Văn thư"),
        ]
        cls.page.notices = [
            UnitNotice(title="Còn hạn", posted_on=today, until=today),
            UnitNotice(title="Hết hạn", posted_on=today - 9 * day, until=today - day),
            UnitNotice(title="Chưa tới", posted_on=today + day),
        ]
        cls.page.save_revision().publish()

    def get(self):
        return read(self.client.get(self.page.url))

    def test_contacts_people_and_the_form_addressed_to_it(self):
        page = self.get()
        text = page.main.get_text(" ", strip=True)
        for words in (
            "Số 12 đường Bờ Sông",
            "Sáng thứ Hai",
            "Bên phải cổng",
            "Bùi Thị Vở",
            "Tiếp phụ huynh",
            "Văn thư",
        ):
            assert words in text
        links = {link["href"] for link in page.main.select("a[href]")}
        assert {"tel:0900000001", "https://bando.example.vn/cx", "/phan-anh-kien-nghi/gui/?don-vi=TH-CX"} <= links
        assert page.select_one('link[type="application/atom+xml"]')["href"] == f"/don-vi/{self.unit.slug}/atom.xml"

    def test_notices_stand_from_their_day_to_the_end_of_their_last(self):
        text = self.get().main.get_text()
        assert "Còn hạn" in text
        assert "Hết hạn" not in text
        assert "Chưa tới" not in text

    def test_its_own_news_and_nobody_elses(self):
        index = NewsIndexPage.objects.get()
        for title, unit in (("Tin của trường", self.unit), ("Tin của cơ quan", None)):
            index.add_child(instance=NewsPage(title=title, lead="x", owner_unit=unit))
        text = self.get().main.get_text()
        assert "Tin của trường" in text
        assert "Tin của cơ quan" not in text

    def test_a_unit_that_takes_no_cases_offers_no_form(self):
        unit_save(code="TH-CX", takes_cases=False)
        page = self.get()
        assert not page.main.select('a[href*="/gui/"]')
        assert page.select_one("#noi-nhan") is None

    def test_a_closed_unit_keeps_its_page_and_says_so(self):
        unit_save(code="TH-CX", active=False)
        assert "đã ngừng hoạt động" in self.get().main.get_text()
        assert not self.get().main.select('a[href*="/gui/"]')

    def test_name_and_address_follow_the_catalogue(self):
        unit_save(code="TH-CX", name="Trường Tiểu học Cầu Xanh Mới")
        page = UnitPage.objects.get(unit=self.unit)
        assert (page.title, page.draft_title, page.slug) == ("Trường Tiểu học Cầu Xanh Mới",) * 2 + (self.unit.slug,)
        assert self.get().h1.get_text(strip=True) == "Trường Tiểu học Cầu Xanh Mới"

    def test_an_unfinished_draft_is_not_published_by_a_new_name(self):
        self.page.refresh_from_db()
        self.page.intro = "Lời chưa duyệt"
        self.page.save_revision()
        unit_save(code="TH-CX", name="Tên mới của trường")
        page = self.get().main.get_text()
        assert "Lời chưa duyệt" not in page
        assert UnitPage.objects.get(unit=self.unit).has_unpublished_changes

    def test_a_page_does_not_change_its_unit(self):
        self.page.refresh_from_db()
        self.page.unit = school("TH-NT", "Trường Tiểu học Nắng Trưa")
        with pytest.raises(ValidationError, match="một đơn vị khác"):
            self.page.full_clean()

    def test_a_slot_shows_only_when_its_app_has_something(self):
        slot = UnitSlot("thu", "Thử", "components/empty.html", lambda pk: {"text": "Kết quả khảo sát"} if pk else None)
        none = UnitSlot("khong", "Không", "components/empty.html", lambda _pk: None)
        assert "Kết quả khảo sát" not in self.get().main.get_text()
        for each in (slot, none):
            unit_slots.register(each)
            self.addCleanup(unit_slots.items.pop, each.name)
        assert self.get().main.get_text().count("Kết quả khảo sát") == 1

    def test_the_site_search_finds_it_by_name_and_by_its_people(self):
        for words in ("cau+xanh", "bui+thi+vo", "TH-CX"):
            hits = read(self.client.get(f"/tim-kiem/?q={words}&loai=unit")).select("main .entry__title a")
            assert [hit["href"] for hit in hits] == [self.page.url], words

    def test_people_of_a_page_that_is_not_open_are_not_found(self):
        PageViewRestriction.objects.create(page=self.page, restriction_type="password", password="mo-ra")
        hits = read(self.client.get("/tim-kiem/?q=bui+thi+vo")).select("main .entry__title a")
        assert hits == []
        hit = read(self.client.get("/tim-kiem/?q=cau+xanh")).select_one("main .entry__title a")
        assert hit["href"] == "/don-vi/?q=TH-CX"

    def test_taken_down_the_search_leads_to_the_directory(self):
        self.page.unpublish()
        hit = read(self.client.get("/tim-kiem/?q=cau+xanh")).select_one("main .entry__title a")
        assert hit["href"] == "/don-vi/?q=TH-CX"
        assert names(read(self.client.get(hit["href"]))) == [self.unit.name]


class QueriesTest(TestCase):
    """The cost of a page does not grow with the units, people and notices on it."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        rooms = [school(f"P{n}", f"Phòng số {n}", kind="room") for n in range(2)]
        unit_pages_make(units=[*rooms, *(school(f"T{n}", f"Trường số {n}") for n in range(3))], publish=True)

    def cost(self, address):
        self.client.get(address)  # what is asked once a process
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        return len(queries)

    def test_lists_and_charts(self):
        addresses = (
            "/don-vi/",
            "/gioi-thieu/so-do-to-chuc/",
            "/gioi-thieu/lanh-dao/",
            "/gioi-thieu/lien-he/",
            "/gioi-thieu/noi-tiep-nhan/",
        )
        before = {address: self.cost(address) for address in addresses}
        parent = Unit.objects.get(parent=None)
        Unit.objects.bulk_create(
            Unit(code=f"M{n}", name=f"Trường M{n}", slug=f"m{n}", kind="room" if n % 3 else "primary", parent=parent)
            for n in range(997)
        )
        unit_pages_make(units=Unit.objects.filter(code__in=[f"M{n}" for n in range(20)]), publish=True)
        assert {address: self.cost(address) for address in addresses} == before

    def test_the_page_of_one_unit(self):
        page = UnitPage.objects.first()
        page.people = [UnitPerson(name="A", position="B") for _each in range(3)]
        page.notices = [UnitNotice(title="A") for _each in range(3)]
        page.save_revision().publish()
        before = self.cost(page.url)
        page.people = [UnitPerson(name="A", position="B") for _each in range(30)]
        page.notices = [UnitNotice(title="A") for _each in range(30)]
        page.save_revision().publish()
        assert self.cost(page.url) == before
