"""When a recurring task is due (S55): periods, shifts, days off."""

from datetime import date
from types import SimpleNamespace

import pytest

from cms.core.enums import CalendarDayKind
from cms.core.periods import period_label, read_period
from cms.core.working_days import SpecialDay, WorkCalendar
from cms.plans.importers.deadlines import read_recurrence
from cms.plans.models import occurrences_of

ISSUED = date(2026, 3, 10)


def due(recurrence, shift=0, calendar=None, **days):
    task = SimpleNamespace(
        recurrence=recurrence,
        recurs_from=days.get("since"),
        recurs_until=days.get("until"),
        due_shift=shift,
        shift_in_working_days=calendar is not None,
    )
    return [(each.key, each.due_on) for each in occurrences_of(task, days.get("issued", ISSUED), calendar)]


def test_a_plan_recurs_from_its_day_to_the_end_of_that_year():
    assert due("quarter") == [
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-Q3", date(2026, 9, 30)),
        ("2026-Q4", date(2026, 12, 31)),
    ]
    assert [key for key, _day in due("month")] == [f"2026-{month:02d}" for month in range(3, 13)]
    assert due("half_year") == [("2026-6T", date(2026, 6, 30)), ("2026", date(2026, 12, 31))]
    assert due("year") == [("2026", date(2026, 12, 31))]


def test_own_days_win_and_may_cross_years():
    days = {"since": date(2026, 11, 1), "until": date(2027, 2, 1)}
    assert [key for key, _day in due("month", **days)] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_nothing_recurs_without_a_day_to_begin_with():
    assert due("quarter", issued=None) == due("", since=ISSUED) == []


def test_the_number_of_times_is_bounded():
    assert len(due("month", until=date(2090, 1, 1))) == 60


@pytest.mark.parametrize(
    ("shift", "day"),
    [(0, date(2026, 3, 31)), (5, date(2026, 4, 5)), (-5, date(2026, 3, 26))],
)
def test_calendar_days_shift_a_date(shift, day):
    assert due("quarter", shift)[0] == ("2026-Q1", day)


@pytest.mark.parametrize(
    ("shift", "day"),
    [
        (5, date(2026, 4, 8)),  # Wednesday 1 April is off
        (-2, date(2026, 3, 27)),
        (0, date(2026, 3, 31)),
    ],
)
def test_working_days_shift_a_date_over_days_off(shift, day):
    off = {date(2026, 4, 1): SpecialDay(CalendarDayKind.HOLIDAY, "Ngày nghỉ mẫu")}
    assert due("quarter", shift, WorkCalendar(off))[0][1] == day


def test_a_period_that_ends_on_a_day_off_is_due_before_it():
    assert due("month", 0, WorkCalendar(), since=date(2026, 5, 1))[0] == ("2026-05", date(2026, 5, 29))


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("2026-Q3", "Quý III năm 2026"),
        ("2026-03", "Tháng 03/2026"),
        ("2026-6T", "6 tháng đầu năm 2026"),
        ("2026-9T", "9 tháng đầu năm 2026"),
        ("2026", "Năm 2026"),
        ("2026-Q5", "2026-Q5"),
    ],
)
def test_periods_are_said_as_people_say_them(key, label):
    assert period_label(key) == label


@pytest.mark.parametrize("key", ["", "2026-Q0", "2026-13", "26", "2026-5T", "2026-Q1 ", "<b>"])
def test_what_is_no_period_is_none(key):
    assert read_period(key) is None


@pytest.mark.parametrize(
    ("words", "recurrence"),
    [
        ("Hàng quý", "quarter"),
        ("Hằng tháng", "month"),
        ("Mỗi quý một lần", "quarter"),
        ("Định kỳ 6 tháng, năm", "half_year"),
        ("Hàng năm", "year"),
        ("Hàng tuần", ""),
        ("Thường xuyên", ""),
        ("Quý III/2022", ""),
        ("", ""),
    ],
)
def test_words_about_repetition_are_understood_or_left_alone(words, recurrence):
    assert read_recurrence(words) == recurrence
