"""The paper of a questionnaire, and the poster that leads to one, as PDF."""

import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

import segno
from fpdf.enums import Align, XPos, YPos

from cms.core.paper import Paper
from surveys.enums import ChannelKind, QuestionKind, SurveyKind
from surveys.models import Channel, Question, Survey, SurveyVersion
from surveys.services.plan import plan_of
from surveys.services.sheets import SheetLine, asks_place, edition_words, sheet_sections

_FONT = "Source Sans"
_BOX, _COLUMN, _LINE, _PADDING = 4.0, 18.0, 4.8, 1.4  # mm
_ROOM = {QuestionKind.TEXT: 3, QuestionKind.LINE: 1, QuestionKind.NUMBER: 1, QuestionKind.DATE: 1}


class SheetPaper(Paper):
    """A4 with boxes to tick. Every question keeps together; its code stands beside it for whoever keys it in."""

    def _height(self, text: str, width: float, size: float, *, bold: bool = False) -> float:
        self.set_font(_FONT, "B" if bold else "", size)
        height: Any = self.multi_cell(width, _LINE, text, dry_run=True, output="HEIGHT")
        return float(height)

    def _keep(self, height: float) -> None:
        if self.y + height > self.page_break_trigger:
            self.add_page()

    def _text(self, text: str, *, size: float = 10.5, bold: bool = False, width: float = 0) -> None:
        self.set_font(_FONT, "B" if bold else "", size)
        self.multi_cell(width, _LINE, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def part(self, title: str, intro: str) -> None:
        """The line that begins a section, never alone at the foot of a page."""
        self._keep(26)
        self.section(title)
        if intro:
            self._text(intro)

    def asked(self, line: SheetLine) -> None:
        """One question, or a table of levels."""
        self.ln(1.5)
        if line.kind == "table":
            self._table(line)
        elif line.kind == QuestionKind.INFORMATION:
            self._text(line.question.label, bold=True)
        else:
            self._single(line)

    def _single(self, line: SheetLine) -> None:
        question = line.question
        self._keep(14 + 6 * max(len(line.numbered), _ROOM.get(QuestionKind(question.kind), 1)))
        self._text(f"{question.label}  [{question.key}]", bold=True)
        for words in filter(None, [line.when, line.hint or question.help_text]):
            self._text(words, size=9.5)
        if question.kind == QuestionKind.SCORE_10:
            self._row_of_boxes([str(level) for level in range(11)])
        elif question.kind == QuestionKind.CONSENT:
            self._boxed("1", _("Có"))
        elif line.numbered:
            if question.kind == QuestionKind.RANKING:
                self._text(_("Ghi 1 vào ô của việc nên làm trước nhất, rồi 2, 3…; không cần ghi hết."), size=9.5)
            for number, words in line.numbered:
                self._boxed(str(number), str(words))
        else:
            self._room(_ROOM.get(QuestionKind(question.kind), 1))

    def _boxed(self, number: str, words: str) -> None:
        self._keep(_LINE * 2)
        self.rect(self.l_margin + 2, self.y + 0.5, _BOX, _BOX)
        self.set_x(self.l_margin + 8)
        self.set_font(_FONT, "", 10.5)
        self.multi_cell(0, _LINE + 0.8, f"{number}. {words}", align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _row_of_boxes(self, words: Sequence[str]) -> None:
        top = self.y + 0.5
        for place, word in enumerate(words):
            left = self.l_margin + 2 + place * 14
            self.rect(left, top, _BOX, _BOX)
            self.set_xy(left + _BOX + 0.5, top - 0.4)
            self.cell(7, _LINE, word)
        self.set_xy(self.l_margin, top + _LINE + 1.5)

    def _room(self, lines: int) -> None:
        for _each in range(lines):
            self.ln(6.5)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(2)

    def _table(self, line: SheetLine) -> None:
        if line.heading:
            self._keep(30)
            self._text(line.heading, bold=True)
        for words in filter(None, [line.when, line.hint]):
            self._text(words, size=9.5)
        width = self.epw - _COLUMN * len(line.numbered)
        self._head(line, width)
        for question in line.questions:
            height = self._height(_row_words(question), width - 2 * _PADDING, 10.5) + 2 * _PADDING
            if self.y + height > self.page_break_trigger:
                self.add_page()
                self._head(line, width)
            self._table_row(question, line, width, height)
        self.ln(1)

    def _head(self, line: SheetLine, width: float) -> None:
        words = [f"{number}\n{level}" for number, level in line.numbered]
        height = max(self._height(each, _COLUMN, 8.5) for each in words) + 2
        self._keep(height + 14)
        top = self.y
        self.rect(self.l_margin, top, width, height)
        for place, each in enumerate(words):
            left = self.l_margin + width + place * _COLUMN
            self.rect(left, top, _COLUMN, height)
            self.set_xy(left, top + 1)
            self.set_font(_FONT, "", 8.5)
            self.multi_cell(_COLUMN, _LINE - 0.6, each, align=Align.C)
        self.set_xy(self.l_margin, top + height)

    def _table_row(self, question: Question, line: SheetLine, width: float, height: float) -> None:
        top = self.y
        self.rect(self.l_margin, top, width, height)
        self.set_xy(self.l_margin + _PADDING, top + _PADDING)
        self.set_font(_FONT, "", 10.5)
        self.multi_cell(width - 2 * _PADDING, _LINE, _row_words(question), align=Align.L)
        for place in range(len(line.numbered)):
            left = self.l_margin + width + place * _COLUMN
            self.rect(left, top, _COLUMN, height)
            self.rect(left + (_COLUMN - _BOX) / 2, top + (height - _BOX) / 2, _BOX, _BOX)
        self.set_xy(self.l_margin, top + height)


class PosterPaper(Paper):
    """One sheet for the wall: what it is about, the code, the address."""

    def poster(self, *, title: str, about: str, intro: str, url: str) -> None:
        """Fill the sheet; the code is large enough to be read from two steps away."""
        for text, size, bold in ((title, 34, True), (about, 22, True), (intro, 14, False)):
            self.set_font(_FONT, "B" if bold else "", size)
            self.multi_cell(0, size * 0.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(4)
        out = io.BytesIO()
        segno.make_qr(url, error="m").save(out, kind="png", scale=16, border=4)
        side = min(125.0, self.page_break_trigger - self.y - 42)
        self.image(out, x=(self.w - side) / 2, y=self.y, w=side, alt_text=url)
        self.set_y(self.y + side + 2)
        foot = (
            (_("Quét mã bằng điện thoại, hoặc gõ địa chỉ:"), 14, False),
            (url, 13, True),
            (_("Không ghi tên. Mất vài phút. Cảm ơn ông/bà!"), 14, False),
        )
        for text, size, bold in foot:
            self.set_font(_FONT, "B" if bold else "", size)
            self.multi_cell(0, size * 0.5, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(1.5)


def _row_words(question: Question) -> str:
    return f"{question.label}  [{question.key}]"


def sheet_pdf(*, version: SurveyVersion, channel: Channel | None = None) -> bytes:
    """Return the paper of a version; ``channel`` names the place it is about in the head."""
    survey = version.survey
    # Sheets come apart on the desk of whoever keys them in: every further page has room for the number again.
    running = _("Số phiếu: ………………   %(edition)s: %(title)s") % {
        "edition": edition_words(version),
        "title": Truncator(survey.title).chars(22 if channel else 50),
    }
    if channel is not None:
        running += " · " + Truncator(channel.called).chars(36)
    paper = SheetPaper(_("Phiếu khảo sát: %(title)s") % {"title": survey.title}, running=running)
    paper.letterhead()
    paper.heading(survey.title)
    if survey.intro:
        paper.words(survey.intro)
    if channel is not None:
        paper.facts([(_("Trả lời về"), channel.called)])
    elif asks_place(survey, channel):
        paper.words(_("Trả lời về nơi nào (trường, cơ quan, quầy): …………………………………………………"))
    paper.words(_("Số phiếu: ……………………        Ngày trả lời: ……/……/…………"))
    paper.words(f"{edition_words(version)}.")
    paper.words(_("Đánh dấu vào ô mình chọn. Câu nào không biết thì để trống. Đừng ghi tên vào phiếu."))
    for section, lines in sheet_sections(plan_of(version)):
        paper.part(section.title, section.intro)
        for line in lines:
            paper.asked(line)
    paper.ln(4)
    paper.words(
        _("%(edition)s. Chữ trong ngoặc vuông là mã câu hỏi, dành cho người nhập phiếu.")
        % {"edition": edition_words(version)}
    )
    return paper.content()


def channel_url(channel: Channel) -> str:
    """Return the whole address at which a place is answered; of the machine of a counter, its own."""
    name = "surveys:answer_kiosk" if channel.kind == ChannelKind.KIOSK else "surveys:answer_channel"
    if not channel.code:
        return f"{settings.SITE_URL}{reverse('surveys:answer_open', args=[channel.survey.slug])}"
    return f"{settings.SITE_URL}{reverse(name, args=[channel.survey.slug, channel.code])}"


def poster_pdf(places: Sequence[Channel]) -> bytes:
    """Return posters, one sheet of A4 a place: a code that telephones read, and the address in letters."""
    survey: Survey = places[0].survey
    paper = PosterPaper(_("Mã QR: %(title)s") % {"title": survey.title})
    # A poll may ask about anything; the others ask how content people are.
    title = survey.title if survey.kind == SurveyKind.POLL else _("Ông/bà có hài lòng không?")
    for number, place in enumerate(places):
        if number:
            paper.add_page()
        paper.letterhead()
        paper.poster(title=title, about=place.called, intro=survey.intro, url=channel_url(place))
    return paper.content()
