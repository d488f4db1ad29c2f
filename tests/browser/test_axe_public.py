"""axe finds nothing on any public page, in any state, at phone and desk width, light and dark."""

import pytest

from cms.demo.services import seed
from tests.browser.pages import public_states as states
from tests.browser.pages.looking import LIGHT_AND_DARK, every, sampled, walk
from tests.conftest import PASSWORD

JOURNEYS = [states.reading, states.looking_for, states.sending, states.following, states.refusing]
EXPECTED = "the server responded with a status of (404|410|422|429|403)"


@pytest.fixture
def runner():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def portal(site_tree):
    """The sample portal."""
    seed.demo_seed(password=PASSWORD)


def look(journeys, open_page, runner, looks):
    found = []
    for journey in journeys:
        page = open_page()
        found += walk(journey(page), page, runner, looks)
        page.close()
    assert found == [], "\n".join(found)


def test_a_portal_on_its_first_day(site_tree, open_page, runner):
    look([states.empty_portal], open_page, runner, sampled(LIGHT_AND_DARK))


@pytest.mark.whole
def test_a_portal_on_its_first_day_in_all_its_ways(site_tree, open_page, runner):
    look([states.empty_portal], open_page, runner, every(LIGHT_AND_DARK))


def test_every_state_in_one_of_its_ways(portal, open_page, runner, faults):
    faults.allow(EXPECTED)
    look(JOURNEYS, open_page, runner, sampled(LIGHT_AND_DARK))


@pytest.mark.whole
def test_every_state_in_all_its_ways(portal, open_page, runner, faults):
    faults.allow(EXPECTED)
    look(JOURNEYS, open_page, runner, every(LIGHT_AND_DARK))
