"""A Word file as plain lines and grids, in the order in which a person reads them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from cms.core.importing import UnreadableFileError, check_office_file
from cms.core.text import TextError, clean_line

MAX_CHARACTERS = 400_000
MAX_ROWS = 2_000

_TEXT, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}
# Deleted text, pictures with their text boxes, and codes of fields are not what a person reads in the line.
_SKIPPED = {qn("w:del"), qn("w:drawing"), qn("w:pict"), qn("w:instrText"), qn("w:delText"), qn("w:pPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
}
_CONTENT = qn("w:sdtContent")


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
    if len(table.rows) > MAX_ROWS:
        raise UnreadableFileError(_("Một bảng có hơn %(most)d dòng. Hãy chia nhỏ bảng.") % {"most": MAX_ROWS})
    return tuple(tuple(Cell(tuple(_lines(cell.paragraphs)), cell._tc) for cell in row.cells) for row in table.rows)


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
