"""The yearly papers of administrative reform: which is which, and the page that gathers them."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

import pytest

from cms.core.search import search
from cms.home.models import ReformYearPage
from cms.official_documents.enums import ReformPart, reform_part_of
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import document_import
from cms.plans.models import PlanIndexPage
from tests.official_documents.test_services import AGENCY, rows
from tests.site import build_site


@pytest.mark.parametrize(
    ("kind", "abstract", "part", "year"),
    [
        ("ke-hoach", "Thực hiện cải cách hành chính năm 2020", ReformPart.PLAN, 2020),
        ("ke-hoach", "Kế hoạch tuyên truyền cải cách hành chính năm 2020", ReformPart.COMMUNICATION, 2020),
        ("ke-hoach", "Kiểm soát thủ tục hành chính năm 2020 của Sở", ReformPart.PROCEDURE_CONTROL, 2020),
        ("ke-hoach", "Kiểm tra công tác CCHC năm 2019", ReformPart.INSPECTION, 2019),
        ("bao-cao", "Kết quả cải cách hành chính quý I và nhiệm vụ quý II", ReformPart.REPORT_Q1, None),
        ("bao-cao", "Kết quả cải cách hành chính 6 tháng đầu năm", ReformPart.REPORT_6M, None),
        ("bao-cao", "Kết quả cải cách hành chính quý III năm 2018", ReformPart.REPORT_9M, 2018),
        ("bao-cao", "Kết quả cải cách hành chính năm 2019 và nhiệm vụ năm 2020", ReformPart.REPORT_YEAR, 2019),
        ("quyet-dinh", "Ban hành tiêu chí chấm điểm cải cách hành chính", ReformPart.SCORING, None),
        ("cong-van", "Góp ý dự thảo CCHC", ReformPart.OTHER, None),
        ("ke-hoach", "Kiểm tra an toàn thực phẩm năm 2020", "", None),
        ("bao-cao", "Tổng kết năm học 2019–2020", "", None),
    ],
)
def test_the_words_say_which_paper_it_is(kind, abstract, part, year):
    assert reform_part_of(kind=kind, abstract=abstract) == (part, year)


class YearPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        section = PlanIndexPage.objects.get()
        cls.pages = {}
        for year in (2024, 2023):
            page = ReformYearPage(title=f"Cải cách hành chính năm {year}", slug=f"nam-{year}", year=year)
            section.add_child(instance=page)
            page.save_revision().publish()
            cls.pages[year] = page

    def shown(self, year=2024):
        return self.client.get(f"/cai-cach-hanh-chinh/nam-{year}/").content.decode()

    def test_an_imported_list_fills_it_and_an_editor_has_the_last_word(self):
        line = ("31/BC-SGDĐT", "28/02/2024", "Kết quả cải cách hành chính quý I năm 2024", "", AGENCY)
        document_import(rows=rows(line), actor=None, publish=True)
        assert "Báo cáo quý I" in self.shown()
        page = OfficialDocumentPage.objects.get()
        page.reform_part = ReformPart.OTHER
        page.save_revision().publish()
        document_import(rows=rows((*line[:2], line[2] + " của Sở", *line[3:])), actor=None, publish=True)
        assert OfficialDocumentPage.objects.get().reform_part == ReformPart.OTHER

    def test_papers_stand_in_the_order_of_the_cycle_and_drafts_do_not(self):
        document(self.index, "9/BC-SGDĐT", issued_on=date(2024, 2, 28), reform_part=ReformPart.REPORT_Q1)
        document(self.index, "1/KH-SGDĐT", issued_on=date(2023, 12, 28), reform_part="plan", reform_year=2024)
        document(self.index, "2/KH-SGDĐT", issued_on=date(2024, 1, 9), reform_part=ReformPart.INSPECTION).unpublish()
        page = self.shown()
        assert page.index("1/KH-SGDĐT") < page.index("9/BC-SGDĐT")
        assert "2/KH-SGDĐT" not in page
        assert "Kế hoạch kiểm tra" not in page
        assert "9/BC-SGDĐT" not in self.shown(2023)

    def test_an_empty_year_says_so_and_years_lead_to_each_other(self):
        assert "Chưa có kế hoạch, văn bản nào của năm này" in self.shown(2023)
        assert "/cai-cach-hanh-chinh/nam-2024/" in self.shown(2023)
        assert "/cai-cach-hanh-chinh/nam-2023/" in self.client.get("/cai-cach-hanh-chinh/").content.decode()
        assert search("cải cách hành chính năm 2023", kind="reform_year").total >= 1

    def test_two_pages_of_one_year_are_refused(self):
        double = ReformYearPage(title="Lần nữa", slug="lan-nua", year=2024)
        with pytest.raises(Exception, match=r"(?i)năm|year"):
            PlanIndexPage.objects.get().add_child(instance=double)

    def test_questions_do_not_grow_with_papers(self):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                self.shown()
            return len(queries)

        document(self.index, "1/BC-SGDĐT", reform_part="report_q1")
        self.shown()
        few = asked()
        for number in range(2, 12):
            document(self.index, f"{number}/BC-SGDĐT", reform_part="report_6m")
        assert asked() == few
