"""Rows of an XLSX file; formulas and error cells are named, never guessed."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL

from .office import check_office_file
from .results import UnreadableFileError

MAX_COLUMNS = 200
MAX_LINES = 100_000
_MAX_EMPTY_ROWS = 1_000


class OddCell(str):
    """A cell that holds no plain value; the text says why."""


def xlsx_sheets(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield the name of each visible sheet, its rows with their numbers; raises UnreadableFileError."""
    check_office_file(content, required_part="xl/workbook.xml", extension="xlsx")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise _unreadable() from error
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # Some programs write a wrong size, which would hide rows.
                sheet.reset_dimensions()
                yield sheet.title, _rows(sheet)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    try:
        # One column more than is taken: beyond it a row is never built, however far right a stray cell stands.
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            _refuse_too_large(number, row)
            cells = [_text(cell) for cell in _as_wide_as_stored(row)]
            empty = 0 if any(cells) else empty + 1
            if empty > _MAX_EMPTY_ROWS:
                return
            if not empty:
                yield number, cells
    except UnreadableFileError:
        raise
    except Exception as error:  # a broken part shows only when its rows are read
        raise _unreadable() from error


def _refuse_too_large(number: int, row: Any) -> None:
    if number > MAX_LINES:
        raise UnreadableFileError(
            _("Bảng kéo dài quá dòng %(most)d. Hãy xóa các dòng thừa ở cuối hoặc chia thành nhiều tệp.")
            % {"most": MAX_LINES}
        )
    if len(row) > MAX_COLUMNS and row[MAX_COLUMNS].value is not None:
        raise UnreadableFileError(
            _("Bảng có hơn %(most)d cột. Hãy xóa các cột không cần nhập.") % {"most": MAX_COLUMNS}
        )


def _as_wide_as_stored(row: Any) -> Any:
    """Drop the places behind the row's last cell, with which openpyxl fills a row to the width asked for."""
    width = len(row)
    while width and row[width - 1] is EMPTY_CELL:
        width -= 1
    return row[:width]


def _unreadable() -> UnreadableFileError:
    return UnreadableFileError(_("Không đọc được bảng tính. Hãy mở thử, lưu lại thành .xlsx rồi gửi lại."))


def _text(cell: Any) -> str:
    """Return what a person sees in the cell, dates as dd/MM/yyyy."""
    kind, value = getattr(cell, "data_type", "n"), cell.value
    if value is None:
        return ""
    if kind == "f":
        return OddCell(_("là công thức, hãy dán giá trị thay cho công thức"))
    if kind == "e":
        return OddCell(_("báo lỗi %(error)s") % {"error": value})
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("có") if value else _("không")
        case datetime():
            has_time = value.time() != time(0)
            return value.strftime("%d/%m/%Y %H:%M:%S" if has_time else "%d/%m/%Y")
        case date():
            return value.strftime("%d/%m/%Y")
        case time() | timedelta():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
