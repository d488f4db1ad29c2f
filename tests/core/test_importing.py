"""The kernel of importers: tables from files as offices make them."""

import io
import random
import time
import tracemalloc
import zipfile

import openpyxl
import pytest

from cms.core.enums import ImportState
from cms.core.importing import Column, Reading, Remark, UnreadableFileError, check_office_file, heading_key, read_table
from cms.core.models import ImportRun
from tests.files.make_samples import GOOD_ROWS, HEADINGS, csv_text, packed, samples

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
        (random.Random(7).randbytes(3000), "a.csv", "Không đọc được"),
        (b"\xff\xfe" + random.Random(8).randbytes(3000), "a.csv", "Không đọc được"),
        (b"%PDF-1.7\n" + bytes(range(1, 32)) * 20, "a.csv", "Không đọc được"),
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


def test_what_is_said_of_many_rows_is_said_once_with_their_numbers():
    reading = Reading(remarks=[Remark(2, "Bị cắt."), Remark(3, "Khác."), Remark(7, "Bị cắt.")])
    told = [(remark.line, remark.text) for remark in reading.gathered_remarks]
    assert told == [(0, "2 dòng (2, 7): Bị cắt."), (3, "Khác.")]
    assert reading.counts["remarks"] == 3
    assert reading.as_report(most=9)["remarks"][0] == {"line": 0, "text": "2 dòng (2, 7): Bị cắt."}


@pytest.mark.parametrize(("total", "words"), [(0, "Không có gì mới để ghi"), (3, "Chờ xác nhận")])
def test_a_run_that_writes_nothing_waits_for_nobody(total, words):
    assert ImportRun(state=ImportState.READY, total=total).state_words == words


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


SHARED_PART = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(sheet, texts=b""):
    """A real workbook with the raw markup ``sheet`` in the place of its only table, and with shared ``texts``."""
    book = openpyxl.Workbook()
    book.active.append(["x"])
    out, result = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | {"xl/worksheets/sheet1.xml": sheet}
        if texts:
            parts["xl/sharedStrings.xml"] = texts
            types = parts["[Content_Types].xml"]
            parts["[Content_Types].xml"] = types.replace(b"</Types>", SHARED_PART + b"</Types>")
        for name, content in parts.items():
            new.writestr(name, content)
    return result.getvalue()


def rows_of(*rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


def a_row(number, *cells):
    inner = "".join(f'<c r="{place}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in cells)
    return f'<row r="{number}">{inner}</row>'


HEAD = a_row(1, ("A", "Số ký hiệu"), ("B", "Trích yếu"))
GOOD = a_row(2, ("A", "1/KH-A"), ("B", "Kế hoạch"))


def random_text(megabytes):
    """Markup that hardly packs, so that its size and not its ratio is what is wrong."""
    return random.Random(1).randbytes(megabytes * 1024 * 1024 // 2).hex().encode()


class TestBounds:
    """What a file claims of its size is looked at before it costs memory or time (UP-05, IV-11)."""

    @pytest.fixture(autouse=True)
    def cheap(self):
        tracemalloc.start()
        began = time.monotonic()
        yield
        peak, seconds = tracemalloc.get_traced_memory()[1], time.monotonic() - began
        tracemalloc.stop()
        assert peak < 200 * 1024 * 1024
        assert seconds < 20

    def test_a_stray_format_in_the_last_column_costs_nothing(self):
        far = '<c r="XFD{0}" s="0"/>'
        wide = GOOD.replace("</row>", far.format(2) + "</row>")
        more = (f'<row r="{n}">{far.format(n)}</row>' for n in range(3, 900))
        content = workbook(rows_of(HEAD, wide, *more))
        assert [row.values["number"] for row in read(content, "a.xlsx")] == ["1/KH-A"]

    def test_too_many_filled_columns_are_refused_in_words(self):
        book = openpyxl.Workbook()
        book.active.append([f"Cột {place}" for place in range(16_384)])
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(UnreadableFileError, match="hơn 200 cột"):
            read(out.getvalue(), "a.xlsx")

    def test_a_row_a_thousand_million_down_ends_the_reading(self):
        content = workbook(rows_of(HEAD, GOOD, a_row(1_000_000_000, ("A", "2/KH-A"), ("B", "xa"))))
        assert len(read(content, "a.xlsx")) == 1

    def test_rows_with_gaps_between_do_not_go_on_for_ever(self):
        gaps = [a_row(n, ("A", "1/KH-A"), ("B", "x")) for n in range(2, 900_000, 900)]
        with pytest.raises(UnreadableFileError, match="quá dòng 100000"):
            read(workbook(rows_of(HEAD, *gaps)), "a.xlsx")

    def test_millions_of_empty_rows_end_the_reading(self):
        heights = random.Random(1)
        empty = [f'<row ht="{heights.random()}"/>' for _turn in range(200_000)]
        content = workbook(rows_of(HEAD, GOOD, *empty))
        assert len(read(content, "a.xlsx")) == 1

    def test_one_long_text_shown_in_very_many_cells_is_refused(self):
        texts = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
        cells = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>0</v></c></row>'
        shared = [cells.format(n) for n in range(2, 2_000)]
        with pytest.raises(UnreadableFileError, match="quá nhiều chữ"):
            read(workbook(rows_of(HEAD, *shared), texts=texts.encode()), "a.xlsx")

    @pytest.mark.parametrize(
        "extra",
        [
            {"xl/media/x.png": b"\0" * 70_000_000},  # a bomb by its ratio
            {"xl/sharedStrings2.xml": random_text(21)},
            {"xl/styles2.xml": random_text(5)},
            {f"xl/x{n}.bin": b"" for n in range(3_001)},
        ],
        ids=["ratio", "in memory", "styles", "members"],
    )
    def test_a_file_that_unpacks_too_large_is_refused_unread(self, extra):
        with pytest.raises(UnreadableFileError, match="quá lớn"):
            read(packed(samples()["van_ban_la.xlsx"], extra), "a.xlsx")

    @pytest.mark.parametrize("code", ["utf-8", "utf-16"])
    def test_a_declared_entity_is_refused(self, code):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'.encode(code)
        for name, part in (("van_ban_la.xlsx", "xl/workbook.xml"), ("ke_hoach_tot.docx", "word/document.xml")):
            with pytest.raises(UnreadableFileError, match="Không đọc được"):
                check_office_file(
                    packed(samples()[name], {"custom/a.xml": bomb}), required_part=part, extension=name[-4:]
                )
