"""axe finds nothing on any screen of the admin that is ours; Wagtail's own findings are listed once."""

import pytest

from tests.browser.pages import admin_states as states
from tests.browser.pages import (
    apology_states,
    asking_states,
    calendar_states,
    dossier_states,
    mail_states,
    notice_states,
    paper_states,
    plan_states,
    search_states,
    slip_states,
    survey_states,
    template_states,
)
from tests.browser.pages.looking import LIGHT, every, sampled, walk
from tests.conftest import PASSWORD

DESKS = [
    ("", states.entering),
    ("quantri", states.keeping_house),
    ("bientap", states.editing),
    ("bientap", states.importing),
    ("duyetdang", states.moderating),
    ("tiepnhan", states.receiving),
    ("xuly", states.working),
    ("lanhdao", states.deciding),
    ("tiepnhan", paper_states.keying),
    ("motcua", dossier_states.taking_in),
    ("motcua", apology_states.apologising),
    ("lanhdao", paper_states.guarding),
    ("xuly", plan_states.working_on_tasks),
    ("lanhdao", plan_states.answering_difficulties),
    ("bientap", plan_states.telling_figures),
    ("duyetdang", search_states.tending_search),
    ("baocao", notice_states.reading_notices),
    ("bientap", notice_states.writing_notices),
    ("bientap", calendar_states.keeping_the_calendar),
    ("quantri", template_states.keeping_templates),
    ("quantri", mail_states.keeping_mails),
    ("xuly", template_states.filling_in),
    ("khaosat", survey_states.keeping_surveys),
    ("lanhdao", survey_states.reading_results),
    ("khaosat", asking_states.keeping_places),
    ("khaosat", slip_states.handing_out),
    ("khaosat", slip_states.choosing_quotes),
    ("khaosat", slip_states.setting_goals),
    ("tiepnhan", slip_states.keying_own_papers),
]
each_desk = pytest.mark.parametrize(("username", "journey"), DESKS, ids=[journey.__name__ for _user, journey in DESKS])
EXPECTED = "the server responded with a status of (400|403|409|422)"


@pytest.fixture
def runner():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def enter(username, open_page, log_in):
    return log_in(username, PASSWORD) if username else open_page()


@each_desk
def test_every_screen_at_one_width(portal, open_page, log_in, runner, faults, username, journey):
    faults.allow(EXPECTED)
    page = enter(username, open_page, log_in)
    assert walk(journey(page), page, runner, sampled(LIGHT)) == []


@pytest.mark.whole
@each_desk
def test_every_screen_at_both_widths(portal, open_page, log_in, runner, faults, username, journey):
    faults.allow(EXPECTED)
    page = enter(username, open_page, log_in)
    assert walk(journey(page), page, runner, every(LIGHT)) == []
