"""The sizes of groups on a sheet of their own: their columns, and sheets that mean to be one but cannot be read."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.importing import Column, Top, UnreadableFileError, headings_absent, headings_words, table_tops
from cms.core.text import fold
from surveys.importers.cells import quarter_of, whole_number

POPULATIONS = (
    Column("channel", ("Kênh", "Nhóm"), required=True),
    Column("quarter", ("Quý",), required=True),
    Column("population", ("Số giao dịch", "Tổng thể", "Số người"), required=True),
    Column("source", ("Nguồn", "Nguồn số liệu")),
)
_NAMES = ("tong the", "giao dich", "quy mo", "so nguoi", "size", "population")


def sheets_passed_over(content: bytes, filename: str, responses: Sequence[Column]) -> list[str]:
    """Return a sentence for every sheet of a file that is neither responses nor sizes of groups: nobody reads it.

    Raises UnreadableFileError, naming the sheet and its missing headings, for one that means to be sizes: results
    would be weighed without them, and nobody would know. So for a second sheet of a kind: only the first is read.
    """
    told: list[str] = []
    tables: dict[str, str] = {}  # by what a sheet is, the first that is
    for title, top in table_tops(content, filename):
        if kind := "responses" if _is_table(top, responses) else "sizes" if _is_table(top, POPULATIONS) else "":
            if kind in tables:
                raise UnreadableFileError(_twice(tables[kind], title))
            tables[kind] = title
            continue
        if _means_sizes(title, top):
            raise UnreadableFileError(_misread(title, top))
        words = _(
            "Trang tính “%(sheet)s” không phải bảng phiếu, cũng không phải bảng số giao dịch, nên không được đọc."
        )
        told.append(words % {"sheet": title})
    return told


def _twice(first: str, second: str) -> str:
    words = _(
        "Trang tính “%(first)s” và “%(second)s” cùng một loại bảng, mà mỗi tệp chỉ đọc được một bảng của mỗi loại. "
        "Hãy gộp hai trang tính ấy làm một, hoặc gửi thành hai tệp."
    )
    return words % {"first": first, "second": second}


def _misread(title: str, top: Top) -> str:
    try:
        reason = headings_words(headings_absent(top, POPULATIONS))
    except UnreadableFileError as error:
        reason = str(error)
    words = _(
        "Trang tính “%(sheet)s” giống bảng số giao dịch mà không đọc được: %(reason)s Sửa dòng tiêu đề thành Kênh, "
        "Quý, Số giao dịch, hoặc bỏ trang tính ấy, rồi gửi lại tệp."
    )
    return words % {"sheet": title, "reason": reason}


def _is_table(top: Top, columns: Sequence[Column]) -> bool:
    try:
        return not headings_absent(top, columns)
    except UnreadableFileError:
        return False


def _means_sizes(title: str, top: Top) -> bool:
    """Say so by the name of the sheet, by one of its headings, or by a quarter with a number beside it."""
    if any(name in fold(title) for name in _NAMES):
        return True
    own = [column for column in POPULATIONS if column.name in {"quarter", "population"}]
    try:
        if len(headings_absent(top, own)) < len(own):
            return True
    except UnreadableFileError:
        return True
    return any(
        _reads(quarter_of, cell) and any(_reads(whole_number, other) for other in cells if other is not cell)
        for _line, cells in top
        for cell in cells
    )


def _reads(reader: Callable[[str], object], cell: str) -> bool:
    try:
        reader(cell)
    except ValidationError:
        return False
    return True
