"""The file into which responses from elsewhere are written before they are brought in: headings, and how to fill it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cms.core.text.characters import REFUSED_CONTROL
from surveys.enums import LEVELS, QuestionKind
from surveys.importers.responses import ResponseReader
from surveys.importers.sizes import POPULATIONS
from surveys.models import Question, Survey

_WIDE, _NARROW = 18, 11


def import_blank(survey: Survey) -> bytes:
    """Return an XLSX with a column for all that is read of a response, and a sheet for the sizes of groups.

    What a question asks and what may be written stands as a comment at its heading. Raises UnreadableFileError for a
    survey without questions.
    """
    reader = ResponseReader(survey)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Phiếu")
    told = {question.key: _told(question) for question in reader.questions}
    _head(sheet, [column.label for column in reader.columns], told)
    _head(book.create_sheet(_("Số giao dịch")), [column.label for column in POPULATIONS], {})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any, headings: Sequence[str], told: Mapping[str, str]) -> None:
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        cell = sheet.cell(row=1, column=place, value=heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _NARROW if heading in told else _WIDE
        if heading in told:
            cell.comment = Comment(told[heading], "", height=240, width=340)


def _told(question: Question) -> str:
    how = {
        QuestionKind.SOME_OF: _("Nhiều câu trả lời thì cách nhau bằng dấu chấm phẩy."),
        QuestionKind.RANKING: _("Mục xếp thứ nhất viết trước, cách nhau bằng dấu chấm phẩy."),
        QuestionKind.DATE: _("Ngày/tháng/năm."),
        QuestionKind.CONSENT: _("Ghi x nếu có đánh dấu."),
    }.get(QuestionKind(question.kind), "")
    options = [f"{code} = {words}" if question.kind in LEVELS else str(words) for code, words in question.options]
    lines = [question.label, *(options if question.kind != QuestionKind.SCORE_10 else ["0 … 10"]), how]
    return REFUSED_CONTROL.sub(" ", "\n".join(filter(None, lines)))
