"""Results and responses as a spreadsheet: figures, codes, words of the codes, and what every column means."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cms.core.text import cell_text
from cms.core.text.characters import REFUSED_CONTROL
from surveys.api.lines import HEADING, csv_rows
from surveys.api.records import results_record
from surveys.reports.rows import columns_of, dictionary_rows, response_rows
from surveys.services.results import SurveyResults

MOST_ROWS = 20_000


class TooManyRowsError(Exception):
    """More responses than a spreadsheet is made of while somebody waits; the message is a sentence."""


def results_book(found: SurveyResults) -> bytes:
    """Return an XLSX with the figures of a period, its responses in codes and in words, and the dictionary.

    Raises TooManyRowsError: the CSV has no bound.
    """
    if (found.responses or 0) > MOST_ROWS:
        words = _("Kỳ này có hơn %(most)d phiếu: hãy tải tệp CSV, hoặc chọn kỳ ngắn hơn.")
        raise TooManyRowsError(words % {"most": MOST_ROWS})
    columns = columns_of(found.survey)
    book = Workbook(write_only=True)
    _sheet(book, _("Kết quả"), HEADING, csv_rows(results_record(found, public=False)))
    rows = list(response_rows(found, columns)) if found.whole_months else []
    _sheet(book, _("Phiếu (mã)"), columns.heading, (cells for _version, cells in rows))
    in_words = (_in_words(columns, version, cells) for version, cells in rows)
    _sheet(book, _("Phiếu (chữ)"), columns.heading, in_words)
    _sheet(book, _("Từ điển"), ("cot", "cau_hoi", "cach_tra_loi", "ma", "nghia"), dictionary_rows(columns))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_words(columns: Any, version: int, cells: Sequence[Any]) -> list[Any]:
    fixed = len(cells) - len(columns.questions)
    words = list(cells[:fixed])
    for question, codes in zip(columns.questions, cells[fixed:], strict=True):
        labels = columns.labels.get((version, question.key), {})
        words.append("; ".join(labels.get(code, code) for code in codes.split(";") if code))
    return words


def _sheet(book: Workbook, title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in heading])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _bold(sheet: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value as a cell: numbers as numbers, words as words, never as a formula."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if value and str(value).isascii() and str(value).isdigit() and len(str(value)) < 10:
        return int(value)
    # A line break of word processors, pasted into a question, is no character of a spreadsheet.
    cell = WriteOnlyCell(sheet, value=cell_text(REFUSED_CONTROL.sub(" ", str(value))))
    cell.data_type = "s"
    return cell
