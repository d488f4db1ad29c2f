"""Lists of documents: what they become, what they are refused for, what a person should look at."""

from datetime import date

from django.test import TestCase

import pytest

from cms.core.importing import Fate, UnreadableFileError
from cms.official_documents.factories import document
from cms.official_documents.importers import read_documents
from cms.official_documents.models import Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import document_import, issuer_ensure
from tests.files.make_samples import AGENCY, csv_text, samples
from tests.site import build_site


def read(rows):
    return read_documents(csv_text(rows).encode(), "a.csv")


def remarks(reading):
    return [remark.text for remark in reading.remarks]


class ReadingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()

    def test_a_good_list_is_read_and_nothing_is_written(self):
        reading = read_documents(samples()["van_ban_bom_cham_phay.csv"], "a.csv")
        assert reading.counts == {"new": 4, "changed": 0, "unchanged": 0, "refused": 0, "remarks": 0}
        assert [item.data.kind for item in reading.items] == ["ke-hoach", "quyet-dinh", "cong-van", "nghi-dinh"]
        assert [item.data.issued_on for item in reading.items][2] == date(2024, 1, 2)
        assert not OfficialDocumentPage.objects.exists()
        assert not Issuer.objects.exists()

    def test_every_bad_row_is_refused_with_its_line_and_reason(self):
        reading = read_documents(samples()["van_ban_hong.csv"], "a.csv")
        assert len(reading.items) == 1
        assert {refusal.line: refusal.reason.partition(":")[0] for refusal in reading.refusals} == {
            3: "Số ký hiệu",
            4: "Ngày ban hành",
            5: "Trích yếu",
            6: "Ô “Trích yếu” bắt đầu bằng dấu =, giống công thức.",
            7: "Ngày ban hành",
            8: "Số ký hiệu",
        }
        assert not reading.may_be_written(skip_bad=False)

    def test_a_number_given_twice_in_a_year_is_remarked_on_and_taken(self):
        document(self.index, "30/BC-SGDĐT", issued_on=date(2024, 2, 1), issuer=AGENCY)
        rows = [
            ("31/BC-SGDĐT", "13/05/2024", "Báo cáo một", "", AGENCY),
            ("31/BC-SGDĐT", "31/05/2024", "Báo cáo hai", "", AGENCY),
            ("30/BC-SGDĐT", "01/03/2024", "Báo cáo ba", "", AGENCY),
            ("31/BC-SGDĐT", "13/05/2023", "Năm khác", "", AGENCY),
        ]
        reading = read(rows)
        assert reading.counts["new"] == 4
        assert [remark.line for remark in reading.remarks] == [2, 3, 4]
        assert "13/05/2024, 31/05/2024" in remarks(reading)[0]
        assert "01/02/2024, 01/03/2024" in remarks(reading)[2]

    def test_the_same_document_twice_in_one_file_is_taken_once(self):
        row = ("31/BC-SGDĐT", "13/05/2024", "Báo cáo", "", AGENCY)
        reading = read([row, ("31 /BC-SGDDT", *row[1:])])
        assert reading.counts["new"] == 1
        assert remarks(reading) == ["Trùng văn bản ở dòng 2, chỉ lấy dòng đó."]

    def test_what_looks_odd_is_remarked_on(self):
        cut = ("1/KH-A", "01/01/2024", "Thực hiện cải cách ...", "Kế hoạch", AGENCY)
        other_kind = ("2/KH-A", "01/01/2024", "Một kế hoạch", "Báo cáo", AGENCY)
        unknown_kind = ("3/KH-A", "01/01/2024", "Một kế hoạch", "Giấy lạ", AGENCY)
        reading = read([cut, other_kind, unknown_kind])
        assert remarks(reading) == [
            "Trích yếu bị cắt, cần điền đầy đủ.",
            "Loại “Báo cáo” khác với số ký hiệu 2/KH-A.",
            "Không biết loại “Giấy lạ”, lấy theo số ký hiệu.",
        ]
        assert [item.data.kind for item in reading.items] == ["ke-hoach", "bao-cao", "ke-hoach"]

    def test_a_missing_issuer_is_known_by_the_number(self):
        issuer_ensure(name=AGENCY, abbreviation="SGDĐT")
        reading = read([("5/SGDĐT-VP", "01/01/2024", "A", "", ""), ("6/KH-LA", "01/01/2024", "B", "", "")])
        assert [item.data.issuer_name for item in reading.items] == [AGENCY]
        assert reading.refusals[0].reason == "Cơ quan ban hành: hãy điền mục này."

    def test_the_same_file_again_changes_nothing(self):
        content = samples()["van_ban_tot.csv"]
        first = read_documents(content, "a.csv")
        document_import(rows=[item.data for item in first.items], actor=None, publish=True)
        assert {item.fate for item in read_documents(content, "a.csv").items} == {Fate.UNCHANGED}

    def test_queries_do_not_grow_with_rows(self):
        def rows(count):
            return [(f"{n}/KH-SGDĐT", "01/01/2024", f"Kế hoạch {n}", "", AGENCY) for n in range(1, count + 1)]

        for count in (10, 1000):
            with self.assertNumQueries(2):
                assert read(rows(count)).counts["new"] == count


@pytest.mark.parametrize("name", ["van_ban_bang_ma_cu.csv", "van_ban_thieu_cot.csv", "van_ban_nhay_ho.csv"])
def test_an_unusable_file_is_refused_in_words(name):
    with pytest.raises(UnreadableFileError):
        read_documents(samples()[name], name)
