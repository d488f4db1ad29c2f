"""An official letter as a Word file that the office goes on writing in, numbers and signs.

Other papers of the office begin with :func:`office_paper`, set tables by :func:`office_table` and end with
:func:`paper_sealed`, so that all look and say of themselves the same.

The same letter is the same bytes: dates in the file are the letter's own.
"""

import io
import zipfile
from datetime import UTC, date, datetime, time
from functools import singledispatch
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from . import measures as m
from .parts import MOTTO, NATION, Issuer, Items, OfficialLetter, Paragraph, Section, Table, plain

_FONT = "Times New Roman"
_START = datetime(1980, 1, 1, tzinfo=UTC)


def letter_docx(letter: OfficialLetter) -> bytes:
    """Return ``letter`` as DOCX."""
    document = office_paper(letter.name, letter.issuer, dated=letter.dated)
    _head(document, letter)
    if letter.title:
        _line(document.add_paragraph(), letter.title.upper(), size=m.TITLE_SIZE, bold=True, before=12)
        if letter.summary:
            _line(document.add_paragraph(), letter.summary, size=m.TITLE_SIZE, bold=True)
        _rule(document.add_paragraph(), m.rule_width(letter.summary or letter.title, 100), room=m.TEXT_WIDTH)
    for place, text in enumerate(letter.addressed):
        aside = len(letter.addressed) == 1
        row = _line(
            document.add_paragraph(), text, size=m.BODY_SIZE, align=ALIGN.CENTER if aside else ALIGN.LEFT,
            before=12 if place == 0 else 0, after=12 if text == letter.addressed[-1] else 0,
        )  # fmt: skip
        row.paragraph_format.left_indent = None if aside else Mm(30 if place == 0 else 45)
    for part in letter.told:
        _add(part, document)
    _foot(document, letter)
    return paper_sealed(document)


def office_paper(name: str, issuer: Issuer, *, dated: date | None = None, size: float = m.BODY_SIZE) -> Any:
    """Return a document without words: paper, margins, fonts, headings, page numbers, what the file says of itself.

    Args:
        name: what it is, for the file's own description.
        issuer: whose paper it is.
        dated: its day, that of the file; None for none.
        size: of its letters, in points; 13 or 14.

    """
    document = docx.Document()
    _lay_out(document)
    style = document.styles["Normal"]
    style.font.size = Pt(size)
    _in_font(style)
    style.element.rPr.append(_element("w:lang", {"w:val": "vi-VN"}))
    for heading, larger in (("Heading 1", m.TITLE_SIZE), ("Heading 2", size)):
        # Headings for whoever lists them, in the looks of office papers.
        style = document.styles[heading]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(larger), True, RGBColor(0, 0, 0)
        _in_font(style)
    core = document.core_properties
    day = datetime.combine(dated, time(), tzinfo=UTC) if dated else _START
    core.title, core.author, core.language, core.comments = name[:250], issuer.name[:250], "vi-VN", ""
    core.created = core.modified = day
    core.last_modified_by, core.revision = issuer.name[:250], 1
    return document


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE_WIDTH), Mm(m.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    section.header_distance = Mm(m.PAGE_NUMBER_TOP)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])


def _in_font(style: Any) -> None:
    style.font.name = _FONT
    fonts = style.element.rPr.rFonts
    for attribute in [each for each in fonts.attrib if each.lower().endswith("theme")]:
        del fonts.attrib[attribute]  # the fonts of a theme go before those that are named
    for name in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(name), _FONT)


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(m.PAGE_NUMBER_SIZE)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if text:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        else:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
    paragraph.alignment = ALIGN.CENTER


def _head(document: Any, letter: OfficialLetter) -> None:
    """The two columns at the top: who issues and the number; the nation, the place and the day."""
    left, right = _columns(document, rows=2)
    issuer = letter.issuer
    if issuer.above:
        _line(_first(left[0]), issuer.above.upper(), size=m.ISSUER_SIZE)
    _line(_next(left[0]), issuer.name.upper(), size=m.ISSUER_SIZE, bold=True)
    _rule(_next(left[0]), m.rule_width(issuer.name, m.LEFT_COLUMN), room=m.LEFT_COLUMN)
    _line(_first(right[0]), NATION, size=m.NATION_SIZE, bold=True)
    _line(_next(right[0]), MOTTO, size=m.MOTTO_SIZE, bold=True)
    _rule(_next(right[0]), 56, room=m.RIGHT_COLUMN)
    _line(_first(left[1]), letter.number_line, size=m.NUMBER_SIZE, before=4)
    if letter.subject:
        _line(_next(left[1]), letter.subject, size=m.SUBJECT_SIZE, before=6)
    _line(_first(right[1]), letter.date_line, size=m.NUMBER_SIZE, italic=True, before=4)


