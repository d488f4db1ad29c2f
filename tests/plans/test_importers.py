"""Plans in Word: good ones whole, odd ones as far as they go, bad ones refused in words."""

import io
import time
import tracemalloc
import zipfile
from datetime import date

from django.test import TestCase

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cms.core.importing import Fate, UnreadableFileError
from cms.core.models import Unit
from cms.plans.importers import read_plan
from cms.plans.importers.annex import _without_lone_dash
from cms.plans.importers.citations import quoted_documents
from cms.plans.importers.word import read_word
from cms.plans.models import PlanPage
from cms.plans.services import BasisDraft, plan_import
from tests.files.make_samples import TASKS, Plan, samples
from tests.site import build_site


def read(name):
    return read_plan(samples()[name], name)


def only(name):
    reading = read(name)
    assert reading.refusals == []
    return reading.items[0].data


def headings(draft):
    return [(block["value"]["size"], block["value"]["text"]) for block in draft.body if block["type"] == "heading"]


class ReadingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.school = Unit.objects.create(code="MAU-A", name="Trường Mẫu A", slug="truong-mau-a", kind="primary")

    def test_a_good_plan_is_read_whole(self):
        draft = only("ke_hoach_tot.docx")
        assert (draft.number, draft.kind, draft.issued_on) == ("08/KH-PGDĐT", "ke-hoach", date(2024, 2, 5))
        assert draft.title == "Chuyển đổi số trong các trường học năm 2024 <thử & nghiệm>"
        assert draft.issuer_name == "Phòng Văn hóa - Xã hội phường Mẫu"
        assert (draft.signer, draft.signer_title) == ("Lê Thị Mẫu", "KT. TRƯỞNG PHÒNG, PHÓ TRƯỞNG PHÒNG")
        assert draft.recipients == ("Như trên", "Sở GDĐT (để b/c)", "Lưu: VT")
        assert headings(draft) == [
            ("h2", "I. MỤC TIÊU"),
            ("h3", "1. Mục tiêu chung"),
            ("h2", "II. TỔ CHỨC THỰC HIỆN"),
        ]
        assert draft.bases == (
            BasisDraft("", None, "", "Luật Giáo dục ngày 14 tháng 6 năm 2019"),
            BasisDraft("7/QĐ-UBND", date(2024, 2, 1), "UBND tỉnh Mẫu", "Công bố danh mục thủ tục hành chính"),
        )
        assert not PlanPage.objects.exists()

    def test_lines_cut_in_two_are_joined_and_dashes_become_lists(self):
        prose = [block["value"] for block in only("ke_hoach_tot.docx").body if block["type"] == "prose"]
        assert "<ul><li>Mọi trường dùng chung một phần mềm quản lý hồ sơ.</li><li>Ý do Word đặt gạch</li></ul>" in prose

    def test_tasks_know_units_and_days(self):
        first, second = only("ke_hoach_tot.docx").tasks
        assert (first.printed_order, first.content, first.product) == ("1", "Tập huấn giáo viên", "Hội nghị")
        assert first.responsible == "Trường Mẫu A\nPhối hợp: Trường Mẫu B"
        assert first.unit_ids == (self.school.pk,)
        assert (first.deadline_kind, first.deadline_on) == ("by_date", date(2024, 3, 31))
        assert (second.deadline_kind, second.deadline_text) == ("recurring", "Hằng tháng")

    def test_merged_cells_make_groups_and_one_task(self):
        first, second = only("ke_hoach_bang_gop.docx").tasks
        assert (first.part, first.content, first.product) == ("I. Nhiệm vụ chung", "Rà soát hồ sơ", "Danh mục\nBáo cáo")
        assert first.responsible == "Trường Mẫu A\nTrường Mẫu B"
        assert (second.part, second.content) == ("II Nhiệm vụ riêng", "Số hóa học bạ")

    def test_what_the_head_leaves_open_the_annex_fills(self):
        draft = only("ke_hoach_thieu_ngay.docx")
        assert (draft.number, draft.issued_on) == ("08/KH-PGDĐT", date(2024, 2, 5))

    def test_a_plan_without_table_is_taken_with_remarks(self):
        reading = read("ke_hoach_khong_bang.docx")
        assert [remark.text for remark in reading.remarks] == [
            "Không đọc được ngày ban hành, cần điền sau.",
            "Không thấy bảng nhiệm vụ.",
            "Không thấy tên người ký.",
            "Không thấy mục Nơi nhận.",
        ]
        assert reading.counts["new"] == 1

    def test_a_programme_is_a_plan_too(self):
        assert only("chuong_trinh.docx").kind == "chuong-trinh"

    def test_a_task_without_words_is_refused_with_its_row(self):
        refusal = read("ke_hoach_dong_trong.docx").refusals[0]
        assert (refusal.line, refusal.reason) == (4, "Dòng này của bảng nhiệm vụ không có nội dung.")

    def test_what_is_no_plan_is_refused_in_words(self):
        assert "số ký hiệu" in read("ke_hoach_khong_so.docx").refusals[0].reason
        assert "tên loại" in read("thong_bao.docx").refusals[0].reason

    def test_tracked_changes_and_boxes_do_not_leak_deleted_words(self):
        plan = Plan().title()
        paragraph = plan.file.add_paragraph("- Giữ lại ")._p
        paragraph.append(_parsed("<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del>"))
        paragraph.append(_parsed("<w:ins><w:r><w:t>và thêm vào</w:t></w:r></w:ins>"))
        text = str(read_plan(plan.parts().closing().bytes(), "a.docx").items[0].data.body)
        assert "Giữ lại và thêm vào" in text
        assert "đã xóa" not in text

    def test_the_same_file_again_is_unchanged_and_another_one_changed(self):
        plan_import(plans=[only("ke_hoach_tot.docx")], actor=None, publish=True)
        assert read("ke_hoach_tot.docx").items[0].fate is Fate.UNCHANGED
        assert read("ke_hoach_bang_gop.docx").items[0].fate is Fate.CHANGED

    def test_reading_costs_the_same_for_many_tasks(self):
        many = [(str(n), f"Việc {n}", "Báo cáo", "Trường Mẫu A", "", "Quý I") for n in range(1, 150)]
        for tasks in (TASKS, many):
            content = Plan().title().parts().closing().annex(tasks).bytes()
            with self.assertNumQueries(2):
                assert len(read_plan(content, "a.docx").items[0].data.tasks) == len(tasks)


