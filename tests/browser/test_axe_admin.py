"""axe finds nothing on any screen of the admin that is ours; Wagtail's own findings are listed once."""

import pytest

from cms.demo.services import seed
from tests.browser.pages import admin_states as states
from tests.browser.pages.looking import LIGHT, every, sampled, walk
from tests.conftest import PASSWORD

DESKS = [
    ("quantri", states.keeping_house),
    ("bientap", states.editing),
    ("bientap", states.importing),
    ("tiepnhan", states.receiving),
    ("xuly", states.working),
    ("lanhdao", states.deciding),
]
EXPECTED = "the server responded with a status of (409|422)"


@pytest.fixture
def runner():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def portal(site_tree):
    """The sample portal."""
    seed.demo_seed(password=PASSWORD)


def look(open_page, log_in, runner, looks):
    page = open_page()
    found = walk(states.entering(page), page, runner, looks)
    for username, journey in DESKS:
        page = log_in(username, PASSWORD)
        found += walk(journey(page), page, runner, looks)
        page.close()
    assert found == [], "\n".join(found)


def test_every_screen_at_one_width(portal, open_page, log_in, runner, faults):
    faults.allow(EXPECTED)
    look(open_page, log_in, runner, sampled(LIGHT))


@pytest.mark.whole
def test_every_screen_at_both_widths(portal, open_page, log_in, runner, faults):
    faults.allow(EXPECTED)
    look(open_page, log_in, runner, every(LIGHT))