def _foot(document: Any, letter: OfficialLetter) -> None:
    """Who gets it on the left, who signs on the right; the block is never torn by the end of a page."""
    (left,), (right,) = _columns(document, rows=1)
    left.paragraphs[0].paragraph_format.space_before = Pt(12)
    if letter.copies:
        _line(_first(left), "Nơi nhận:", size=m.COPIES_SIZE, bold=True, italic=True, align=ALIGN.LEFT, before=12)
    for text in letter.copy_lines:
        _line(_next(left), text, size=m.COPY_SIZE, align=ALIGN.LEFT)
    for place, text in enumerate(letter.signature.titles):
        _line(_next(right), text.upper(), size=m.BODY_SIZE, bold=True, before=12 if place == 0 else 0)
    before = m.SIGNING_SPACE / 25.4 * 72
    _line(_next(right), letter.signature.name, size=m.BODY_SIZE, bold=True, before=before)


@singledispatch
def _add(part: Any, document: Any) -> None:
    raise TypeError(part)


@_add.register
def _paragraph(part: Paragraph, document: Any) -> None:
    for text in plain(part.text).split("\n"):
        _body(document, text, bold=part.bold, italic=part.italic, centred=part.centred)


@_add.register
def _section(part: Section, document: Any) -> None:
    _body(document, part.text, bold=True).paragraph_format.keep_with_next = True


@_add.register
def _items(part: Items, document: Any) -> None:
    for text in part.lines:
        _body(document, text)


@_add.register
def office_table(part: Table, document: Any) -> None:
    """Add a table: its head stands again on every page, no row is torn by the end of one."""
    if part.caption:
        _body(document, part.caption, bold=True, centred=True).paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(part.head))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for place, row in enumerate((part.head, *part.rows)):
        cells = table.add_row().cells
        for column, (cell, text, share) in enumerate(zip(cells, row, part.widths, strict=True)):
            cell.width = Mm(m.TEXT_WIDTH * share)
            aside = ALIGN.RIGHT if column in part.numbers else ALIGN.LEFT
            align = ALIGN.CENTER if place == 0 else aside
            _line(_first(cell), text, size=m.CELL_SIZE, bold=place == 0, align=align, before=2, after=2)
        properties = table.rows[place]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    _line(document.add_paragraph(), "", size=6)


def _columns(document: Any, *, rows: int) -> tuple[list[Any], list[Any]]:
    """Add a table without lines of two columns; return the cells of each."""
    table = document.add_table(rows=rows, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margins.append(_element(side, {"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        row.cells[0].width, row.cells[1].width = Mm(m.LEFT_COLUMN), Mm(m.RIGHT_COLUMN)
    return list(table.columns[0].cells), list(table.columns[1].cells)


def _first(cell: Any) -> Any:
    return cell.paragraphs[0]


def _next(cell: Any) -> Any:
    """The cell's next empty paragraph: its first while that one is still empty."""
    last = cell.paragraphs[-1]
    return last if len(cell.paragraphs) == 1 and not last.runs else cell.add_paragraph()


def _body(document: Any, text: str, *, bold: bool = False, italic: bool = False, centred: bool = False) -> Any:
    align = ALIGN.CENTER if centred else ALIGN.JUSTIFY
    row = _line(document.add_paragraph(), text, size=m.BODY_SIZE, bold=bold, italic=italic, align=align, after=6)
    row.paragraph_format.first_line_indent = None if centred else Mm(m.FIRST_LINE)
    row.paragraph_format.line_spacing = m.LINE_SPACING
    row.paragraph_format.widow_control = True
    return row


def _line(
    paragraph: Any, text: str, *, size: float, bold: bool = False, italic: bool = False,
    align: Any = ALIGN.CENTER, before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    run = paragraph.add_run(plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    look = paragraph.paragraph_format
    look.alignment, look.space_before, look.space_after = align, Pt(before), Pt(after)
    look.line_spacing = 1
    return paragraph


def _rule(paragraph: Any, width: float, *, room: float) -> None:
    """A line ``width`` mm long in the middle of ``room``: the upper border of an empty paragraph of its own."""
    look = paragraph.paragraph_format
    look.left_indent = look.right_indent = Mm((room - width) / 2)
    look.space_before, look.space_after = Pt(4), Pt(0)
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    border = OxmlElement("w:pBdr")
    border.append(_element("w:top", {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "auto"}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def _element(name: str, values: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(key), value)
    return element


def paper_sealed(document: Any) -> bytes:
    """Return the file with no hour of its making in it."""
    made, sealed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_START.timetuple()[:6])
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return sealed.getvalue()
