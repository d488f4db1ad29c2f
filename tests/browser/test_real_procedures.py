"""axe finds nothing on the pages of the 68 real procedures: on a tenth of them by default, on all as a whole."""

import random

import pytest

from procedures.importers import read_procedures
from procedures.models import ProcedurePage
from procedures.services import procedure_import
from tests.browser.pages.looking import LIGHT_AND_DARK, SEED, every, sampled, walk
from tests.browser.pages.screen import go
from tests.files.real import real_file
from tests.procedures.portal import confirm_all

TENTH = 10
EXPECTED = 68


@pytest.fixture
def real_procedures(site_tree):
    """The real list, every row confirmed."""
    reading = read_procedures(real_file("tthc_giao_duc.csv").read_bytes(), "a.csv")
    procedure_import(rows=[item.data for item in reading.items], actor=None, publish=False)
    confirm_all()
    assert ProcedurePage.objects.readable().count() == EXPECTED
    return ProcedurePage.objects.readable().in_order()


@pytest.fixture
def runner():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def reading(page, procedures):
    """Open each procedure, in one and the same window."""
    for procedure in procedures:
        go(page, procedure.url)
        yield procedure.code


def test_a_tenth_of_the_real_pages(real_procedures, open_page, runner):
    drawn = [page for page in real_procedures if random.Random(f"{SEED} {page.code}").randrange(TENTH) == 0]
    assert drawn
    page = open_page()
    assert walk(reading(page, drawn), page, runner, sampled(LIGHT_AND_DARK)) == []


@pytest.mark.whole
def test_every_real_page(real_procedures, open_page, runner):
    page = open_page()
    assert walk(reading(page, real_procedures), page, runner, every(((360, False), (1280, True)))) == []
