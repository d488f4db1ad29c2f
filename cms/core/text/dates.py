"""Dates as Vietnamese offices write and read them."""

import re
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from .errors import TextError
from .folding import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100

_WEEKDAYS = (
    _("Thứ Hai"),
    _("Thứ Ba"),
    _("Thứ Tư"),
    _("Thứ Năm"),
    _("Thứ Sáu"),
    _("Thứ Bảy"),
    _("Chủ nhật"),
)
# A place or a weekday may stand before the date, as in "Hà Nội, ngày 10 tháng 3 năm 2022".
_BEFORE = r"(?:[^0-9]*, ?)?(?:ngay )?"
_FORMS = (
    re.compile(rf"{_BEFORE}(?P<day>[0-9]{{1,2}}) ?([/.-]) ?(?P<month>[0-9]{{1,2}}) ?\2 ?(?P<year>[0-9]{{4}})"),
    re.compile(rf"{_BEFORE}(?P<day>[0-9]{{1,2}}) thang (?P<month>[0-9]{{1,2}}),? nam (?P<year>[0-9]{{4}})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
)


def parse_vietnamese_date(value: str | date) -> date:
    """Read ``10/03/2022``, ``10 / 3 /2022``, ``ngày 10 tháng 3 năm 2022`` or ``2022-03-10``; a date passes through.

    Raises TextError when it is no date of the calendar or lies outside 1900–2100 (years of two digits are not
    guessed).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in _FORMS:
        if found := form.fullmatch(fold(value).rstrip(".;, ")):
            return _real_date(int(found["year"]), int(found["month"]), int(found["day"]))
    raise TextError(_("Ngày phải viết theo dạng ngày/tháng/năm, ví dụ 10/03/2022."))


def _real_date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        limits = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise TextError(_("Năm phải nằm trong khoảng từ %(first)s đến %(last)s.") % limits)
    try:
        return date(year, month, day)
    except ValueError as error:
        wrong = {"day": day, "month": month, "year": year}
        raise TextError(_("Lịch không có ngày %(day)s tháng %(month)s năm %(year)s.") % wrong) from error


def format_vietnamese_date(value: date, *, long: bool = False) -> str:
    """Write ``10/03/2022``, or with ``long`` ``ngày 10 tháng 3 năm 2022``.

    Days below 10 and the months 1 and 2 take a leading 0 (Decree 30/2020/NĐ-CP, Annex I).
    """
    if not long:
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{value.day:02d}",
        "month": month,
        "year": value.year,
    }


def weekday_name(value: date) -> str:
    """Return "Thứ Hai" … "Thứ Bảy", "Chủ nhật"."""
    return str(_WEEKDAYS[value.weekday()])
