"""Deadlines counted by hand from the published schedules, and laws that hold for any of them."""

import json
from datetime import UTC, date, datetime, time, timedelta

from django.core.management import CommandError, call_command

import pytest

from cms.core.enums import CalendarDayKind, DayReason
from cms.core.official_days import SWAPS, CivilServiceHolidays, official_days
from cms.core.services.calendar import calendar_seed
from cms.core.working_days import SpecialDay, WorkCalendar, add_working_days, working_days_between


@pytest.fixture(scope="module")
def calendar():
    return WorkCalendar(dict(official_days(2020, 2027)))


def span(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 8, 31), date(2026, 8, 22)),
        (date(2026, 1, 2), date(2026, 1, 10)),
    ],
)
def test_swapped_days(calendar, off, worked):
    assert calendar.reason(off) == DayReason.COMPENSATORY_OFF
    assert calendar.reason(worked) == DayReason.MAKE_UP_WORKDAY
    assert calendar.special_days[off].source == calendar.special_days[worked].source != ""


def test_every_saturday_of_the_package_is_a_known_swap():
    schedule = CivilServiceHolidays(years=range(2020, 2028))
    worked = {day for day in schedule.weekend_workdays if 2020 <= day.year <= 2027}
    assert worked == {swap.worked for swap in SWAPS}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 1, 31), date(2022, 2, 4)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 27), date(2025, 1, 31)),
        (date(2026, 2, 16), date(2026, 2, 20)),
    ],
)
def test_tet(calendar, first, last):
    assert not any(calendar.is_working_day(day) for day in span(first, last))
    assert calendar.is_working_day(calendar.next_working_day(last))
    assert not {calendar.reason(day) for day in span(first, last)} & {DayReason.WORKING_DAY}


def test_years_that_nobody_checked_are_unconfirmed(calendar):
    assert [year for year in range(2019, 2030) if calendar.is_confirmed(year)] == [2022, 2023, 2024, 2025, 2026]


def due(calendar, start, days, cut_off=None):
    return add_working_days(datetime.fromisoformat(start), days, calendar, cut_off=cut_off).due_on.isoformat()


@pytest.mark.parametrize(
    ("start", "days", "cut_off", "due_on"),
    [
        # Friday before the long holiday; Saturday 4 May is worked.
        ("2024-04-26 16:00", 5, None, "2024-05-07"),
        ("2024-04-26 16:00", 5, time(16, 0), "2024-05-07"),
        ("2024-04-26 16:01", 5, time(16, 0), "2024-05-08"),
        ("2024-04-28 09:00", 1, None, "2024-05-03"),
        ("2024-04-26 16:00", 0, None, "2024-04-26"),
        ("2024-04-27 16:00", 0, None, "2024-05-02"),
        ("2025-04-25 08:00", 1, None, "2025-04-26"),
        ("2025-04-26 08:00", 2, None, "2025-04-29"),
        ("2025-04-29 08:00", 1, None, "2025-05-05"),
        ("2025-12-31 08:00", 2, None, "2026-01-06"),
        ("2026-01-09 08:00", 1, None, "2026-01-10"),
        ("2026-02-13 08:00", 1, None, "2026-02-23"),
        ("2026-08-21 08:00", 1, None, "2026-08-22"),
        ("2026-08-28 08:00", 1, None, "2026-09-03"),
        ("2026-11-23 08:00", 1, None, "2026-11-25"),
    ],
)
def test_deadlines(calendar, start, days, cut_off, due_on):
    assert due(calendar, start, days, cut_off) == due_on


def test_every_day_is_explained(calendar):
    deadline = add_working_days(datetime(2024, 4, 26, 17, 30), 3, calendar, cut_off=time(17, 0))
    assert [(day.date.day, day.counted, day.reason) for day in deadline.days] == [
        (26, None, DayReason.RECEIVED_AFTER_CUT_OFF),
        (27, None, DayReason.WEEKEND),
        (28, None, DayReason.WEEKEND),
        (29, None, DayReason.COMPENSATORY_OFF),
        (30, None, DayReason.HOLIDAY),
        (1, None, DayReason.HOLIDAY),
        (2, 0, DayReason.RECEIVED),
        (3, 1, DayReason.WORKING_DAY),
        (4, 2, DayReason.MAKE_UP_WORKDAY),
        (5, None, DayReason.WEEKEND),
        (6, 3, DayReason.WORKING_DAY),
    ]
    assert deadline.received_on == date(2024, 5, 2)
    assert deadline.confirmed
    assert str(deadline) == "Thứ Hai, 06/05/2024"
    assert deadline.days[3].why == (
        "Nghỉ bù, nghỉ hoán đổi: Ngày nghỉ (thay cho ngày 04/05/2024) "
        "(Công văn số 2450/VPCP-KGVX ngày 12/04/2024 của Văn phòng Chính phủ)"
    )
    assert deadline.days[4].why == "Nghỉ lễ, tết: Ngày Chiến thắng (Bộ luật Lao động 2019, Điều 112)"


