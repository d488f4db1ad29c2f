"""An official letter says the same in both files, in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import io
import unicodedata
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.shared import Mm
from pypdf import PdfReader

from cms.core.models import AgencySettings
from cms.core.official_letters import (
    Issuer,
    Items,
    OfficialLetter,
    Paragraph,
    Section,
    Signature,
    Table,
    issuer_now,
    letter_docx,
    letter_pdf,
)

MARKS = "Nguyễn Thị Ẩm ở Ỷ La xin nghỉ: ẫ ệ Ứ Ỗ ừ Ẵ Ỹ"
LETTER = OfficialLetter(
    issuer=Issuer("Phòng Giáo dục và Đào tạo", "Ủy ban nhân dân huyện Gia Lâm", "GD&ĐT", "Gia Lâm"),
    symbol="KH-GD&ĐT",
    number="3",
    dated=date(2026, 2, 5),
    title="Kế hoạch",
    summary="nâng chỉ số hài lòng",
    recipients=("Các trường",),
    parts=(Paragraph(MARKS),),
    signature=Signature(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "Lê Thị Hòa"),
    copies=("Như trên", "Lưu: VT"),
)
LONG = replace(
    LETTER,
    title="Báo cáo",
    summary="tình hình, kết quả thực hiện công tác cải cách hành chính " * 6,
    recipients=("Ủy ban nhân dân", "Sở Nội vụ"),
    parts=(
        Section("I. Kết quả"),
        *[Paragraph("Trả kết quả đúng hẹn, niêm yết đủ thủ tục. " * 12)] * 5,
        Items(("Một là", "Hai là"), numbered=True),
        Table(
            ("TT", "Lĩnh vực", "Số hồ sơ"),
            tuple((str(row), "Giáo dục trung học", "92") for row in range(1, 61)),
            shares=(1, 6, 2),
            numbers=frozenset({2}),
            caption="Bảng 1. Hồ sơ theo lĩnh vực",
        ),
        Items(("Giữ vững", "Làm tốt hơn")),
    ),
)


def word(letter: OfficialLetter) -> docx.document.Document:
    return docx.Document(io.BytesIO(letter_docx(letter)))


def pages(letter: OfficialLetter) -> list[str]:
    reader = PdfReader(io.BytesIO(letter_pdf(letter)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def all_words(document: docx.document.Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


class TestForm:
    def test_both_files_say_every_part_of_the_letter(self):
        said = (
            "ỦY BAN NHÂN DÂN HUYỆN GIA LÂM",
            "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 03/KH-GD&ĐT",
            "Gia Lâm, ngày 05 tháng 02 năm 2026",
            "KẾ HOẠCH",
            "nâng chỉ số hài lòng",
            "Kính gửi: Các trường",
            f"{MARKS}./.",
            "Nơi nhận:",
            "- Như trên;",
            "- Lưu: VT.",
            "KT. TRƯỞNG PHÒNG",
            "PHÓ TRƯỞNG PHÒNG",
            "Lê Thị Hòa",
        )
        (sheet,), text = pages(LETTER), all_words(word(LETTER))
        assert [words for words in said if words not in sheet] == []
        assert [words for words in said if words not in text] == []

    def test_paper_margins_and_letters_are_those_of_the_form(self):
        document = word(LETTER)
        (section,) = document.sections
        sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
        assert [round(size.mm) for size in sizes] == [210, 297, 30, 15, 20]
        assert document.styles["Normal"].font.name == "Times New Roman"
        (body,) = [row for row in document.paragraphs if MARKS in row.text]
        assert body.paragraph_format.first_line_indent.mm == pytest.approx(Mm(10).mm, abs=0.1)
        reader = PdfReader(io.BytesIO(letter_pdf(LETTER)))
        fonts = reader.pages[0]["/Resources"]["/Font"].get_object().values()
        described = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        assert len(described) == 2
        assert all("/FontFile2" in descriptor.get_object() for descriptor in described)

    def test_a_letter_without_a_kind_says_what_it_is_about_below_its_number(self):
        letter = replace(LETTER, title="", symbol="GD&ĐT-TCCB", number="12")
        (sheet,), document = pages(letter), word(letter)
        assert "Số: 12/GD&ĐT-TCCB V/v nâng chỉ số hài lòng" in sheet
        assert "V/v nâng chỉ số hài lòng" in document.tables[0].cell(1, 0).text

    def test_what_the_clerk_writes_by_hand_is_left_open(self):
        (sheet,) = pages(replace(LETTER, number="", dated=None))
        assert "Số: /KH-GD&ĐT" in sheet
        assert "Gia Lâm, ngày ….. tháng ….. năm ……" in sheet

    def test_letters_with_loose_marks_and_control_characters_do_no_harm(self):
        (sheet,) = pages(replace(LETTER, parts=(Paragraph(unicodedata.normalize("NFD", MARKS) + "\x07"),)))
        assert f"{MARKS}./." in sheet
        assert MARKS in all_words(word(replace(LETTER, parts=(Paragraph(MARKS + "\x0b"),))))

    def test_a_line_break_makes_a_paragraph(self):
        document = word(replace(LETTER, parts=(Paragraph("Một.\nHai."),)))
        assert [row.text for row in document.paragraphs if row.text in {"Một.", "Hai./."}] == ["Một.", "Hai./."]

    @pytest.mark.django_db
    def test_the_agency_is_the_one_of_the_settings(self):
        agency = AgencySettings.load()
        agency.name, agency.parent_name, agency.place = "Phòng Văn hóa - Xã hội", "Ủy ban nhân dân xã A", "Xã A"
        agency.abbreviation = "VHXH"
        agency.save()
        assert issuer_now() == Issuer("Phòng Văn hóa - Xã hội", "Ủy ban nhân dân xã A", "VHXH", "Xã A")


class TestLength:
    def test_page_numbers_begin_on_the_second_page(self):
        first, *others = pages(LONG)
        assert not first.startswith("1 ")
        assert [text.split()[0] for text in others] == [str(number) for number in range(2, len(others) + 2)]
        section = word(LONG).sections[0]
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml

    def test_a_table_says_its_head_again_and_loses_no_row(self):
        sheets = pages(LONG)
        with_rows = [text for text in sheets if "Giáo dục trung học" in text]
        assert len(with_rows) > 1
        assert all("TT Lĩnh vực Số hồ sơ" in text for text in with_rows)
        assert sum(text.count("Giáo dục trung học") for text in sheets) == 60
        table = word(LONG).tables[1]
        assert len(table.rows) == 61
        assert "tblHeader" in table.rows[0]._tr.xml

    def test_a_long_title_wraps_and_the_signature_is_not_torn(self):
        sheets = pages(LONG)
        assert sheets[0].count("công tác cải cách hành chính") == 6
        assert "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG Lê Thị Hòa" in sheets[-1]
        assert "- Làm tốt hơn./." in " ".join(sheets)

    def test_several_recipients_stand_in_a_line_each(self):
        assert "Kính gửi: - Ủy ban nhân dân; - Sở Nội vụ." in pages(LONG)[0]


class TestBytes:
    @pytest.mark.parametrize("write", [letter_docx, letter_pdf])
    def test_the_same_letter_is_the_same_file(self, write):
        assert write(LETTER) == write(LETTER)
        assert write(LETTER) != write(replace(LETTER, number="4"))

    def test_the_files_say_what_they_are_and_nothing_of_how_they_were_made(self):
        core, told = word(LETTER).core_properties, PdfReader(io.BytesIO(letter_pdf(LETTER))).metadata
        assert core.title == told.title == "Kế hoạch nâng chỉ số hài lòng"
        assert core.author == core.last_modified_by == "Phòng Giáo dục và Đào tạo"
        assert core.comments == ""
        assert core.created.date() == told.creation_date.date() == date(2026, 2, 5)
