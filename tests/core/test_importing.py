"""The kernel of importers: tables from files as offices make them."""

import io

import openpyxl
import pytest

from cms.core.importing import Column, UnreadableFileError, heading_key, read_table
from tests.files.make_samples import GOOD_ROWS, HEADINGS, csv_text, samples

COLUMNS = (
    Column("number", ("Số ký hiệu",), required=True),
    Column("title", ("Trích yếu",), required=True),
    Column("issuer", ("Cơ quan ban hành", "Cơ quan")),
)


def read(content, name="a.csv"):
    return read_table(content, name, COLUMNS)


@pytest.mark.parametrize("heading", ["Số ký hiệu", "SO KY HIEU", "so_ky_hieu", "số kí hiệu", " Số,  ký hiệu "])
def test_headings_are_one_in_every_spelling(heading):
    assert heading_key(heading) == heading_key("Số ký hiệu")


@pytest.mark.parametrize("name", ["van_ban_tot.csv", "van_ban_bom_cham_phay.csv", "van_ban_tab_utf16.csv"])
def test_a_table_is_read_whatever_parts_and_codes_it(name):
    rows = read(samples()[name], name)
    assert [row.values["number"] for row in rows] == [row[0] for row in GOOD_ROWS]
    assert [row.line for row in rows] == [2, 3, 4, 5]
    assert rows[2].values["title"] == "Góp ý dự thảo; kế hoạch năm 2024"
    assert not any(row.problem for row in rows)


def test_excels_own_sep_line_is_understood():
    rows = read(b"sep=;\r\n" + csv_text(GOOD_ROWS, ";").encode())
    assert len(rows) == 4
    assert rows[0].line == 3


def test_a_cell_of_several_lines_keeps_the_count_of_lines():
    rows = read('so_ky_hieu,trich_yeu\r\n1/A-B,"hai\r\ndòng"\r\n2/A-B,một\r\n'.encode())
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "trống"),
        (b" \r\n", "a.csv", "trống"),
        (b"\x00\x01\x02", "a.csv", "CSV"),
        (samples()["van_ban_bang_ma_cu.csv"], "a.csv", "Windows-1258"),
        (samples()["van_ban_thieu_cot.csv"], "a.csv", "Trích yếu"),
        (samples()["van_ban_nhay_ho.csv"], "a.csv", "dòng 2"),
        (csv_text([]).encode(), "a.csv", "chưa có dòng nào"),
        ("so_ky_hieu,Số ký hiệu,trich_yeu\r\n1,2,3".encode(), "a.csv", "hai cột"),
        (b"so_ky_hieu,trich_yeu\r\n1/A-B," + b"x" * 5_000_000, "a.csv", "quá dài"),
        (b"khong phai excel", "a.xlsx", "Không đọc được"),
        (samples()["word_cu.docx"], "a.xlsx", "định dạng cũ"),
        (samples()["ke_hoach_tot.docx"], "a.xlsx", "không phải"),
        (b"a", "a.pdf", ".csv hoặc .xlsx"),
    ],
)
def test_an_unusable_file_is_refused_in_words(content, name, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(content, name)


def test_a_formula_and_a_broken_cell_are_named_and_not_guessed():
    problems = {row.line: row.problem for row in read(samples()["van_ban_la.xlsx"], "a.xlsx") if row.problem}
    assert problems == {
        5: "Ô “Trích yếu” là công thức, hãy dán giá trị thay cho công thức.",
        6: "Ô “Trích yếu” báo lỗi #REF!.",
    }


def test_numbers_and_days_of_excel_read_as_people_see_them():
    rows = read_table(samples()["van_ban_la.xlsx"], "a.xlsx", (*COLUMNS, Column("day", ("Ngày ban hành",))))
    assert [row.values["day"] for row in rows] == ["01/03/2024", "02/03/2024", "03/03/2024", "04/03/2024"]
    assert rows[-1].values["number"] == "24"


def test_a_row_with_an_unquoted_sign_is_refused():
    row = read(b"so_ky_hieu,trich_yeu\r\n1/A-B,mot,hai\r\n")[0]
    assert "3 ô" in row.problem


def test_the_sheet_with_the_headings_is_found():
    book = openpyxl.Workbook()
    book.active.append(["Hướng dẫn"])
    book.create_sheet("Số liệu").append(list(HEADINGS))
    book["Số liệu"].append(list(GOOD_ROWS[0]))
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue(), "a.xlsx")) == 1
