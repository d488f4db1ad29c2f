"""What the cells of a list of procedures mean: times, fees, levels, papers, and how sure a row is."""

import re

from django.utils.translation import gettext as _

from cms.core.text import TextError, clean_line, fold, parse_vietnamese_date
from procedures.enums import MOST_FEE, FeeKind, Grade, Level, TimeUnit
from procedures.services import CitationDraft, Fee, TimeLimit

_LEVELS = {
    "cap bo": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap huyen": Level.DISTRICT,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}
# The longer first: “ngày làm việc” begins with “ngày”.
_UNITS = (
    ("ngay lam viec", TimeUnit.WORKING_DAY),
    ("ngay", TimeUnit.DAY),
    ("gio", TimeUnit.HOUR),
    ("thang", TimeUnit.MONTH),
)
# The whole cell, or it says more than the closed word would: what begins so and goes on is kept as it is written.
_AT_ONCE = re.compile(r"(?:tra )?(?:ket qua )?(?:ngay )?trong buoi(?: lam viec)?|tra (?:ket qua )?ngay")
_NO_LIMIT = re.compile(r"khong (?:co )?quy dinh(?: thoi han)?")
_COUNTED = re.compile(r"^(\d{1,4})(?: (.*))?$")
_FREE = re.compile(r"khong(?: dong| thu(?: phi| le phi| phi,? le phi)?)?|mien(?: phi| le phi| phi,? le phi)")
# Dots and spaces part thousands; a spreadsheet's own “.0” behind a bare number says nothing.
_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+(?=\.0(?!\d))|\d+)(?:\.0)? ?(?:dong|vnd|d)?")
_LIKE_AMOUNT = re.compile(r"-? ?\d[\d., ]*(?:dong|vnd|d)?")
_SPLIT = re.compile(r";(?![^()]*\))")
_ANNOUNCES = re.compile(r"^(?:QĐ|Quyết định)(?: công bố)?\s+(?=\d)", re.IGNORECASE)
_DAY = re.compile(r"\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4})")
_NOTE = re.compile(r"\s*\((.*)\)\s*$")
_MOST_TIME = 1000


class CellError(ValueError):
    """What a cell says cannot be; the message is a sentence."""


def read_levels(text: str) -> tuple[str, ...]:
    """Return the levels that a cell names; CellError for one that nobody knows."""
    found = []
    for part in filter(None, (each.strip() for each in re.split(r"[;,]", text))):
        words = fold(part)
        level = next((level for name, level in _LEVELS.items() if words.startswith(name)), None)
        if level is None:
            raise CellError(_("Không có cấp thực hiện “%(level)s”.") % {"level": part})
        found.append(str(level))
    return tuple(found)


def read_time(text: str) -> TimeLimit:
    """Return a time limit; a bare number counts working days, as the column says."""
    words = fold(text)
    if not words:
        return TimeLimit()
    for closed, known in ((_AT_ONCE, TimeUnit.SESSION), (_NO_LIMIT, TimeUnit.NONE)):
        if closed.fullmatch(words.rstrip(".")):
            return TimeLimit(None, str(known))
        if closed.match(words):
            return TimeLimit(text=text.strip())
    counted = _COUNTED.match(words)
    unit = next((unit for name, unit in _UNITS if ((counted and counted[2]) or _UNITS[0][0]) == name), None)
    if not counted or unit is None:
        raise CellError(_("Không hiểu thời hạn “%(text)s”; hãy ghi như 10, 10 ngày, 24 giờ.") % {"text": text})
    quantity = int(counted[1])
    if not 0 < quantity <= _MOST_TIME:
        raise CellError(_("Thời hạn phải từ 1 đến %(most)d.") % {"most": _MOST_TIME})
    return TimeLimit(quantity, str(unit))


def read_fee(text: str) -> Fee:
    """Return a fee: nothing to pay, a sum, or what the rule says in words; CellError for a sum that cannot be."""
    words = fold(text)
    if not words:
        return Fee()
    if _FREE.fullmatch(words.rstrip(".")):
        return Fee(str(FeeKind.FREE))
    if not _LIKE_AMOUNT.fullmatch(words):
        return Fee(str(FeeKind.TEXT), None, text.strip()[:300])
    if words.startswith("-"):
        raise CellError(_("Phí không thể âm."))
    amount = _AMOUNT.fullmatch(words)
    if amount is None:
        raise CellError(_("Không hiểu số tiền “%(text)s”; hãy ghi như 20000 hoặc 20.000 đồng.") % {"text": text})
    value = int(amount[1].replace(".", "").replace(" ", ""))
    if value > MOST_FEE:
        raise CellError(
            _("Phí lớn hơn %(most)s đồng; hãy xem lại số chữ số.") % {"most": f"{MOST_FEE:,}".replace(",", ".")}
        )
    return Fee(str(FeeKind.AMOUNT), value) if value else Fee(str(FeeKind.FREE))


def read_citations(text: str) -> tuple[CitationDraft, ...]:
    """Return the papers of a cell, parted by semicolons; “QĐ công bố …” announces, all others are the basis."""
    return tuple(_citation(part) for part in map(clean_line, _SPLIT.split(text)) if part)


def _citation(part: str) -> CitationDraft:
    note = _NOTE.search(part)
    words = part[: note.start()] if note else part
    announces = _ANNOUNCES.match(words)
    number = words[announces.end() :] if announces else words
    day = _DAY.search(number)
    try:
        issued_on = parse_vietnamese_date(day[1]) if day else None
    except TextError as error:
        raise CellError(f"“{part}”: {error}") from error
    number = clean_line(_DAY.sub("", number))
    if len(number) > 100:
        raise CellError(
            _("Căn cứ “%(text)s…” quá dài; hãy ghi số ký hiệu, cách nhau bằng dấu chấm phẩy.") % {"text": number[:40]}
        )
    return CitationDraft(number, issued_on, note[1][:500] if note else "", announces is not None)


def read_trust(text: str) -> tuple[str, str]:
    """Return the grade of a row and what is said beside it; a row that says nothing is not confirmed."""
    if not text:
        return str(Grade.D), ""
    letter = text[0].upper()
    if letter not in Grade.values or text[1:2].isalnum():
        raise CellError(_("Độ tin cậy phải bắt đầu bằng A, B, C hoặc D."))
    return letter, text
