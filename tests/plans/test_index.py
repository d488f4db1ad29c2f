"""The list of plans as readers use it: search and filters together, chips, empty states, cost; and the year page."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from bs4 import BeautifulSoup

from cms.core.models import Unit
from cms.home.models import ReformYearPage
from cms.plans.factories import plan
from cms.plans.models import PlanIndexPage
from tests.site import build_site

ADDRESS = "/cai-cach-hanh-chinh/"


class PlanListTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = PlanIndexPage.objects.get()
        cls.agency = Unit.objects.get(parent=None)
        cls.school = Unit.objects.create(
            code="TH-A", name="Trường A", slug="truong-a", kind="primary", parent=cls.agency
        )

    def read(self, query="", address=ADDRESS):
        response = self.client.get(f"{address}{query}")
        assert response.status_code == 200
        return response, BeautifulSoup(response.content.decode(), "html.parser")

    def shown(self, query=""):
        return [row.number for row in self.read(query)[0].context["plan_page"]]


class FilterTest(PlanListTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        plan(cls.index, "1/KH-A", title="Chuyển đổi số", issued_on=date(2024, 1, 5), owner_unit=cls.school)
        plan(cls.index, "2/ĐA-A", title="Đề án trường học", document_type="de-an", issued_on=date(2023, 1, 5))
        plan(cls.index, "3/KH-A", title="Chuyển đổi số bí mật", issued_on=date(2019, 1, 5)).unpublish()
        plan(cls.index, "4/KH-A", title="Chưa có ngày", issued_on=None)

    def test_each_filter_narrows_and_all_work_together(self):
        assert self.shown() == ["1/KH-A", "2/ĐA-A", "4/KH-A"]
        assert self.shown("?nam=2023") == self.shown("?loai=de-an") == ["2/ĐA-A"]
        assert self.shown("?don-vi=truong-a") == self.shown("?q=chuyen+doi+so") == ["1/KH-A"]
        assert self.shown("?q=viec+2") == ["1/KH-A", "2/ĐA-A", "4/KH-A"], "a plan is found by its tasks"
        assert self.shown("?q=chuyen+doi+so&nam=2024&loai=ke-hoach&don-vi=truong-a") == ["1/KH-A"]
        assert self.shown("?loai=de-an&nam=2024") == []

    def test_nonsense_in_the_address_is_never_an_error(self):
        for query in ("?nam=abc", "?nam=99999999999999", "?nam=٢٠٢٤", "?loai=%00", "?don-vi=%00", "?don-vi=không"):
            assert self.shown(query) == ["1/KH-A", "2/ĐA-A", "4/KH-A"], query
        for query in ("?q=%22", "?q=%27%3B--", "?q=" + "a" * 900, "?don-vi=khong-co", "?trang=x"):
            self.read(query)

    def test_the_page_offers_what_occurs_and_says_what_is_chosen(self):
        _, page = self.read("?loai=ke-hoach&q=chuyển")
        form = page.select_one("[data-in-place] form")
        assert form.select_one("[name=loai] option[selected]")["value"] == "ke-hoach"
        assert [each.get_text() for each in form.select("[name=nam] option")] == ["Tất cả", "2024 (1)"]
        assert [each.get_text() for each in form.select("[name=don-vi] option")] == ["Tất cả", "Trường A (1)"]
        assert [chip.get_text(" ", strip=True) for chip in page.select(".chip")][:2] == [
            "Loại: Kế hoạch (bỏ điều kiện này) ×",
            "Từ khóa: chuyển (bỏ điều kiện này) ×",
        ]
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"
        assert page.select_one("#ket-qua").get_text() == "1 kế hoạch"

    def test_no_result_has_a_sentence_and_a_way_back(self):
        _, page = self.read("?nam=1999&q=xyzt")
        assert "Không có kế hoạch nào khớp mọi điều kiện." in page.get_text()
        assert page.select_one(f'.empty a[href="{ADDRESS}"]')

    def test_a_filtered_list_costs_the_same_for_many(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.read("?q=viec&nam=2024&don-vi=truong-a")
            return len(queries)

        cost()
        few = cost()
        for place in range(10, 24):
            plan(self.index, f"{place}/KH-A", issued_on=date(2024, 2, 1), owner_unit=self.school)
        assert cost() == few


class YearPageTest(PlanListTest):
    def test_plans_of_schools_and_plans_without_tasks_stand_apart(self):
        year = self.index.add_child(instance=ReformYearPage(title="Năm 2024", slug="nam-2024", year=2024))
        plan(self.index, "1/KH-A", owner_unit=self.agency)
        plan(self.index, "2/KH-A", tasks=0)
        plan(self.index, "3/KH-TH", owner_unit=self.school)
        _, page = self.read(address=year.url)
        found = {
            section.h2.get_text(strip=True): [each.get_text() for each in section.select(".entry__number")]
            for section in page.select("main section[aria-labelledby^=ke-hoach]")
        }
        assert found == {
            "Kế hoạch và tiến độ": ["1/KH-A"],
            "Kế hoạch khác của cơ quan": ["2/KH-A"],
            "Kế hoạch của các trường": ["3/KH-TH"],
        }
