"""Slips to be cut apart: one invitation each, with its code and its address, as PDF."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

import segno
from fpdf.enums import Align, XPos, YPos

from cms.core.models import AgencySettings
from cms.core.paper import Paper
from cms.core.templatetags.core_tags import vn_date
from surveys.models import InvitationBatch

_FONT = "Source Sans"
# mm: two columns of five slips on A4, cut along the lines.
_COLUMNS, _ROWS, _WIDTH, _HEIGHT, _CODE, _PADDING = 2, 5, 97.0, 56.0, 30.0, 4.0


class SlipPaper(Paper):
    """A4 sheets of slips, each with room for scissors."""

    def slip(self, place: int, *, heading: str, words: Sequence[tuple[str, float, bool]], url: str) -> None:
        """Draw one slip; ``place`` counts from 0 over all sheets."""
        on_sheet = place % (_COLUMNS * _ROWS)
        if place and not on_sheet:
            self.add_page()
        left = (self.w - _COLUMNS * _WIDTH) / 2 + on_sheet % _COLUMNS * _WIDTH
        top = (self.h - _ROWS * _HEIGHT) / 2 + on_sheet // _COLUMNS * _HEIGHT
        self.set_draw_color(150)
        self.rect(left, top, _WIDTH, _HEIGHT)
        self._written(left + _PADDING, top + 3, _WIDTH - 2 * _PADDING, heading, 10.5, bold=True)
        beneath = self.y + 1
        out = io.BytesIO()
        segno.make_qr(url, error="m").save(out, kind="png", scale=4, border=2)
        self.image(out, x=left + _PADDING, y=beneath, w=_CODE, alt_text=url)
        self.set_y(beneath)
        for text, size, bold in words:
            self._written(left + _PADDING + _CODE + 2, self.y, _WIDTH - _CODE - 2 * _PADDING - 2, text, size, bold=bold)

    def _written(self, left: float, top: float, width: float, text: str, size: float, *, bold: bool) -> None:
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_xy(left, top)
        self.multi_cell(width, size * 0.42, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.7)


def batch_about(batch: InvitationBatch) -> str:
    """Return what the responses of a batch are about, in words: cut apart, a slip still says where it belongs."""
    return batch.unit.name if batch.unit else AgencySettings.load().name


def slips_pdf(batch: InvitationBatch, urls: Sequence[str]) -> bytes:
    """Return the sheets of a batch that was just made, ten slips on each; no slip has a number to be written down."""
    survey = batch.survey
    paper = SlipPaper(_("Phiếu mời: %(title)s") % {"title": survey.title})
    paper.set_auto_page_break(auto=False)
    last_day = _("Đến hết ngày %(day)s.") % {"day": vn_date(batch.expires_on)}
    about = _("Trả lời về: %(unit)s") % {"unit": batch_about(batch)}
    for place, url in enumerate(urls):
        words = (
            (about, 9.5, True),
            (_("Quét mã bằng điện thoại, hoặc gõ địa chỉ:"), 8.5, False),
            (url.removeprefix("https://"), 7.5, True),
            (_("Trả lời được một lần, không ghi tên, không ai biết phiếu nào của ai.") + f" {last_day}", 8, False),
        )
        paper.slip(place, heading=survey.title, words=words, url=url)
    return paper.content()
