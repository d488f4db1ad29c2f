"""The arithmetic of the official form, without a database: identities, the rollup against the rows, percentages."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.enums import Channel, TallyMeasure, TallyScope
from procedures.figures import (
    DossierCounts,
    DossierFacts,
    Sums,
    as_of,
    cells_of,
    counts_from,
    counts_of,
    figure_values,
    identity_faults,
    percent,
    share,
)

START = date(2025, 11, 1)
# A hundred and twenty days around a change of year; whole months of them are asked for as well.
DAYS = st.integers(0, 120).map(lambda number: START + timedelta(days=number))
MONTHS = [(date(2025, 12, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 2, 28)), (START, date(2026, 1, 31))]


@st.composite
def dossiers(draw):
    received_on = draw(DAYS)
    due_on = draw(st.none() | st.integers(0, 40).map(lambda days: received_on + timedelta(days=days)))
    ended_on = draw(st.none() | st.integers(0, 60).map(lambda days: received_on + timedelta(days=days)))
    channel = draw(st.sampled_from([Channel.DIRECT, Channel.ONLINE, Channel.POST]))
    withdrawn = ended_on is not None and draw(st.booleans())
    paused = ended_on is None and draw(st.booleans())
    return DossierFacts(received_on, channel, due_on, ended_on, withdrawn, paused, draw(st.sampled_from("ab")), "x")


def until(rows, today):
    """Return the dossiers as they stand today: nothing has happened later."""
    return [
        DossierFacts(row.received_on, row.channel, row.due_on, unit=row.unit, field=row.field)
        if row.ended_on and row.ended_on > today
        else row
        for row in rows
        if row.received_on <= today
    ]


def summed(rows, first, last, today, scope, key=""):
    """Return the line of the form that the cells of ``rows`` make."""
    before, within, overrun = Counter(), Counter(), 0
    edge = as_of(last, today)
    for row in rows:
        for cell, count in cells_of(row).items():
            if (cell.scope, cell.key) != (scope, key):
                continue
            before[cell.measure] += count * (cell.day < first)
            within[cell.measure] += count * (first <= cell.day <= last)
            overrun += count * (cell.measure == TallyMeasure.OVERRUN and cell.day < edge)
    return counts_from(Sums(before, within, overrun))


@given(st.lists(dossiers(), max_size=12), DAYS, DAYS, DAYS)
def test_the_cells_say_of_every_period_what_the_dossiers_say(rows, one, other, today):
    first, last = sorted((one, other))
    rows = until(rows, today)
    counts = counts_of(rows, first, last, today)
    assert summed(rows, first, last, today, TallyScope.ALL) == counts
    assert counts.received == counts.resolved + counts.in_progress
    assert min(counts.in_progress_on_time, counts.in_progress_late, counts.carried_over) >= 0
    assert counts.withdrawn <= counts.resolved


@given(st.lists(dossiers(), max_size=12), st.sampled_from(MONTHS), st.integers(0, 200))
def test_the_parts_are_told_by_whole_months_and_make_up_the_whole(rows, months, later):
    first, last = months
    today = last + timedelta(days=later)
    rows = until(rows, today)
    parts = [summed(rows, first, last, today, TallyScope.UNIT, key) for key in "ab"]
    assert parts == [counts_of([row for row in rows if row.unit == key], first, last, today) for key in "ab"]
    assert sum(part.received for part in parts) == counts_of(rows, first, last, today).received


@given(st.lists(dossiers(), max_size=8), st.integers(0, 30))
def test_a_period_that_still_runs_counts_until_today(rows, into_month):
    first = date(2026, 1, 1)
    today = first + timedelta(days=into_month)
    rows = until(rows, today)
    for last in (today, date(2026, 12, 31)):
        assert summed(rows, first, last, today, TallyScope.FIELD, "x") == counts_of(rows, first, last, today)


def test_what_is_open_at_the_end_of_one_period_is_carried_into_the_next():
    rows = [DossierFacts(date(2026, 3, 20), Channel.DIRECT, date(2026, 3, 31), ended_on=date(2026, 4, 2))]
    today = date(2026, 6, 1)
    first = counts_of(rows, date(2026, 1, 1), date(2026, 3, 31), today)
    second = counts_of(rows, date(2026, 4, 1), date(2026, 6, 30), today)
    assert (first.in_progress_late, first.resolved) == (1, 0)  # its day went by with the last day of the period
    assert (second.carried_over, second.late, second.in_progress) == (1, 1, 0)


@pytest.mark.parametrize(
    ("ended", "outcome"),
    [(30, TallyMeasure.EARLY), (31, TallyMeasure.ON_TIME), (None, None)],
)
def test_early_is_before_the_day_and_on_time_is_the_day_itself(ended, outcome):
    ended_on = date(2026, 3, ended) if ended else None
    row = DossierFacts(date(2026, 3, 2), Channel.POST, date(2026, 3, 31), ended_on)
    assert row.outcome == outcome


def test_late_is_after_the_first_appointment_and_without_a_time_nothing_is_late():
    day = date(2026, 4, 1)
    assert DossierFacts(date(2026, 3, 2), Channel.POST, date(2026, 3, 31), day).outcome == TallyMeasure.LATE
    assert DossierFacts(date(2026, 3, 2), Channel.POST, None, day).outcome == TallyMeasure.ON_TIME
    assert counts_of([DossierFacts(date(2026, 3, 2), Channel.POST)], day, day, day).in_progress_on_time == 1


def test_the_percentages_of_the_first_quarter_of_2019():
    counts = DossierCounts(direct=92, early=85, on_time=3, in_progress_on_time=4)
    assert (counts.received, counts.resolved, counts.in_progress) == (92, 88, 4)
    assert percent(counts.resolved, counts.received) == Decimal("95.65")
    assert percent(counts.early, counts.resolved) == Decimal("96.59")
    assert percent(counts.on_time, counts.resolved) == Decimal("3.41")
    assert percent(counts.late, counts.resolved) == Decimal("0.00")
    assert (share(88, 92), share(85, 88), share(3, 88)) == (0.9565, 0.9659, 0.0341)


def test_half_a_hundredth_goes_up_and_nothing_has_no_share():
    assert percent(1, 800) == Decimal("0.13")  # 0.125
    assert percent(0, 0) is None
    assert share(0, 0) is None


def test_what_waits_for_the_citizen_is_not_late():
    day = date(2026, 4, 30)
    row = DossierFacts(date(2026, 3, 2), Channel.ONLINE, date(2026, 3, 31), paused=True)
    assert counts_of([row], day, day, day) == DossierCounts(carried_over=1, in_progress_on_time=1)


def test_a_report_that_does_not_add_up_is_told_column_by_column():
    faults = identity_faults(
        {"received": 92, "resolved": 88, "in_progress": 5, "early": 85, "on_time": 3, "late": 0, "withdrawn": 90}
    )
    assert faults == {
        "received": "“Tiếp nhận” ghi 92, nhưng “Đã giải quyết” 88 cộng “Đang giải quyết” 5 là 93.",
        "withdrawn": "“Rút, trả lại” ghi 90, nhiều hơn “Đã giải quyết” là 88.",
    }
    assert identity_faults({"received": 92, "resolved": 88, "in_progress": 4, "early": 85, "on_time": None}) == {}
    assert list(identity_faults({"received": 279, "received_in_period": 258, "carried_over": 22})) == ["received"]


@given(st.lists(dossiers(), max_size=12), DAYS)
def test_what_the_portal_counts_always_adds_up(rows, day):
    assert identity_faults(figure_values(counts_of(rows, START, day, day))) == {}
