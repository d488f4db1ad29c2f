"""The register as readers use it: filters together, chips, paging, empty states, and its cost."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

import pytest

from cms.official_documents.factories import document, many_documents
from cms.official_documents.models import DocumentField, Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.querysets import DocumentFilters
from tests.site import build_site

ADDRESS = "/van-ban/"


class IndexTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.area = DocumentField.objects.create(name="Tuyển sinh")
        cls.plan = document(
            cls.index, "12/KH-SGDĐT", title="Tuyển sinh lớp 6", issued_on=date(2024, 1, 5), area=cls.area
        )
        cls.report = document(cls.index, "13/BC-SGDĐT", title="Kết quả tuyển sinh", issued_on=date(2023, 6, 1))
        cls.order = document(cls.index, "7/QĐ-UBND", title="Công bố thủ tục", issuer="UBND tỉnh Mẫu")
        cls.draft = document(cls.index, "99/TB-SGDĐT", title="Tuyển sinh bí mật", issued_on=date(2020, 1, 1))
        cls.draft.unpublish()

    def shown(self, query=""):
        response = self.client.get(f"{ADDRESS}{query}")
        assert response.status_code == 200
        return [row.number for row in response.context["document_page"]]

    def test_the_newest_come_first_and_drafts_never(self):
        assert self.shown() == ["7/QĐ-UBND", "12/KH-SGDĐT", "13/BC-SGDĐT"]

    def test_each_filter_narrows_and_all_work_together(self):
        issuer = Issuer.objects.named("ubnd tinh mau").get()
        assert self.shown("?loai=bao-cao") == ["13/BC-SGDĐT"]
        assert self.shown("?nam=2023") == ["13/BC-SGDĐT"]
        assert self.shown(f"?co-quan={issuer.pk}") == ["7/QĐ-UBND"]
        assert self.shown(f"?linh-vuc={self.area.pk}") == ["12/KH-SGDĐT"]
        assert self.shown("?q=tuyen+sinh") == ["12/KH-SGDĐT", "13/BC-SGDĐT"]
        assert self.shown("?q=tuyen+sinh&nam=2024&loai=ke-hoach") == ["12/KH-SGDĐT"]
        assert self.shown("?q=13/bc-sgddt") == ["13/BC-SGDĐT"]
        assert self.shown("?loai=bao-cao&nam=2024") == []

    def test_nonsense_in_the_address_is_never_an_error(self):
        for query in (
            *("?nam=abc", "?nam=99999999999999", "?nam=٢٠٢٤", "?co-quan=-1", "?co-quan=99999999999", "?loai=%00"),
            *(
                "?trang=0",
                "?trang=999999999999",
                "?trang=x",
                "?q=%22",
                "?q=%27%3B--",
                "?q=" + "a" * 900,
                "?linh-vuc=1e9",
            ),
        ):
            assert self.client.get(f"{ADDRESS}{query}").status_code == 200, query

    def test_the_page_offers_what_occurs_and_says_what_is_chosen(self):
        page = self.client.get(f"{ADDRESS}?loai=ke-hoach&q=lớp").content.decode()
        assert '<option value="ke-hoach" selected' in page
        assert "thong-bao" not in page  # only a draft is a notice
        assert "2020" not in page.split("</header>")[-1].split("<footer")[0]
        assert "Loại văn bản: Kế hoạch" in page
        assert "Từ khóa: lớp" in page
        assert "noindex" in page

    def test_an_empty_result_says_so(self):
        assert "Không có văn bản nào khớp" in self.client.get(f"{ADDRESS}?nam=1999&q=xyzt").content.decode()

    def test_a_document_page_opens(self):
        page = self.client.get(self.plan.url)
        assert page.status_code == 200
        assert "12/KH-SGDĐT" in page.content.decode()

    def test_markup_in_a_title_stays_text(self):
        page = document(self.index, "14/KH-SGDĐT", title="<script>alert(1)</script> & khác")
        for address in (ADDRESS, page.url, f"{ADDRESS}?q=alert"):
            body = self.client.get(address).content.decode()
            assert "<script>alert" not in body
            assert "&lt;script&gt;alert" in body


class CostTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()

    def queries(self, query):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(f"{ADDRESS}{query}").status_code == 200
        return len(queries)

    def test_queries_do_not_grow_with_documents(self):
        many_documents(self.index, 10)
        self.queries("")  # the first visit fills Wagtail's cache of site roots
        few = [self.queries(query) for query in ("", "?nam=2007", "?trang=2")]
        many_documents(self.index, 990)
        assert OfficialDocumentPage.objects.readable().count() == 1000
        many = [self.queries(query) for query in ("", "?nam=2007", "?trang=2")]
        assert many == few
        assert max(many) <= 20

    def test_every_choice_says_how_many_it_would_leave(self):
        many_documents(self.index, 60)
        facets = self.client.get(f"{ADDRESS}?loai=ke-hoach&nam=2007").context["facets"]
        documents = OfficialDocumentPage.objects.readable()
        assert facets.total == documents.filter(document_type="ke-hoach", issued_year=2007).count()
        for kind, count in facets.counts("kind").items():
            assert count == documents.filter(document_type=kind, issued_year=2007).count()
        for year, count in facets.counts("year").items():
            assert count == documents.filter(document_type="ke-hoach", issued_year=year).count()
        assert sum(facets.counts("area").values()) == facets.total

    def test_the_list_is_walked_so_far_and_no_further(self):
        many_documents(self.index, 1030)
        response = self.client.get(f"{ADDRESS}?trang=9999")
        assert response.context["document_page"].number == 50
        page = response.content.decode()
        assert "1.030 văn bản" in page
        assert "Danh sách dừng ở 1.000 văn bản mới nhất" in page
        assert "Danh sách dừng" not in self.client.get(ADDRESS).content.decode()

    def test_a_far_page_reads_its_rows_only(self):
        many_documents(self.index, 60)
        with self.assertNumQueries(3):  # count, keys, rows
            page = OfficialDocumentPage.objects.readable().newest().listed("3")
            assert len([row.issuer.name for row in page]) == 20


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, DocumentFilters()),
        ({"loai": "ke-hoach", "nam": "2024"}, DocumentFilters(kind="ke-hoach", year=2024)),
        ({"nam": "02024x"}, DocumentFilters()),
        ({"q": "  a   b "}, DocumentFilters(words="a b")),
    ],
)
def test_filters_are_read_from_the_address(query, asked):
    assert DocumentFilters.from_query(query) == asked
    assert bool(asked) == (asked != DocumentFilters())


class ClosedSectionTest(TestCase):
    def test_a_document_behind_a_log_in_is_nowhere(self):
        build_site()
        index = OfficialDocumentIndexPage.objects.get()
        closed, shown = document(index, "12/KH-SGDĐT"), document(index, "13/KH-SGDĐT")
        closed.view_restrictions.create(restriction_type="login")
        listed = self.client.get(ADDRESS).context["document_page"]
        assert [row.pk for row in listed] == [shown.pk]
        assert [row.pk for row in self.client.get(f"{ADDRESS}?q=12/KH-SGDĐT").context["document_page"]] == []
