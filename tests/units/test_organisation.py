"""The pages drawn from the catalogue: chart, leaders, contacts, places of reception."""

from django.test import TestCase

from bs4 import BeautifulSoup

from cms.core.models import AgencySettings, Unit
from cms.core.services.units import unit_save
from cms.units.models import UnitPage, UnitPerson
from cms.units.models.organisation import chart
from cms.units.services.pages import unit_pages_make
from tests.site import build_site


class OrganisationTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.agency = Unit.objects.get(parent=None)
        agency = AgencySettings.load()
        agency.address, agency.phone, agency.email = "Số 1 đường Học Lành", "0900 000 001", "vp@so.example.vn"
        agency.save()
        cls.room = cls.unit("VP", "Văn phòng", "room", head_name="Phan Văn Sổ", head_title="Chánh Văn phòng")
        cls.desk = cls.unit("VP-TC", "Tổ tiếp công dân", "room", parent=cls.room)
        for number in range(12):
            cls.unit(f"TH{number}", f"Trường Tiểu học số {number}", "primary")
        cls.unit("X", "Xã Tân Lập", "commune", takes_cases=False)
        cls.unit("CU", "Trường đã đóng", "primary", active=False)

    @classmethod
    def unit(cls, code, name, kind, parent=None, **values):
        return unit_save(code=code, name=name, kind=kind, parent=parent or cls.agency, **values)[0]

    def read(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser").main

    def test_the_chart_is_a_nested_list_as_units_lie(self):
        page = self.read("/gioi-thieu/so-do-to-chuc/")
        tops = page.select(".chart > li")
        assert [top.select_one(".chart__name").get_text(strip=True) for top in tops] == [self.agency.name]
        room = next(li for li in page.select("li") if li.select_one(".chart__name").get_text(strip=True) == "Văn phòng")
        assert room.select_one(".chart__head").get_text(strip=True) == "Chánh Văn phòng: Phan Văn Sổ"
        assert room.ul.select_one(".chart__name").get_text(strip=True) == "Tổ tiếp công dân"
        assert "Trường đã đóng" not in page.get_text()

    def test_many_schools_are_folded_under_their_kind_few_are_open(self):
        groups = {
            group.summary.get_text(strip=True): group.has_attr("open")
            for group in self.read("/gioi-thieu/so-do-to-chuc/").select("details")
        }
        assert groups == {"Trường tiểu học (12)": False, "Xã, phường, đặc khu (1)": True}

    def test_no_unit_is_lost_when_the_one_above_is_closed(self):
        unit_save(code="VP", active=False)
        names = [name.get_text(strip=True) for name in self.read("/gioi-thieu/so-do-to-chuc/").select(".chart__name")]
        assert "Tổ tiếp công dân" in names
        assert "Văn phòng" not in names
        assert len(names) == len(set(names)) == Unit.objects.active().count()

    def test_a_ring_made_behind_our_back_ends(self):
        Unit.objects.filter(code="VP").update(parent=self.desk)
        assert chart(Unit.objects.active().in_order(), {})

    def test_leaders_are_those_of_the_agencys_page_who_are_marked_so(self):
        page = UnitPage.objects.get(unit=self.agency)
        page.people = [
            UnitPerson(
                name="Lâm Thị Giám", position="Giám đốc", duties="Phụ trách chung", biography="Đã dạy học.", leads=True
            ),
            UnitPerson(name="Tô Thị Phấn", position="Văn thư"),
        ]
        page.save_revision().publish()
        text = self.read("/gioi-thieu/lanh-dao/").get_text(" ", strip=True)
        for words in ("Lâm Thị Giám", "Giám đốc", "Phụ trách chung", "Đã dạy học.", "Phan Văn Sổ"):
            assert words in text
        assert "Tô Thị Phấn" not in text
        page.unpublish()
        assert "Lâm Thị Giám" not in self.read("/gioi-thieu/lanh-dao/").get_text()

    def test_contacts_are_the_agencys_and_those_of_its_rooms(self):
        text = self.read("/gioi-thieu/lien-he/").get_text(" ", strip=True)
        for words in ("Số 1 đường Học Lành", "vp@so.example.vn", "Văn phòng", "Phan Văn Sổ"):
            assert words in text
        assert "Trường Tiểu học" not in text

    def test_places_of_reception_are_of_every_unit_that_takes_cases(self):
        page = self.read("/gioi-thieu/noi-tiep-nhan/")
        assert "Số 1 đường Học Lành" in page.get_text()
        assert "Xã Tân Lập" not in page.get_text()
        one = self.read("/gioi-thieu/noi-tiep-nhan/?q=tieu-hoc+so+11")
        links = [link["href"] for link in one.select(".place a")]
        assert "/phan-anh-kien-nghi/gui/?don-vi=TH11" in links
        assert any(link.endswith("/noi-tiep-nhan/") for link in links)

    def test_the_page_of_published_cases_says_where_to_send_one(self):
        page = self.read("/phan-anh-kien-nghi/")
        section = page.select_one("[aria-labelledby=noi-nhan]")
        assert "Số 1 đường Học Lành" in section.get_text()
        assert section.select_one('a[href="/gioi-thieu/noi-tiep-nhan/"]')

    def test_they_stand_before_anybody_has_written_a_word(self):
        UnitPage.objects.all().delete()
        Unit.objects.filter(parent__isnull=False).update(active=False)
        for tail in ("so-do-to-chuc", "lanh-dao", "lien-he", "noi-tiep-nhan"):
            assert self.read(f"/gioi-thieu/{tail}/").h1
        Unit.objects.update(active=False)
        for tail in ("so-do-to-chuc", "lanh-dao", "lien-he", "noi-tiep-nhan"):
            assert self.read(f"/gioi-thieu/{tail}/").select_one(".empty a")


class SetupTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_the_agency_has_its_page_and_a_removed_one_of_a_full_directory_stays_removed(self):
        agency = Unit.objects.get()
        assert UnitPage.objects.get().unit == agency
        other = unit_save(code="A", name="Trường A", kind="primary", parent=agency)[0]
        unit_pages_make(units=[other], publish=True)
        UnitPage.objects.get(unit=agency).delete()
        build_site()
        assert [page.unit for page in UnitPage.objects.all()] == [other]
