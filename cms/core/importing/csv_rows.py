"""Rows of a CSV file as offices make them: with or without BOM, parted by comma, semicolon or tab."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .results import UnreadableFileError

DELIMITERS = ",;\t"
_MAX_FIELD = 100_000
_LOOKED_AT = 4000


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; raises UnreadableFileError.

    UTF-8 and, with its BOM, UTF-16 (Excel's “Unicode text”) are read. Windows-1258 and other old code pages
    are refused in words: guessing would put wrong letters into official titles.
    """
    text = _decoded(content)
    delimiter = _delimiter(text)
    lines = io.StringIO(text, newline="")
    skipped = 0
    if text[:4].lower() == "sep=":
        lines.readline()
        skipped = 1
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFileError(
                _("Không đọc được từ dòng %(line)d: dấu nháy kép chưa đóng hoặc ô quá dài.") % {"line": line}
            ) from error
        yield line, row


def _decoded(content: bytes) -> str:
    encoding = "utf-8-sig"
    not_a_table = UnreadableFileError(
        _("Không đọc được: tệp này không phải là bảng chữ (CSV). Hãy lưu lại thành .csv hoặc .xlsx.")
    )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        # Latin-1 shows every byte as one sign, so that pictures and programs are told from old code pages.
        if encoding == "utf-16" or _is_rubbish(content[:_LOOKED_AT].decode("latin-1")):
            raise not_a_table from error
        raise UnreadableFileError(
            _(
                "Tệp không dùng bảng mã Unicode (UTF-8), có thể là Windows-1258 hoặc TCVN3. "
                "Trong Excel, hãy chọn Lưu thành “CSV UTF-8”, hoặc gửi tệp .xlsx."
            )
        ) from error
    if "\x00" in text or _is_rubbish(text[:_LOOKED_AT]):
        raise not_a_table
    return text


def _is_rubbish(text: str) -> bool:
    """Whether so many of these signs are none that people write that this was never a text."""
    # C1 signs are letters in the old code pages, so they say nothing.
    odd = sum(unicodedata.category(sign) == "Cn" or (sign < " " and sign not in "\t\n\v\f\r") for sign in text)
    return odd > max(2, len(text) // 50)


def _delimiter(text: str) -> str:
    """The sign that parts the fullest of the first lines; ``sep=`` of Excel says it outright."""
    head = text[:4000].splitlines()[:5]
    if head and head[0].lower().startswith("sep=") and head[0][4:5] in DELIMITERS and head[0][4:5]:
        return head[0][4]
    counts = {sign: max((_outside_quotes(line).count(sign) for line in head), default=0) for sign in DELIMITERS}
    return max(counts, key=lambda sign: counts[sign])


def _outside_quotes(line: str) -> str:
    return "".join(part for place, part in enumerate(line.split('"')) if place % 2 == 0)
