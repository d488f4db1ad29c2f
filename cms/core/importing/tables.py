"""A table with Vietnamese headings, from CSV or XLSX: which column is which, and every row with its line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from cms.core.text import fold

from .csv_rows import csv_rows
from .results import NoTableError, UnreadableFileError
from .xlsx_rows import OddCell, xlsx_sheets

MAX_ROWS = 50_000
MAX_CHARACTERS = 20_000_000
# Offices like a title above the table; the headings are looked for this far down.
_HEADING_WITHIN = 20


@dataclass(frozen=True)
class Column:
    """A column that an importer knows: its key, and the headings under which people write it."""

    name: str
    headings: tuple[str, ...]
    required: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(heading_key(text) for text in (self.name, *self.headings))

    @property
    def label(self) -> str:
        return self.headings[0] if self.headings else self.name


@dataclass(frozen=True)
class TableRow:
    """One row of values by column name. ``problem`` says why it cannot be read, or is empty.

    ``given`` names the columns that the file has: the others are empty because nobody was asked.
    """

    line: int
    values: Mapping[str, str]
    problem: str = ""
    given: frozenset[str] = frozenset()


Lines = Iterator[tuple[int, list[str]]]
Top = list[tuple[int, list[str]]]


def heading_key(text: str) -> str:
    """Make equal what people write as one heading: case, marks, spaces, signs and i/y do not matter."""
    return "".join(letter for letter in fold(text) if letter.isalnum()).replace("y", "i")


def read_table(content: bytes, filename: str, columns: Sequence[Column]) -> list[TableRow]:
    """Read ``content`` by the extension of ``filename``; raises UnreadableFileError in words.

    It is a NoTableError where the file has no such table at all, or one without rows: for whoever looks for several.
    The first sheet (and the first of its upper rows) whose headings hold every required column is the table.
    Columns that nobody asked for are left alone; empty rows are passed over.
    """
    if not content.strip():
        raise UnreadableFileError(_("Tệp trống."))
    missing = ""
    for _title, lines in _sheets(content, filename):
        top = list(islice(lines, _HEADING_WITHIN))
        place, found, problem = _find_headings(top, columns)
        if found:
            rows = list(_rows(top[place + 1 :], lines, found, len(top[place][1]), columns))
            if not rows:
                raise NoTableError(_("Tệp chỉ có dòng tiêu đề, chưa có dòng nào để nhập."))
            return rows
        missing = missing or problem
    raise NoTableError(missing or _("Tệp trống."))


def table_tops(content: bytes, filename: str) -> Iterator[tuple[str, Top]]:
    """Yield the name and the upper rows of every sheet that holds anything; raises UnreadableFileError."""
    for title, lines in _sheets(content, filename):
        top = [(line, cells) for line, cells in islice(lines, _HEADING_WITHIN) if any(cell.strip() for cell in cells)]
        if top:
            yield title, top


def headings_absent(top: Top, columns: Sequence[Column]) -> list[Column]:
    """Return the required columns that no row of ``top`` has as headings, as few as any row leaves."""
    required = [column for column in columns if column.required]
    rows = (_match(line, cells, columns).values() for line, cells in top)
    return min(([column for column in required if column not in found] for found in rows), key=len, default=required)


def headings_words(absent: Sequence[Column]) -> str:
    """Say which headings are missing."""
    names = ", ".join(f"“{column.label}”" for column in absent)
    return _("Không thấy cột %(names)s ở dòng tiêu đề.") % {"names": names}


def _sheets(content: bytes, filename: str) -> Iterable[tuple[str, Lines]]:
    extension = filename.rpartition(".")[2].lower()
    if extension == "csv":
        return [("", csv_rows(content))]
    if extension == "xlsx":
        return xlsx_sheets(content)
    raise UnreadableFileError(_("Chỉ nhận tệp .csv hoặc .xlsx."))


def _find_headings(top: Top, columns: Sequence[Column]) -> tuple[int, dict[int, Column], str]:
    """Return where the headings are and which column stands in which place, or what is missing."""
    best: dict[int, Column] = {}
    for place, (line, cells) in enumerate(top):
        found = _match(line, cells, columns)
        if all(column in found.values() for column in columns if column.required):
            return place, found, ""
        best = found if len(found) > len(best) else best
    return 0, {}, headings_words([column for column in columns if column.required and column not in best.values()])


def _match(line: int, cells: list[str], columns: Sequence[Column]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        key = heading_key(cell)
        meant = [column for column in columns if key in column.keys]
        if not meant:
            continue
        # An office names its own columns too: a second “Ngày” is the one that asks for another day.
        free = [column for column in meant if column not in found.values()]
        if not free:
            raise UnreadableFileError(
                _("Dòng %(line)d có hai cột “%(name)s”. Hãy bỏ bớt một cột.") % {"line": line, "name": meant[0].label}
            )
        found[place] = free[0]
    return found


def _rows(
    rest: list[tuple[int, list[str]]], lines: Lines, found: dict[int, Column], width: int, columns: Sequence[Column]
) -> Iterator[TableRow]:
    count = size = 0
    for source in (rest, lines):
        for line, cells in source:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MAX_ROWS:
                raise UnreadableFileError(_("Tệp có hơn %(most)d dòng. Hãy chia thành nhiều tệp.") % {"most": MAX_ROWS})
            size += sum(map(len, cells))
            if size > MAX_CHARACTERS:
                raise UnreadableFileError(_("Bảng có quá nhiều chữ. Hãy chia thành nhiều tệp."))
            yield _row(line, cells, found, width, columns)


def _row(line: int, cells: list[str], found: dict[int, Column], width: int, columns: Sequence[Column]) -> TableRow:
    values = dict.fromkeys((column.name for column in columns), "")
    values |= {column.name: cells[place].strip() for place, column in found.items() if place < len(cells)}
    given = frozenset(column.name for column in found.values())
    return TableRow(line, values, _problem(cells, found, width), given)


def _problem(cells: list[str], found: dict[int, Column], width: int) -> str:
    for place, column in found.items():
        cell = cells[place] if place < len(cells) else ""
        if isinstance(cell, OddCell):
            return _("Ô “%(name)s” %(reason)s.") % {"name": column.label, "reason": cell}
        if cell.lstrip().startswith("="):
            return _("Ô “%(name)s” bắt đầu bằng dấu =, giống công thức.") % {"name": column.label}
    if any(cell.strip() for cell in cells[width:]):
        return _(
            "Dòng có %(count)d ô, nhiều hơn dòng tiêu đề (%(width)d). "
            "Nội dung có dấu phân cách phải đặt trong dấu nháy kép."
        ) % {"count": len(cells), "width": width}
    return ""
