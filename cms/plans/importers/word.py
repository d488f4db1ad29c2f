"""A Word file as plain lines and grids, in the order in which a person reads them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from cms.core.importing import UnreadableFileError, check_office_file
from cms.core.text import TextError, clean_line

MAX_CHARACTERS = 400_000
MAX_ROWS = 2_000
MAX_CELLS = 20_000
MAX_COLUMNS = 63  # Word itself takes no more

_TEXT, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}
# Deleted text, pictures with their text boxes, and codes of fields are not what a person reads in the line.
_SKIPPED = {qn("w:del"), qn("w:drawing"), qn("w:pict"), qn("w:instrText"), qn("w:delText"), qn("w:pPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
}
_CONTENT = qn("w:sdtContent")
_SPAN = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"
_BEFORE = f"{qn('w:trPr')}/{qn('w:gridBefore')}"


@dataclass(frozen=True)
class Line:
    """One printed line. ``listed`` says that Word itself sets a dash or number before it."""

    text: str
    bold: bool = False
    centred: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell; ``identity`` (its element) is the same for all places that one merged cell covers."""

    lines: tuple[Line, ...]
    identity: Any

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


Grid = tuple[tuple[Cell, ...], ...]


def read_word(content: bytes) -> list[Line | Grid]:
    """Return the lines and tables of a .docx file; raises UnreadableFileError in words."""
    check_office_file(content, required_part="word/document.xml", extension="docx")
    try:
        document = docx.Document(io.BytesIO(content))
        _refuse_too_large(document.element.body)
        parts = list(_parts(document.element.body, document))
    except UnreadableFileError:
        raise
    except Exception as error:  # python-docx raises whatever a broken part makes it stumble over
        raise UnreadableFileError(_("Không đọc được tệp Word. Hãy mở thử, lưu lại thành .docx rồi gửi lại.")) from error
    if sum(map(_size, parts)) > MAX_CHARACTERS:
        raise UnreadableFileError(
            _("Văn bản dài hơn %(most)d chữ. Hãy tách phụ lục thành tệp riêng.") % {"most": MAX_CHARACTERS}
        )
    return parts


def _parts(container: Any, document: Any) -> Iterator[Line | Grid]:
    for element in container.iterchildren():
        if element.tag == qn("w:p"):
            yield from _lines([Paragraph(element, document)])
        elif element.tag == qn("w:tbl"):
            yield _grid(Table(element, document))
        elif element.tag == qn("w:sdt"):
            for inner in element.iterchildren(_CONTENT):
                yield from _parts(inner, document)


def _grid(table: Table) -> Grid:
    """Read a table whose size has been looked at; a cell that covers several places is read once."""
    known: dict[Any, Cell] = {}
    rows: list[dict[int, Cell]] = []
    for row in table._tbl.tr_lst:
        rows.append(dict(_row_cells(row, rows[-1] if rows else {}, table, known)))
    return tuple(tuple(row.values()) for row in rows)


def _row_cells(row: Any, above: dict[int, Cell], table: Table, known: dict[Any, Cell]) -> Iterator[tuple[int, Cell]]:
    """Yield each place of the row with its cell; a cell that goes on from above is the one above it."""
    place = _stated(row, _BEFORE, least=0)
    for element in row.tc_lst:
        for _turn in range(_stated(element, _SPAN, least=1)):
            cell = above.get(place) if element.vMerge == "continue" else known.get(element)
            if cell is None:
                cell = known[element] = Cell(tuple(_lines(_Cell(element, table).paragraphs)), element)
            yield place, cell
            place += 1


def _refuse_too_large(body: Any) -> None:
    """Count rows and places before any is built: a cell may say that it covers a thousand million columns."""
    cells = 0
    for table in body.iter(qn("w:tbl")):
        rows = table.tr_lst
        widths = [sum(_stated(cell, _SPAN, least=1) for cell in row.tc_lst) for row in rows]
        cells += sum(widths)
        for what, count, most in (
            (_("Một bảng có hơn %(most)d dòng. Hãy chia nhỏ bảng."), len(rows), MAX_ROWS),
            (_("Một bảng có hơn %(most)d cột. Hãy chia nhỏ bảng."), max(widths, default=0), MAX_COLUMNS),
            (_("Các bảng có hơn %(most)d ô. Hãy chia nhỏ bảng."), cells, MAX_CELLS),
        ):
            if count > most:
                raise UnreadableFileError(what % {"most": most})


def _stated(element: Any, path: str, *, least: int) -> int:
    """How many columns a cell says it covers, or a row leaves free; what is no number counts as the least."""
    said = element.find(path)
    value = (said.get(qn("w:val")) or "") if said is not None else ""
    if not (value.isascii() and value.isdecimal()):
        return least
    return min(max(int(value[:9]), least), MAX_COLUMNS + 1)


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    for paragraph in paragraphs:
        look = _look(paragraph)
        for piece in "".join(_words(paragraph._p)).split("\n"):
            try:
                text = clean_line(piece)
            except TextError as error:
                raise UnreadableFileError(str(error)) from error
            if text:
                yield Line(text, *look)


def _words(element: Any) -> Iterator[str]:
    for node in element.iterchildren():
        if node.tag in _SKIPPED:
            continue
        if node.tag == _TEXT:
            yield node.text or ""
        elif node.tag == _TAB:
            yield " "
        elif node.tag in _BREAKS:
            yield "\n"
        else:
            yield from _words(node)


def _look(paragraph: Paragraph) -> tuple[bool, bool, bool]:
    """Return whether the paragraph is bold, centred, and numbered or dashed by Word."""
    style = paragraph.style
    style_name = (style.name or "") if style is not None else ""
    by_style = style is not None and bool(style.font.bold or style_name.startswith("Heading"))
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold or (run.bold is None and by_style) for run in runs)
    properties = paragraph._p.pPr
    listed = style_name.startswith("List ") or (properties is not None and properties.numPr is not None)
    return bold, paragraph.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER, listed


def _size(part: Line | Grid) -> int:
    if isinstance(part, Line):
        return len(part.text)
    return sum(len(cell.text) for row in part for cell in distinct(row))


def distinct(row: tuple[Cell, ...]) -> list[Cell]:
    """Return the cells of a row, a merged one once."""
    return list(row[:1]) + [cell for before, cell in pairwise(row) if cell.identity is not before.identity]
