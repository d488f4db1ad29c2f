"""The first fill of the working-day calendar: what law and yearly notices say, as far as it was checked.

The package ``holidays`` knows the law and most notices; ``SWAPS`` names the notices and adds the one it lacks.
Years outside ``CHECKED_YEARS`` follow the law only: the yearly notice may differ, so their rows are unconfirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from holidays.countries import Vietnam

from cms.core.enums import CalendarDayKind
from cms.core.text import format_vietnamese_date
from cms.core.working_days import SpecialDay

# Compared day by day with the published schedules of the civil service.
CHECKED_YEARS = range(2022, 2027)
_CULTURE_DAY = (11, 24)


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day given off against a Saturday worked, by the yearly notice named in ``source``."""

    off: date
    worked: date
    source: str


SWAPS = (
    Swap(date(2024, 4, 29), date(2024, 5, 4), "Công văn số 2450/VPCP-KGVX ngày 12/04/2024 của Văn phòng Chính phủ"),
    Swap(
        date(2025, 5, 2),
        date(2025, 4, 26),
        "Thông báo số 6150/TB-BLĐTBXH năm 2024; Công văn số 8726/VPCP-KGVX năm 2024",
    ),
    Swap(date(2026, 1, 2), date(2026, 1, 10), "Công văn số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ"),
    Swap(date(2026, 8, 31), date(2026, 8, 22), "Lịch nghỉ Quốc khánh năm 2026 của cán bộ, công chức, viên chức"),
)
_SOURCES = {day: swap.source for swap in SWAPS for day in (swap.off, swap.worked)}
_OFF_FOR = {swap.worked: swap.off for swap in SWAPS}


class CivilServiceHolidays(Vietnam):
    """The schedule of the package with the notices that it misses."""

    def _populate_public_holidays(self) -> None:
        super()._populate_public_holidays()
        for swap in SWAPS:
            if swap.off.year == self._year and swap.off not in self:
                label = self.substituted_label % format_vietnamese_date(swap.worked)
                self._add_holiday(label, swap.off)
                self.weekend_workdays.add(swap.worked)


def official_days(first_year: int, last_year: int) -> Iterator[tuple[date, SpecialDay]]:
    """Yield the special days of the years from ``first_year`` to ``last_year``, both included, in no fixed order."""
    # The year after may have a Saturday before New Year worked for it.
    schedule = CivilServiceHolidays(years=range(first_year, last_year + 2), language="vi")
    off_in_exchange = schedule.substituted_label.partition("%s")[0]
    in_lieu = schedule.observed_label.partition("%s")[2]
    for day, label in schedule.items():
        if first_year <= day.year <= last_year:
            is_compensation = label.startswith(off_in_exchange) or label.endswith(in_lieu)
            kind = CalendarDayKind.COMPENSATORY_OFF if is_compensation else CalendarDayKind.HOLIDAY
            yield day, SpecialDay(kind, label, _source(day, kind), day.year in CHECKED_YEARS)
    for day in schedule.weekend_workdays:
        if first_year <= day.year <= last_year:
            kind = CalendarDayKind.MAKE_UP_WORKDAY
            yield day, SpecialDay(kind, _make_up_label(day), _source(day, kind), day.year in CHECKED_YEARS)


def _make_up_label(day: date) -> str:
    off = _OFF_FOR.get(day)
    return f"Làm bù cho ngày nghỉ {format_vietnamese_date(off)}" if off else "Làm bù"


def _source(day: date, kind: CalendarDayKind) -> str:
    """Name the document: the notice of a swap, else the labour code in force in that year."""
    if day in _SOURCES:
        return _SOURCES[day]
    if kind == CalendarDayKind.MAKE_UP_WORKDAY:
        return ""
    if (day.month, day.day) == _CULTURE_DAY:
        return "Nghị quyết số 80-NQ/TW"
    if day.year < 2021:
        return "Bộ luật Lao động 2012, Điều 115"
    if kind == CalendarDayKind.COMPENSATORY_OFF:
        return "Bộ luật Lao động 2019, Điều 111 khoản 3"
    return "Bộ luật Lao động 2019, Điều 112"
