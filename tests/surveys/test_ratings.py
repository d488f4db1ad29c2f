"""What apps tell of ratings, beside the results of the survey that asked for them: one tells no more than the other."""

from datetime import date
from random import Random

import pytest
import time_machine

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.periods import read_period
from surveys import factories
from surveys.services.ratings import ratings_mark, ratings_of_kind
from surveys.services.results import told_of_survey
from surveys.services.told import WHOLE, unit_node
from tests.feedback.conftest import make_unit

pytestmark = pytest.mark.django_db
KIND, KEY = "dossier_rating", "muc"
PERIODS = ("2026", "2026-6T", "2026-Q1", "2026-Q2", "2026-02")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey():
    return factories.survey(kind=KIND, results_public=True)


def schools():
    """Two kinds with two units each, and one kind with one."""
    kinds = (UnitKind.PRIMARY, UnitKind.PRIMARY, UnitKind.KINDERGARTEN, UnitKind.KINDERGARTEN, UnitKind.DEPARTMENT)
    made = [make_unit(f"dv-{place}", f"Đơn vị {place}") for place in range(len(kinds))]
    for unit, kind in zip(made, kinds, strict=True):
        Unit.objects.filter(pk=unit.pk).update(kind=kind)
    return made


def rate(survey, unit, times, month, *, level="4", about="mot"):
    for _turn in range(times):
        factories.answered(survey, {KEY: level}, unit=unit, about=about, today=date(2026, month, 10))


def months_of(period):
    return read_period(period).months(date(2026, 11, 30))


def told_by_both(survey, units):
    """Return for each period and place what the ratings and the results tell: how many, or None."""
    found = {}
    for period in PERIODS:
        months = months_of(period)
        ratings = ratings_of_kind(KIND, months, units=[0, *(unit.pk for unit in units)], abouts=["mot"], smallest=5)
        told, _units = told_of_survey(survey, read_period(period))
        for node, part in ((WHOLE, ratings.total), *((unit_node(pk), each) for pk, each in ratings.units.items())):
            cell = told.cell(KEY, node, months)
            found[period, node] = (part.n, cell.n if cell else None)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_ratings_and_results_hide_the_same_cells(survey, seed):
    units, chance = schools(), Random(seed)
    for unit in units:
        for month in (1, 2, 5):
            rate(survey, unit, chance.choice((0, 0, 1, 2, 5, 7)), month)
    found = told_by_both(survey, units)
    assert {place: each for place, each in found.items() if each[0] != each[1]} == {}


def test_a_unit_that_is_alone_in_its_kind_is_hidden_with_its_kind(survey):
    first, _second, third, *_others = units = schools()
    rate(survey, first, 9, 2)
    rate(survey, third, 2, 2)
    found = told_by_both(survey, units)
    # Eleven are told of the whole; nine of a school beside them would tell the two.
    assert found["2026", WHOLE] == (11, 11)
    assert found["2026", unit_node(first.pk)] == (None, None)


def test_a_published_part_of_a_year_is_a_border_for_both(survey):
    unit = schools()[0]
    rate(survey, unit, 6, 2)
    rate(survey, unit, 2, 7)
    mark = ratings_mark(KIND)
    assert ratings_of_kind(KIND, months_of("2026"), units=[], abouts=[], smallest=5).total.n == 8
    factories.snapshot(survey, "2026-Q1")
    assert ratings_mark(KIND) != mark
    # Six are published for good; eight of the year beside them would tell the two.
    assert ratings_of_kind(KIND, months_of("2026"), units=[], abouts=[], smallest=5).total.hidden
    assert ratings_of_kind(KIND, months_of("2026-Q1"), units=[], abouts=[], smallest=5).total.n == 6


def test_several_surveys_are_added_when_each_of_them_is_told(survey):
    unit, later = schools()[0], factories.survey(kind=KIND)
    rate(survey, unit, 6, 2, level="5")
    rate(later, unit, 6, 3, level="3")
    total = ratings_of_kind(KIND, months_of("2026"), units=[], abouts=[], smallest=5).total
    assert (total.n, total.mean) == (12, 4.0)
    third = factories.survey(kind=KIND)
    rate(third, unit, 2, 3)
    # The results of the two others stand on their pages; fourteen beside them would tell these two.
    assert ratings_of_kind(KIND, months_of("2026"), units=[], abouts=[], smallest=5).total.hidden
