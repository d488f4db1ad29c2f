"""Sheets of A3, A4 or A5 as PDF, without a system package: the agency above, words and facts below (ADR 0008).

One font with every Vietnamese letter, its outlines cut down to those used. Lines break where words do.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

import segno
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from cms.core.models import AgencySettings

_FAMILY = "Source Sans"
_STYLES = {"": "SourceSansPro", "B": "SourceSansProBold"}
# mm: left, top, right; on A4 as Nghị định 30/2020/NĐ-CP has them
_MARGINS = {"A4": (20, 20, 16), "A5": (14, 10, 10)}
_LABEL = {"A4": 52, "A5": 36}
_HEADING = {"A4": 20, "A5": 14}
_QR = {"A4": 34, "A5": 26}
# A3 is A4 with everything as much larger as the paper is.
_SCALES = {"A3": 2**0.5}


class Paper(FPDF):
    """One document. Add parts from above to below, then take its :meth:`content`.

    Args:
        title: stands in the file's own description, never a person's name.
        size: ``A4``; ``A5`` for slips that people take away; ``A3`` for walls, everything as much larger.
        running: stands at the top of every page but the first, with the number of the page below; nothing for a
            single sheet.

    """

    def __init__(self, title: str, *, size: str = "A4", running: str = "") -> None:
        super().__init__(format=size)
        self.scale, self.running, self._on_new_page = _SCALES.get(size, 1.0), running, False
        self.size = size if size in _MARGINS else "A4"
        left, top, right = (side * self.scale for side in _MARGINS[self.size])
        self.set_margins(left, top, right)
        self.set_auto_page_break(auto=True, margin=20 * self.scale if self.size == "A4" else 10)
        for style, name in _STYLES.items():
            self.add_font(_FAMILY, style, font_files_ttf[name])
        self.set_title(title)
        self.set_lang("vi-VN")
        self.set_creator("")
        self.add_page()

    def header(self) -> None:
        """Say on every further page what the paper is."""
        if not self.running or self.page_no() == 1:
            return
        self.set_font(_FAMILY, "", 9 * self.scale)
        self.cell(0, 5 * self.scale, self.running, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(4 * self.scale)

    def footer(self) -> None:
        """Say which page it is, of how many."""
        if not self.running:
            return
        self.set_y(-13 * self.scale)
        self.set_font(_FAMILY, "", 9 * self.scale)
        self.cell(0, 5 * self.scale, f"{self.page_no()} / {{nb}}", align=Align.R)

    def _line(
        self,
        text: str,
        *,
        size: float,
        bold: bool = False,
        align: Align = Align.L,
        after: float = 0,
        width: float = 0,
    ) -> None:
        self._font(size, bold=bold)
        self.multi_cell(width, size * 0.5 * self.scale, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after * self.scale)

    def _font(self, size: float, *, bold: bool = False) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size * self.scale)

    def letterhead(self) -> None:
        """The agency and the body above it, as settings name them."""
        agency = AgencySettings.load()
        if agency.parent_name:
            self._line(agency.parent_name, size=11)
        self._line(agency.name, size=12, bold=True, after=2)
        self.set_draw_color(200, 16, 46)
        self.set_line_width(0.6)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.set_draw_color(0)
        self.set_line_width(0.2)
        self.ln(6 * self.scale)

    def heading(self, text: str) -> None:
        self._line(text, size=_HEADING[self.size], bold=True, after=3)

    def section(self, text: str) -> None:
        self.ln(2 * self.scale)
        if self.will_page_break(20 * self.scale):  # a heading stands with what it opens
            self.add_page()
        self._line(text, size=13, bold=True, after=1)

    def contents(self, names: Sequence[str]) -> None:
        """Leave room for a table of contents of so many entries, the ``names`` that :meth:`entry` will be given."""
        self.section(_("Mục lục"))
        self._font(11)
        room = self.page_break_trigger - self.y
        heights = [self._entry_height(name) for name in names]
        pages = 1
        for height in heights:
            if height > room:
                pages, room = pages + 1, self.page_break_trigger - self.t_margin - 9 * self.scale
            room -= height
        self.insert_toc_placeholder(lambda paper, outline: paper._table_of(outline), pages=pages)  # type: ignore[attr-defined]
        self._on_new_page = True

    def _entry_height(self, name: str) -> float:
        width, line = self.epw - 16 * self.scale, 5.5 * self.scale
        found = self.multi_cell(width, line, name, dry_run=True, output=MethodReturnValue.HEIGHT)
        return float(found) + 1.2 * self.scale  # type: ignore[arg-type]

    def _table_of(self, outline: Sequence[Any]) -> None:
        width, line = self.epw - 16 * self.scale, 5.5 * self.scale
        for entry in outline:
            self._font(11)
            if self.y + self._entry_height(entry.name) > self.page_break_trigger:
                self.add_page()  # one of those that were left free, with its running head on it
                self.set_y(self.t_margin + 9 * self.scale)
            top, link = self.y, self.add_link(page=entry.page_number)
            self.set_x(self.l_margin)
            self.multi_cell(width, line, entry.name, align=Align.L, link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            below = self.y
            self.set_xy(self.l_margin + width, top)
            self.cell(16 * self.scale, line, str(entry.page_number), align=Align.R, link=link)
            self.set_xy(self.l_margin, below + 1.2 * self.scale)

    def entry(self, name: str, heading: str, *, address: str) -> None:
        """Begin a new page with a heading that the table of contents names, and a QR code of ``address`` beside it."""
        if not self._on_new_page:
            self.add_page()
        self._on_new_page = False
        self.start_section(name)
        top, side = self.y, 26 * self.scale
        self.image(_qr(address), x=self.w - self.r_margin - side, y=top, w=side, alt_text=address)
        self._line(heading, size=16, bold=True, after=1, width=self.epw - side - 4 * self.scale)
        self.set_y(max(self.y, top + side + 2 * self.scale))

    def words(self, text: str) -> None:
        self._line(text, size=11, after=1.5)

    def big(self, text: str) -> None:
        """What has to be copied by hand."""
        self._line(text, size=26, bold=True, after=2)

    def facts(self, rows: Iterable[tuple[Any, Any]]) -> None:
        """Label and value side by side; rows without a value are left out."""
        label_width, line = _LABEL[self.size] * self.scale, 5.5 * self.scale
        for label, value in rows:
            if not value:
                continue
            if self.will_page_break(2 * line):
                self.add_page()
            top = self.y
            self._font(11)
            self.multi_cell(label_width, line, str(label), align=Align.L, new_x=XPos.RIGHT, new_y=YPos.TOP)
            self.set_xy(self.l_margin + label_width, top)
            self._font(11, bold=True)
            self.multi_cell(0, line, str(value), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(self.scale)

    def qr(self, text: str, caption: str) -> None:
        """``text`` as a QR code with its address beside it in words. Never a secret: whoever passes can read it."""
        side, top = _QR[self.size] * self.scale, self.y + 2 * self.scale
        if top + side > self.page_break_trigger:
            self.add_page()
            top = self.y
        self.image(_qr(text), x=self.l_margin, y=top, w=side, alt_text=text)
        self.set_xy(self.l_margin + side + 6 * self.scale, top + 6 * self.scale)
        self._font(11)
        line = 5.5 * self.scale
        self.multi_cell(0, line, f"{caption}\n{text}", align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(top + side + 2 * self.scale)

    def signatures(self, titles: Sequence[Any], names: Sequence[str]) -> None:
        """Who signs, side by side, with room for the hand between title and name."""
        if self.y + 32 > self.page_break_trigger:
            self.add_page()
        top, width = self.y + 3, self.epw / len(titles)
        for place, (title, name) in enumerate(zip(titles, names, strict=True)):
            for y, text, style in ((top, str(title), "B"), (top + 20, name, "")):
                self.set_xy(self.l_margin + place * width, y)
                self._font(11, bold=style == "B")
                self.multi_cell(width, 5.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(top + 28)

    def content(self) -> bytes:
        """Return the file."""
        return bytes(self.output())


def _qr(text: str) -> io.BytesIO:
    """Return ``text`` as a QR code; correction level M reads with a seventh of the code gone."""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=8, border=2)
    out.seek(0)
    return out
