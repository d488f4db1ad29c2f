"""A sheet of A4 or A5 as PDF, without a system package: the agency above, words and facts below (ADR 0008).

One font with every Vietnamese letter, its outlines cut down to those used. Lines break where words do.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import segno
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from cms.core.models import AgencySettings

_FAMILY = "Source Sans"
_STYLES = {"": "SourceSansPro", "B": "SourceSansProBold"}
# mm: left, top, right; on A4 as Nghị định 30/2020/NĐ-CP has them
_MARGINS = {"A4": (20, 20, 16), "A5": (14, 10, 10)}
_LABEL = {"A4": 52, "A5": 36}
_HEADING = {"A4": 20, "A5": 14}
_QR = {"A4": 34, "A5": 26}


class Paper(FPDF):
    """One document. Add parts from above to below, then take its :meth:`content`.

    Args:
        title: stands in the file's own description, never a person's name.
        size: ``A4``, or ``A5`` for slips that people take away.

    """

    def __init__(self, title: str, *, size: str = "A4") -> None:
        super().__init__(format=size)
        self.size = size
        left, top, right = _MARGINS[size]
        self.set_margins(left, top, right)
        self.set_auto_page_break(auto=True, margin=20 if size == "A4" else 10)
        for style, name in _STYLES.items():
            self.add_font(_FAMILY, style, font_files_ttf[name])
        self.set_title(title)
        self.set_lang("vi-VN")
        self.set_creator("")
        self.add_page()

    def _line(self, text: str, *, size: float, bold: bool = False, align: Align = Align.L, after: float = 0) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.multi_cell(0, size * 0.5, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

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
        self.ln(6)

    def heading(self, text: str) -> None:
        self._line(text, size=_HEADING[self.size], bold=True, after=3)

    def section(self, text: str) -> None:
        self.ln(2)
        self._line(text, size=13, bold=True, after=1)

    def words(self, text: str) -> None:
        self._line(text, size=11, after=1.5)

    def big(self, text: str) -> None:
        """What has to be copied by hand."""
        self._line(text, size=26, bold=True, after=2)

    def facts(self, rows: Iterable[tuple[Any, Any]]) -> None:
        """Label and value side by side; rows without a value are left out."""
        for label, value in rows:
            if not value:
                continue
            top = self.y
            self.set_font(_FAMILY, "", 11)
            self.multi_cell(_LABEL[self.size], 5.5, str(label), align=Align.L, new_x=XPos.RIGHT, new_y=YPos.TOP)
            self.set_xy(self.l_margin + _LABEL[self.size], top)
            self.set_font(_FAMILY, "B", 11)
            self.multi_cell(0, 5.5, str(value), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(1)

    def qr(self, text: str, caption: str) -> None:
        """``text`` as a QR code with its address beside it in words. Never a secret: whoever passes can read it."""
        out = io.BytesIO()
        segno.make_qr(text, error="m").save(out, kind="png", scale=8, border=2)
        side, top = _QR[self.size], self.y + 2
        if top + side > self.page_break_trigger:
            self.add_page()
            top = self.y
        self.image(out, x=self.l_margin, y=top, w=side, alt_text=text)
        self.set_xy(self.l_margin + side + 6, top + 6)
        self.set_font(_FAMILY, "", 11)
        self.multi_cell(0, 5.5, f"{caption}\n{text}", align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(top + side + 2)

    def signatures(self, titles: Sequence[Any], names: Sequence[str]) -> None:
        """Who signs, side by side, with room for the hand between title and name."""
        if self.y + 32 > self.page_break_trigger:
            self.add_page()
        top, width = self.y + 3, self.epw / len(titles)
        for place, (title, name) in enumerate(zip(titles, names, strict=True)):
            for y, text, style in ((top, str(title), "B"), (top + 20, name, "")):
                self.set_xy(self.l_margin + place * width, y)
                self.set_font(_FAMILY, style, 11)
                self.multi_cell(width, 5.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(top + 28)

    def content(self) -> bytes:
        """Return the file."""
        return bytes(self.output())
