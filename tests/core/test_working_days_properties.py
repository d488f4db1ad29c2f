"""Laws of the working-day count, for any moment and any calendar."""

from datetime import date, datetime, time, timedelta

import pytest

from cms.core.enums import CalendarDayKind
from cms.core.official_days import official_days
from cms.core.working_days import SpecialDay, WorkCalendar, add_working_days, working_days_between

pytest.importorskip("hypothesis", reason="hypothesis chưa được cài: pip install -r tests/requirements.txt")

from hypothesis import given, settings
from hypothesis import strategies as st

OFFICIAL = WorkCalendar(dict(official_days(2020, 2027)))
FIRST, LAST = date(2020, 1, 1), date(2027, 12, 31)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2027, 6, 1))
days = st.integers(0, 60)
hours = st.none() | st.times()
wild = st.builds(
    WorkCalendar,
    st.dictionaries(
        st.dates(FIRST, LAST),
        st.builds(SpecialDay, st.sampled_from(CalendarDayKind), st.just("ngày")),
        max_size=60,
    ),
)
calendars = st.just(OFFICIAL) | wild

unhurried = settings(deadline=None)


@unhurried
@given(moments, days, calendars, hours)
def test_the_explanation_adds_up(start, count, calendar, cut_off):
    deadline = add_working_days(start, count, calendar, cut_off=cut_off)
    assert calendar.is_working_day(deadline.due_on)
    assert deadline.due_on >= start.date()
    assert [day.counted for day in deadline.days if day.counted is not None] == list(range(count + 1))
    assert [day.date for day in deadline.days] == [
        start.date() + timedelta(days=n) for n in range((deadline.due_on - start.date()).days + 1)
    ]
    assert all(calendar.is_working_day(day.date) for day in deadline.days if day.counted is not None)
    assert working_days_between(deadline.received_on, deadline.due_on, calendar) == count


@unhurried
@given(moments, days, calendars, hours)
def test_a_day_more_is_a_later_date(start, count, calendar, cut_off):
    one = add_working_days(start, count, calendar, cut_off=cut_off)
    more = add_working_days(start, count + 1, calendar, cut_off=cut_off)
    assert more.due_on > one.due_on
    assert more.days[: len(one.days)] == one.days
    assert more.due_on == calendar.next_working_day(one.due_on)


@unhurried
@given(moments, moments, days, calendars, hours)
def test_who_comes_first_is_due_first(one, other, count, calendar, cut_off):
    earlier, later = sorted((one, other))
    assert (
        add_working_days(earlier, count, calendar, cut_off=cut_off).due_on
        <= add_working_days(later, count, calendar, cut_off=cut_off).due_on
    )


@unhurried
@given(moments, days, calendars)
def test_coming_after_hours_costs_one_working_day(start, count, calendar):
    start = start.replace(hour=18)
    in_time = add_working_days(start, count, calendar)
    late = add_working_days(start, count, calendar, cut_off=time(17))
    if calendar.is_working_day(start.date()):
        assert late.due_on == calendar.next_working_day(in_time.due_on)
    else:
        assert late == in_time


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST), calendars)
def test_counting_by_weeks_says_what_counting_day_by_day_says(one, other, calendar):
    start, end = sorted((one, other))
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert working_days_between(start, end, calendar) == sum(calendar.is_working_day(day) for day in span)
    assert working_days_between(end, start, calendar) == -working_days_between(start, end, calendar)