def test_receipt_on_a_holiday_names_it(calendar):
    first = add_working_days(datetime(2026, 11, 24, 9, 0), 1, calendar).days[0]
    assert first.reason == DayReason.RECEIVED_ON_DAY_OFF
    assert "Ngày Văn hóa Việt Nam" in first.why


def test_an_aware_moment_is_read_in_vietnam(calendar):
    # 23:30 UTC on Sunday is 06:30 on Monday in Vietnam.
    start = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert add_working_days(start, 1, calendar, cut_off=time(16)).due_on == date(2026, 11, 17)


def test_a_year_without_schedule_makes_the_deadline_unconfirmed(calendar):
    assert not add_working_days(datetime(2026, 12, 30), 5, calendar).confirmed
    assert add_working_days(datetime(2026, 12, 30), 1, calendar).confirmed


@pytest.mark.parametrize("days", [-1, 1001])
def test_a_count_out_of_range_is_refused(calendar, days):
    with pytest.raises(ValueError, match="between 0 and 1000"):
        add_working_days(datetime(2026, 1, 5), days, calendar)


def test_a_calendar_that_ends_too_early_does_not_guess(calendar):
    short = WorkCalendar(calendar.special_days, date(2026, 2, 1), date(2026, 2, 15))
    with pytest.raises(ValueError, match="outside the loaded calendar"):
        add_working_days(datetime(2026, 2, 13), 1, short)


def test_days_between(calendar):
    assert working_days_between(date(2024, 4, 26), date(2024, 5, 6), calendar) == 4
    assert working_days_between(date(2024, 5, 6), date(2024, 4, 26), calendar) == -4
    assert working_days_between(date(2024, 5, 6), date(2024, 5, 6), calendar) == 0


def test_the_decision_of_people_beats_the_weekday():
    sunday, monday = date(2026, 11, 15), date(2026, 11, 16)
    changed = WorkCalendar(
        {
            sunday: SpecialDay(CalendarDayKind.MAKE_UP_WORKDAY, "Làm bù"),
            monday: SpecialDay(CalendarDayKind.COMPENSATORY_OFF, "Nghỉ bù"),
        }
    )
    assert changed.is_working_day(sunday)
    assert not changed.is_working_day(monday)


class TestCommand:
    @pytest.fixture(autouse=True)
    def _calendar(self, db):
        calendar_seed()

    def test_json(self, capsys):
        call_command("add_working_days", "2024-04-26 16:00", "5", "--json")
        answer = json.loads(capsys.readouterr().out)
        assert list(answer) == ["due_on", "days"]
        assert answer["due_on"] == "2024-05-07"
        assert answer["days"][0] == {
            "date": "2024-04-26",
            "weekday": "Thứ Sáu",
            "counted": 0,
            "reason": "received",
            "label": "",
            "source": "",
            "confirmed": True,
            "why": "Ngày tiếp nhận, chưa tính",
        }
        assert [day["counted"] for day in answer["days"] if day["counted"]] == [1, 2, 3, 4, 5]

    def test_words(self, capsys):
        call_command("add_working_days", "26/04/2024 16:00", "5", "--cut-off", "15:30", "--explain")
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "Hạn: hết Thứ Tư, 08/05/2024"
        assert len(lines) == 14
        assert "Nhận sau giờ chốt" in lines[1]

    def test_an_unconfirmed_year_is_said(self, capsys):
        call_command("add_working_days", "2027-03-01", "1")
        assert "chưa được xác nhận" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        [
            ("hôm nay", "1"),
            ("2024-04-26", "x"),
            ("2024-04-26", "1.5"),
            ("2024-04-26 25:00", "1"),
            ("2024-04-26 bốn giờ", "1"),
            ("2024-04-26", "-1"),
            ("2024-04-26", "5000"),
            ("2024-04-26", "1", "--cut-off", "chiều"),
        ],
    )
    def test_bad_input_is_a_sentence(self, arguments):
        with pytest.raises(CommandError, match=r"\.$"):
            call_command("add_working_days", *arguments)

    def test_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            call_command("add_working_days", "2024-04-26", "200", "--json")