def _parsed(xml):
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


@pytest.mark.parametrize(
    ("name", "words"),
    [("co_macro.docx", "macro"), ("khong_phai_word.docx", "Không đọc được"), ("word_cu.docx", "định dạng cũ")],
)
def test_a_file_that_is_no_plain_word_file_is_refused(name, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(name)


def test_hostile_word_files_are_refused_quickly():
    good = samples()["ke_hoach_tot.docx"]
    for content, name, words in [
        (good, "a.doc", r"\.docx"),
        (good[: len(good) // 2], "a.docx", "Không đọc được"),
        (samples()["van_ban_la.xlsx"], "a.docx", "không phải"),
        (Plan().title().add("x" * 500_000).bytes(), "a.docx", "dài hơn"),
        (Plan().bytes({"word/bomb.xml": b"0" * 70_000_000}), "a.docx", "quá lớn"),
    ]:
        with pytest.raises(UnreadableFileError, match=words):
            read_plan(content, name)


def test_entities_in_the_document_are_not_expanded():
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol">]>'
    bad = Plan().bytes()
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bad)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, entity + body if name == "word/document.xml" else old.read(name))
    reading = None
    try:
        reading = read_plan(out.getvalue(), "a.docx")
    except UnreadableFileError:
        return
    assert reading.refusals
    assert "lol" not in str(reading)


def table(*rows):
    """A Word file with one table of the raw ``rows``."""
    markup = f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
    document = docx.Document()
    document.element.body.insert(0, parse_xml(markup))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cell(text="x", inside=""):
    return f"<w:tc><w:tcPr>{inside}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(cell(inside='<w:gridSpan w:val="2000000000"/>'))], "63 cột"),
        ([row(cell(inside=f'<w:gridSpan w:val="{"9" * 400}"/>'))], "63 cột"),
        ([row(*[cell(inside='<w:gridSpan w:val="63"/>')] * 2)], "63 cột"),
        ([row(cell())] * 2_001, "2000 dòng"),
        ([row(cell(inside='<w:gridSpan w:val="63"/>'))] * 400, "20000 ô"),
    ],
    ids=["span", "long number", "sum", "rows", "cells"],
)
def test_a_table_that_claims_too_much_is_refused_before_it_is_built(rows, words):
    content = table(*rows)
    began = time.monotonic()
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match=words):
        read_word(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 1024 * 1024
    assert time.monotonic() - began < 20


def test_a_long_merged_column_is_read_row_by_row():
    start, more = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>")
    rows = [row(cell("chung", start), cell("0")), *[row(cell("", more), cell(str(n))) for n in range(1, 1_500)]]
    (grid,) = read_word(table(*rows))
    assert len(grid) == 1_500
    assert {line[0].text for line in grid} == {"chung"}
    assert [line[1].text for line in grid] == [str(n) for n in range(1_500)]
    assert len({id(line[0].identity) for line in grid}) == 1


def test_a_span_that_is_no_number_counts_as_one():
    (grid,) = read_word(table(row(cell("a", '<w:gridSpan w:val="٣"/>'), cell("b", '<w:gridSpan w:val="-2"/>'))))
    assert [each.text for each in grid[0]] == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("- Báo cáo tình hình", "Báo cáo tình hình"),
        ("– Báo cáo", "Báo cáo"),
        ("- Rà soát\n- Báo cáo", "- Rà soát\n- Báo cáo"),
        ("Rà soát - báo cáo", "Rà soát - báo cáo"),
        ("-", "-"),
    ],
)
def test_a_lone_dash_before_a_task_goes(written, kept):
    assert _without_lone_dash(written) == kept


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Thực hiện Kế hoạch số 76/KH-UBND ngày 03/3/2022 của UBND Huyện về cải thiện dịch vụ công;",
            [BasisDraft("76/KH-UBND", date(2022, 3, 3), "UBND Huyện", "Cải thiện dịch vụ công")],
        ),
        (
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
            [BasisDraft("30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ", "Công tác văn thư")],
        ),
        (
            "Căn cứ Công văn số 12/SNV-CCHC ngày 1/2/2022, Quyết định số 5/QĐ-A ngày 2/2/2022 của Sở A;",
            [
                BasisDraft("12/SNV-CCHC", date(2022, 2, 1), "", ""),
                BasisDraft("5/QĐ-A", date(2022, 2, 2), "Sở A", ""),
            ],
        ),
        ("Căn cứ Luật Giáo dục;", [BasisDraft("", None, "", "Luật Giáo dục")]),
        ("Để nâng cao chất lượng năm học 2021/2022, xây dựng kế hoạch:", []),
        ("Tỷ lệ 95/100 phiếu ngày 10/3/2022", []),
    ],
)
def test_quoted_documents_are_taken_apart(line, found):
    assert quoted_documents([line]) == found
