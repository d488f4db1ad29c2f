"""An official letter as PDF, to read, send and print. Its font is cut down to the letters used and travels with it.

The font (ADR 0044) has no slanted Vietnamese letters, so what the form wants slanted is drawn upright and sheared.
The same letter is the same bytes: the date in the file is the letter's own.
"""

from datetime import UTC, datetime, time
from functools import singledispatchmethod
from typing import Any

from font_source_serif_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from . import measures as m
from .parts import MOTTO, NATION, Items, OfficialLetter, Paragraph, Section, Table, plain

_FAMILY = "Source Serif"
_STYLES = {"": "SourceSerifPro", "B": "SourceSerifProBold"}
_SHEAR = 12  # degrees
_LINE = 0.44  # mm of line a point of letter: 1,25 lines; stacked marks do not touch
_START = datetime(1980, 1, 1, tzinfo=UTC)


def letter_pdf(letter: OfficialLetter) -> bytes:
    """Return ``letter`` as PDF."""
    sheet = Sheet(letter)
    sheet.head()
    sheet.title_block()
    for part in letter.told:
        sheet.part(part)
    sheet.foot()
    return bytes(sheet.output())


class Sheet(FPDF):
    """The pages of one letter, written from above to below."""

    def __init__(self, letter: OfficialLetter) -> None:
        super().__init__(format="A4")
        self.letter = letter
        self.set_margins(m.LEFT, m.TOP, m.RIGHT)
        self.set_auto_page_break(auto=True, margin=m.BOTTOM)
        for style, name in _STYLES.items():
            self.add_font(_FAMILY, style, font_files_ttf[name])
        self.c_margin = 0
        self.set_title(letter.name)
        self.set_author(letter.issuer.name)
        self.set_creator("")
        self.set_lang("vi-VN")
        self.set_creation_date(datetime.combine(letter.dated, time(), tzinfo=UTC) if letter.dated else _START)
        self.set_line_width(0.25)
        self.add_page()

    def header(self) -> None:
        """The page number, in the middle of the upper margin; the first page has none."""
        if self.page_no() > 1:
            self.set_font(_FAMILY, "", m.PAGE_NUMBER_SIZE)
            self.set_xy(m.LEFT, m.PAGE_NUMBER_TOP)
            self.cell(m.TEXT_WIDTH, 5, str(self.page_no()), align=Align.C)
            self.set_xy(m.LEFT, m.TOP)

    def head(self) -> None:
        """Who issues and the number; beside it the nation, the place and the day."""
        letter, right = self.letter, m.LEFT + m.LEFT_COLUMN
        if letter.issuer.above:
            self._words(letter.issuer.above.upper(), size=m.ISSUER_SIZE, width=m.LEFT_COLUMN)
        self._words(letter.issuer.name.upper(), size=m.ISSUER_SIZE, bold=True, width=m.LEFT_COLUMN)
        self._rule(m.LEFT, m.LEFT_COLUMN, m.rule_width(letter.issuer.name, m.LEFT_COLUMN))
        below = self.y
        self.set_xy(right, m.TOP)
        self._words(NATION, size=m.NATION_SIZE, bold=True, width=m.RIGHT_COLUMN, left=right)
        self._words(MOTTO, size=m.MOTTO_SIZE, bold=True, width=m.RIGHT_COLUMN, left=right)
        self._rule(right, m.RIGHT_COLUMN, self.get_string_width(MOTTO))
        top = max(below, self.y) + 1.5
        self.set_y(top)
        self._words(letter.number_line, size=m.NUMBER_SIZE, width=m.LEFT_COLUMN)
        if letter.subject:
            self.ln(2)
            self._words(letter.subject, size=m.SUBJECT_SIZE, width=m.LEFT_COLUMN)
        below = self.y
        self.set_y(top)
        self._slanted(letter.date_line, size=m.NUMBER_SIZE, left=right, width=m.RIGHT_COLUMN, align=Align.C)
        self.set_y(max(below, self.y) + 3)

    def title_block(self) -> None:
        """The kind and what it is about, with a line below; then whom it addresses."""
        letter = self.letter
        if letter.title:
            self.ln(3)
            self._words(letter.title.upper(), size=m.TITLE_SIZE, bold=True)
            if letter.summary:
                self._words(letter.summary, size=m.TITLE_SIZE, bold=True)
            self._rule(m.LEFT, m.TEXT_WIDTH, m.rule_width(letter.summary or letter.title, 100))
        addressed = letter.addressed
        if addressed:
            self.ln(4)
        for place, text in enumerate(addressed):
            if len(addressed) == 1:
                self._words(text, size=m.BODY_SIZE)
            else:
                left = m.LEFT + (30 if place == 0 else 45)
                width = m.PAGE_WIDTH - m.RIGHT - left
                self._words(text, size=m.BODY_SIZE, left=left, width=width, align=Align.L)
        self.ln(3)

    @singledispatchmethod
    def part(self, part: Any) -> None:
        """Write one part of the text."""
        raise TypeError(part)

    @part.register
    def _paragraph(self, part: Paragraph) -> None:
        for text in plain(part.text).split("\n"):
            if part.italic:
                align = Align.C if part.centred else Align.J
                self._slanted(text, size=m.BODY_SIZE, left=m.LEFT, width=m.TEXT_WIDTH, align=align, bold=part.bold)
                self.ln(m.GAP)
            else:
                self._body(text, bold=part.bold, centred=part.centred)

    @part.register
    def _section(self, part: Section) -> None:
        self._keep(3 * m.BODY_SIZE * _LINE)
        self._body(part.text, bold=True)

    @part.register
    def _items(self, part: Items) -> None:
        for text in part.lines:
            self._body(text)

    @part.register
    def _table(self, part: Table) -> None:
        if part.caption:
            self._keep(4 * m.BODY_SIZE * _LINE)
            self._body(part.caption, bold=True, centred=True)
        self.set_font(_FAMILY, "", m.CELL_SIZE)
        aligns = tuple(Align.R if place in part.numbers else Align.L for place in range(len(part.head)))
        with self.table(
            col_widths=part.widths,
            text_align=aligns,
            line_height=m.CELL_SIZE * _LINE,
            headings_style=FontFace(emphasis="BOLD"),
            padding=(0.8, 1.5),
            align=Align.L,
            repeat_headings=1,
        ) as table:
            for place, cells in enumerate((part.head, *part.rows)):
                row = table.row()
                for text in cells:
                    row.cell(plain(text), align=Align.C if place == 0 else None)
        self.ln(m.GAP + 1)

    def foot(self) -> None:
        """Who gets it on the left, who signs on the right, together on one page."""
        letter, right = self.letter, m.LEFT + m.LEFT_COLUMN
        titles = len(letter.signature.titles)
        signing = (titles + 1) * m.BODY_SIZE * _LINE + m.SIGNING_SPACE
        copies = [line for text in letter.copy_lines for line in self._broken(text, m.COPY_SIZE, m.LEFT_COLUMN - 4)]
        self._keep(max(signing, m.COPIES_SIZE * _LINE + len(copies) * m.COPY_SIZE * _LINE) + 4)
        self.ln(4)
        top = self.y
        if letter.copies:
            self._slanted("Nơi nhận:", size=m.COPIES_SIZE, left=m.LEFT, width=m.LEFT_COLUMN, align=Align.L, bold=True)
        for text in letter.copy_lines:
            self._words(text, size=m.COPY_SIZE, width=m.LEFT_COLUMN - 4, align=Align.L)
        below = self.y
        self.set_y(top)
        for text in letter.signature.titles:
            self._words(text.upper(), size=m.BODY_SIZE, bold=True, left=right, width=m.RIGHT_COLUMN)
        self.ln(m.SIGNING_SPACE)
        self._words(letter.signature.name, size=m.BODY_SIZE, bold=True, left=right, width=m.RIGHT_COLUMN)
        self.set_y(max(below, self.y))

    def _words(
        self, text: str, *, size: float, bold: bool = False, left: float = m.LEFT, width: float = m.TEXT_WIDTH,
        align: Align = Align.C,
    ) -> None:  # fmt: skip
        """Lines of one look, broken where words end."""
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_x(left)
        self.multi_cell(width, size * _LINE, plain(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _body(self, text: str, *, bold: bool = False, centred: bool = False) -> None:
        """A paragraph of the text: straight on both sides, its first line set in."""
        self.set_font(_FAMILY, "B" if bold else "", m.BODY_SIZE)
        align = Align.C if centred else Align.J
        with self.text_columns(text_align=align, line_height=1.25, wrapmode=WrapMode.WORD) as column:
            indent = 0 if centred else m.FIRST_LINE
            with column.paragraph(first_line_indent=indent, bottom_margin=m.GAP) as paragraph:
                paragraph.write(plain(text))
        self.set_x(m.LEFT)

    def _slanted(
        self, text: str, *, size: float, left: float, width: float, align: Align, bold: bool = False
    ) -> None:  # fmt: skip
        height, indent = size * _LINE, m.FIRST_LINE if align == Align.J else 0
        for place, line in enumerate(self._broken(text, size, width, indent=indent, bold=bold)):
            self._keep(height)
            self.set_font(_FAMILY, "B" if bold else "", size)
            x = left + (indent if place == 0 else 0)
            if align == Align.C:
                x = left + (width - self.get_string_width(line)) / 2
            base = self.y + height * 0.7
            with self.skew(ax=_SHEAR, ay=0, x=0, y=base):
                self.text(x, base, line)
            self.set_xy(m.LEFT, self.y + height)

    def _broken(self, text: str, size: float, width: float, *, indent: float = 0, bold: bool = False) -> list[str]:
        """Return ``text`` in lines that fit."""
        self.set_font(_FAMILY, "B" if bold else "", size)
        lines, room = [""], width - indent
        for word in plain(text).split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.get_string_width(longer) > room:
                lines.append(word)
                room = width
            else:
                lines[-1] = longer
        return lines

    def _rule(self, left: float, room: float, width: float) -> None:
        """A line in the middle of ``room``."""
        start = left + (room - width) / 2
        self.line(start, self.y + 1, start + width, self.y + 1)
        self.ln(2)

    def _keep(self, height: float) -> None:
        """Start a page when less than ``height`` mm of this one are left."""
        if self.y + height > self.page_break_trigger:
            self.add_page()
