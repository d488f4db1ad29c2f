"""axe finds nothing on any public page, in any state, at phone and desk width, light and dark."""

import pytest

from tests.browser.pages import (
    apology_states,
    asking_states,
    calendar_states,
    material_states,
    notice_states,
    plan_states,
    procedure_states,
    search_states,
    survey_states,
)
from tests.browser.pages import public_states as states
from tests.browser.pages.looking import LIGHT_AND_DARK, every, sampled, walk

JOURNEYS = [
    *(states.reading, states.framing, states.papers, plan_states.reading_plans),
    *(material_states.borrowing, states.speaking, states.looking_for, search_states.searching),
    *(procedure_states.preparing, procedure_states.asking_for_a_dossier),
    apology_states.reading_apologies,
    *(notice_states.asking, calendar_states.reading_the_calendar, survey_states.answering),
    survey_states.reading_public_results,
    *(states.sending, states.following, states.refusing, asking_states.being_asked),
]
each_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.__name__ for journey in JOURNEYS])
EXPECTED = "the server responded with a status of (400|404|410|422|429|403)"


@pytest.fixture
def runner():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def test_a_portal_on_its_first_day(site_tree, open_page, runner):
    page = open_page()
    assert walk(states.empty_portal(page), page, runner, sampled(LIGHT_AND_DARK)) == []


@pytest.mark.whole
def test_a_portal_on_its_first_day_in_all_its_ways(site_tree, open_page, runner):
    page = open_page()
    assert walk(states.empty_portal(page), page, runner, every(LIGHT_AND_DARK)) == []


@each_journey
def test_every_state_in_one_of_its_ways(portal, open_page, runner, faults, journey):
    faults.allow(EXPECTED)
    page = open_page()
    assert walk(journey(page), page, runner, sampled(LIGHT_AND_DARK)) == []


@pytest.mark.whole
@each_journey
def test_every_state_in_all_its_ways(portal, open_page, runner, faults, journey):
    faults.allow(EXPECTED)
    page = open_page()
    assert walk(journey(page), page, runner, every(LIGHT_AND_DARK)) == []
