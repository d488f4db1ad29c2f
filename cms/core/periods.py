"""Periods of figures (``2026-Q1 2026-03 2026-6T 2026-9T 2026``, or two ISO days), said once for the whole house."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_ROMAN = ("I", "II", "III", "IV")
_KEY = re.compile(r"(?P<year>20[0-9]{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])|(?P<so_far>[69])T))?")
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
# Longer than any report; without a bound one address could make the server add up a century.
MOST_YEARS = 10


class PeriodError(ValueError):
    """What was asked for is no period; the message is a sentence for people."""


@dataclass(frozen=True)
class Period:
    """A stretch of days, the first and the last included. ``key`` is empty when it was given by two days."""

    key: str
    starts_on: date
    ends_on: date

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def first_month(self) -> int:
        return self.starts_on.month

    @property
    def label(self) -> str:
        """The period as people say it."""
        if self.key:
            return period_label(self.key)
        days = {"first": f"{self.starts_on:%d/%m/%Y}", "last": f"{self.ends_on:%d/%m/%Y}"}
        return _("Từ %(first)s đến %(last)s") % days

    @property
    def query(self) -> str:
        """The period as an address asks for it."""
        return f"ky={self.key}" if self.key else f"tu={self.starts_on}&den={self.ends_on}"

    def months(self, today: date) -> list[date] | None:
        """Return the first days of its months; None unless it is made of whole months.

        The month of ``today`` is whole when the period reaches ``today``: nothing has happened after it.
        """
        last = self.ends_on
        whole = last.day == monthrange(last.year, last.month)[1]
        reached = (last.year, last.month) == (today.year, today.month) and last >= today
        if self.starts_on.day != 1 or not (whole or reached):
            return None
        first, end = (day.year * 12 + day.month - 1 for day in (self.starts_on, last))
        return [date(number // 12, number % 12 + 1, 1) for number in range(first, end + 1)]


def read_period(key: str) -> Period | None:
    """Return the period that ``key`` names, or None when it names none."""
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    year = int(match["year"])
    if match["quarter"]:
        first, last = 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"])
    elif match["month"]:
        first = last = int(match["month"])
    else:
        first, last = 1, int(match["so_far"] or 12)
    return Period(key, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def period_label(key: str) -> str:
    """Return the period as people say it; what is no period is returned as it is."""
    match = _KEY.fullmatch(key)
    if match is None:
        return key
    names = {"year": match["year"]}
    if match["quarter"]:
        return _("Quý %(quarter)s năm %(year)s") % {**names, "quarter": _ROMAN[int(match["quarter"]) - 1]}
    if match["month"]:
        return _("Tháng %(month)s/%(year)s") % {**names, "month": match["month"]}
    if match["so_far"]:
        return _("%(months)s tháng đầu năm %(year)s") % {**names, "months": match["so_far"]}
    return _("Năm %(year)s") % names


def report_periods(year: int) -> list[tuple[str, str]]:
    """Return the periods that offices report by, with their names: quarters, six and nine months, the year."""
    keys = [*(f"{year}-Q{quarter}" for quarter in range(1, 5)), f"{year}-6T", f"{year}-9T", str(year)]
    return [(key, period_label(key)) for key in keys]


def offered_periods(asked: Period, *, today: date, years: int) -> list[list[tuple[str, str]]]:
    """Return the periods of the last ``years`` for a list to choose from; the one asked for is among them."""
    found = [report_periods(year) for year in range(today.year, today.year - years, -1)]
    if asked.key and not any(asked.key == key for year in found for key, _label in year):
        found.append([(asked.key, asked.label)])
    return found


def period_choices(year: int) -> list[tuple[str, str]]:
    """Return the periods for which a figure of ``year`` is told, those of reports first."""
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    return [*report_periods(year), *((key, period_label(key)) for key in months)]


def period_asked(query: Mapping[str, str], *, today: date) -> Period:
    """Return the period that an address asks for by ``ky``, or by ``tu`` and ``den``; this year when it asks for none.

    Raises PeriodError with a sentence when it asks for something that is none.
    """
    key, first, last = (query.get(name, "").strip() for name in ("ky", "tu", "den"))
    if key and (first or last):
        raise PeriodError(_("Hãy chọn một cách: theo kỳ, hoặc từ ngày đến ngày."))
    if first or last:
        return _between(first, last)
    period = read_period(key or str(today.year))
    if period is None:
        told = {"year": today.year}
        raise PeriodError(
            _("Kỳ này không đọc được. Kỳ viết như %(year)d-Q1, %(year)d-6T, %(year)d-9T hoặc %(year)d.") % told
        )
    return period


def _between(first: str, last: str) -> Period:
    if not first or not last:
        raise PeriodError(_("Hãy ghi cả ngày đầu và ngày cuối."))
    period = Period("", _day(first), _day(last))
    if period.starts_on > period.ends_on:
        raise PeriodError(_("Ngày đầu phải trước ngày cuối."))
    if period.ends_on.year - period.starts_on.year >= MOST_YEARS:
        raise PeriodError(_("Hãy chọn nhiều nhất %(years)d năm.") % {"years": MOST_YEARS})
    return period


def _day(typed: str) -> date:
    try:
        if not _DAY.fullmatch(typed):
            raise ValueError
        return date.fromisoformat(typed)
    except ValueError:
        raise PeriodError(_("Ngày không đọc được. Ngày viết theo năm-tháng-ngày, ví dụ 2026-03-31.")) from None
