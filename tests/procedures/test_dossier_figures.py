"""The figures of dossiers from real rows: the two fixtures to the digit, the counts against the rows, the tables."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from cms.core.periods import read_period
from procedures.enums import DossierChannel, DossierState
from procedures.figures import counts_of, percent
from procedures.models import Dossier, DossierTally
from procedures.services.dossier_figures import dossier_figures
from procedures.services.tallies import facts_of, tallies_fit_dossiers, tallies_rebuild, tally_change
from tests.procedures.counted import TODAY, field_of, many, row, store, unit_of

pytestmark = pytest.mark.django_db
ONLINE, POST = DossierChannel.ONLINE, DossierChannel.POST


def figures_of(key: str, today: date = TODAY):
    return dossier_figures(read_period(key), today=today)


def first_quarter_of_2019() -> None:
    """The register of a transaction centre: 92 received, 88 resolved, 85 of them early, 3 on their day."""
    store(
        *many(85, date(2019, 1, 14), days=5, took=2),
        *many(3, date(2019, 2, 11), days=3, took=3),
        *many(4, date(2019, 3, 25), days=10),
    )


def year_2020() -> None:
    """The register of a department: 279 = 258 + 21; 268 in time, 1 given back in time, 3 late, 7 in time at the end."""
    store(
        *many(21, date(2019, 12, 23), days=14, took=12),
        *many(87, date(2020, 3, 2), days=15, took=10, channel=ONLINE),
        *many(3, date(2020, 6, 1), days=15, took=20, channel=ONLINE),
        *many(160, date(2020, 8, 3), days=15, took=15),
        row(date(2020, 9, 1), due=date(2020, 9, 15), ended=date(2020, 9, 3), state=DossierState.REFUSED),
        *many(7, date(2020, 12, 21), days=20, channel=POST),
    )


def test_the_first_quarter_of_2019_comes_out_to_the_digit():
    first_quarter_of_2019()
    values = figures_of("2019-Q1", date(2019, 3, 31)).total.values
    assert (values["received"], values["resolved"], values["in_progress"]) == (92, 88, 4)
    assert (values["early"], values["on_time"], values["late"]) == (85, 3, 0)
    assert (values["resolved_share"], values["early_share"], values["on_time_share"]) == (0.9565, 0.9659, 0.0341)
    counts = figures_of("2019-Q1", date(2019, 3, 31)).total.counts
    assert [str(percent(*pair)) for pair in ((88, 92), (counts.early, counts.resolved), (3, counts.resolved))] == [
        *("95.65", "96.59", "3.41"),
    ]


def test_the_year_2020_comes_out_to_the_digit():
    year_2020()
    found = figures_of("2020", date(2020, 12, 31))
    values = found.total.values
    assert (values["received"], values["received_in_period"], values["carried_over"]) == (279, 258, 21)
    assert (values["early"] + values["on_time"], values["late"], values["withdrawn"]) == (269, 3, 1)
    assert (values["resolved"], values["in_progress"], values["in_progress_late"]) == (272, 7, 0)
    assert (values["received_online"], values["received_post"], values["received_offline"]) == (90, 7, 168)
    ways = {line.code: line.values["received"] for line in found.channels}
    assert ways == {"direct": 182, "online": 90, "post": 7}
    # What was open at the end of the year is what the next one begins with.
    assert figures_of("2021", date(2021, 2, 1)).total.values["carried_over"] == 7


def test_parts_add_up_to_the_whole_and_say_what_their_rows_say():
    other = unit_of("truong-mau", "Trường Mẫu")
    kindergarten = field_of("Giáo dục mầm non")
    store(
        *many(6, date(2026, 1, 12), took=4),
        *many(4, date(2026, 2, 2), took=30, unit=other),
        *many(5, date(2026, 3, 20), unit=other, field=kindergarten, channel=ONLINE),
        *many(2, date(2026, 3, 2), state=DossierState.NEED_SUPPLEMENT),
    )
    found = figures_of("2026-Q1")
    for rows in (found.units, found.fields, found.channels):
        assert sum(line.counts.received for line in rows) == found.total.counts.received == 17
        assert sum(line.counts.in_progress_late for line in rows) == found.total.counts.in_progress_late
    for line, rows in zip(
        found.units, (Dossier.objects.exclude(unit=other), Dossier.objects.filter(unit=other)), strict=True
    ):
        facts = [facts_of(each) for each in rows]
        assert line.counts == counts_of(facts, date(2026, 1, 1), date(2026, 3, 31), TODAY)
    assert [(month.month.month, month.received_in_period, month.resolved) for month in found.months] == [
        *((1, 6, 6), (2, 4, 0), (3, 7, 4)),
    ]


def test_a_part_is_told_by_whole_months_only():
    store(*many(3, date(2026, 1, 12), took=4))
    found = dossier_figures(read_period("2026-Q1").__class__("", date(2026, 1, 5), date(2026, 1, 20)), today=TODAY)
    assert found.total.values["received"] == 3
    assert (found.units, found.fields, found.channels) == (None, None, None)


def test_counts_move_with_each_change_and_a_rebuild_finds_what_is_wrong():
    store(*many(3, date(2026, 10, 1)))
    dossier, before = Dossier.objects.first(), Dossier.objects.first()
    dossier.state = DossierState.NEED_SUPPLEMENT
    dossier.save()
    tally_change(before=before, after=dossier)
    assert figures_of("2026").total.counts.in_progress_late == 2
    assert list(tallies_fit_dossiers()) == []
    DossierTally.objects.counted().whole().update(count=9)
    assert len(list(tallies_fit_dossiers())) == tallies_rebuild() > 0
    assert list(tallies_fit_dossiers()) == []
    assert figures_of("2026").total.counts.received == 3


def test_what_was_never_taken_in_counts_nowhere():
    waiting = row(date(2026, 10, 1), state=DossierState.REGISTERED)
    waiting.received_at = waiting.clock_started_at = None
    store(waiting)
    assert not DossierTally.objects.exists()
    assert figures_of("2026").total.counts.is_empty


def test_the_cost_does_not_grow_with_dossiers():
    costs = []
    for day in (date(2026, 1, 12), date(2026, 2, 2)):
        store(*many(10 if not costs else 200, day, took=4))
        with CaptureQueriesContext(connection) as asked:
            figures_of("2026")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 14
