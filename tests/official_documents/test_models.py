"""One document: what follows from its number and day, and what it warns of."""

from datetime import date

from django.core.exceptions import ValidationError
from django.test import TestCase

import pytest

from cms.core.models import CitationLine
from cms.core.search import search
from cms.official_documents.enums import DOCUMENT_KINDS, kind_named, kind_of_number
from cms.official_documents.factories import document
from cms.official_documents.models import DocumentBasis, OfficialDocumentIndexPage, OfficialDocumentPage
from tests.site import build_site


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("21/KH-GD&ĐT", "ke-hoach"),
        ("1078/BC-SGDĐT", "bao-cao"),
        ("382/QĐ-SGDĐT", "quyet-dinh"),
        ("03/SGDĐT-TCCB", "cong-van"),
        ("30/2020/NĐ-CP", "nghi-dinh"),
        ("72/2025/QH15", "luat"),
        ("không phải số", ""),
    ],
)
def test_the_number_says_the_kind(number, kind):
    assert kind_of_number(number) == kind


def test_the_29_kinds_of_the_decree_come_first_and_are_found_by_name():
    assert len({code for code, _name in DOCUMENT_KINDS}) == len(DOCUMENT_KINDS)
    assert [kind_named(str(name)) for _code, name in DOCUMENT_KINDS[:29]] == [code for code, _ in DOCUMENT_KINDS[:29]]
    assert kind_named("ke  hoach") == "ke-hoach"
    assert kind_named("QĐ") == "quyet-dinh"
    assert kind_named("gì đó") == ""


class DocumentTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()

    def test_kind_year_and_address_follow_from_number_and_day(self):
        page = document(self.index, "Số: 7 / KH-SGDĐT", issued_on=date(2024, 2, 1))
        assert (page.number, page.document_type, page.issued_year) == ("07/KH-SGDĐT", "ke-hoach", 2024)
        assert page.slug == "07-kh-sgddt-2024"

    def test_a_number_stays_as_it_is_printed(self):
        assert document(self.index, "7/KH-SGDĐT").number == "7/KH-SGDĐT"

    def test_a_law_without_day_has_the_year_of_its_number(self):
        page = document(self.index, "61/2018/NĐ-CP", issued_on=None, issuer="Chính phủ")
        assert (page.issued_year, page.sort_on) == (2018, date(2018, 1, 1))

    def test_a_double_number_warns_only_within_year_and_issuer(self):
        first = document(self.index, "31/BC-SGDĐT", issued_on=date(2024, 5, 13))
        second = document(self.index, "31/BC-SGDDT", issued_on=date(2024, 5, 31))
        document(self.index, "31/BC-SGDĐT", issued_on=date(2023, 5, 31))
        document(self.index, "31/BC-SGDĐT", issued_on=date(2024, 5, 31), issuer="Sở khác")
        assert list(first.doubles) == [second]
        assert first.slug != second.slug

    def test_days_that_contradict_each_other_are_refused(self):
        page = OfficialDocumentPage(number="1/KH-A", issued_on=date(2024, 2, 1), effective_on=date(2024, 1, 1))
        with pytest.raises(ValidationError, match="Ngày có hiệu lực"):
            page.clean()

    def test_a_basis_links_to_what_is_public_here_now_and_is_words_otherwise(self):
        page = document(self.index, "31/BC-SGDĐT")
        page.bases = [
            DocumentBasis(number="76/KH-UBND", issued_on=date(2022, 3, 3), issuer_name="UBND Huyện"),
            DocumentBasis(abstract="Luật Giáo dục"),
        ]
        page.save_revision().publish()
        lines = OfficialDocumentPage.objects.get(pk=page.pk).basis_lines
        assert lines == [CitationLine("76/KH-UBND ngày 03/03/2022 của UBND Huyện"), CitationLine("Luật Giáo dục")]
        cited = document(self.index, "76/KH-UBND", issued_on=date(2022, 3, 3), issuer="UBND Huyện")
        assert OfficialDocumentPage.objects.get(pk=page.pk).basis_lines[0].url == cited.url
        cited.unpublish()
        assert OfficialDocumentPage.objects.get(pk=page.pk).basis_lines[0].url == ""

    def test_a_basis_that_two_documents_could_be_is_not_guessed(self):
        page = document(self.index, "31/BC-SGDĐT")
        page.bases = [DocumentBasis(number="76/KH-UBND")]
        page.save_revision().publish()
        document(self.index, "76/KH-UBND", issued_on=date(2022, 3, 3))
        document(self.index, "76/KH-UBND", issued_on=date(2023, 3, 3))
        assert OfficialDocumentPage.objects.get(pk=page.pk).basis_lines[0].url == ""

    def test_the_site_search_finds_a_public_document_by_number_and_words(self):
        page = document(self.index, "21/KH-GD&ĐT", title="Nâng cao sự hài lòng của phụ huynh")
        for query in ("21/KH-GDDT", "nang cao su hai long", '"hài lòng'):
            assert [hit.url for hit in search(query, kind="official_document").hits] == [page.url]
        page.unpublish()
        assert search("hài lòng", kind="official_document").total == 0
