"""A database of an earlier day, with a case in every state, comes through every migration since."""

import json
from datetime import timedelta
from io import StringIO

from django.core.management import call_command

import pytest
import time_machine

from cms.core.models import LedgerEvent
from cms.core.ports import integrity_checks
from feedback.enums import CaseState
from feedback.models import Case, PublicCase
from tests import states

KEPT = sorted(states.FOLDER.glob("*.json"))


@pytest.fixture
def migrated(transactional_db):
    """Return a function that loads a file at its own migrations and migrates to the newest."""
    yield lambda path: (states.load(json.loads(path.read_text())), states.migrate())
    states.migrate()  # whatever failed, the next test finds the tables of today


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_every_state_comes_through(migrated, path):
    assert path.stat().st_size < 400_000
    migrated(path)
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState)
    copies = PublicCase.objects.all()
    publication = {
        "proposed": copies.filter(live=False, first_published_at=None, go_live_at=None),
        "review": copies.filter(_workflow_states__status="in_progress"),
        "planned": copies.filter(_revisions__approved_go_live_at__isnull=False),
        "published": copies.public().filter(withdrawn_reason=""),
        "withdrawn": copies.withdrawn(),
        "published again": [copy for copy in copies.public() if copy.revisions.count() and "Mái hiên" in copy.title],
        "private": Case.objects.filter(state=CaseState.ANSWERED, public_case=None, publication_barred_reason=""),
        "never": Case.objects.exclude(publication_barred_reason=""),
    }
    assert [name for name, rows in publication.items() if not list(rows)] == []
    # On the day after the last event: later, the nightly work would be missing since.
    with time_machine.travel(LedgerEvent.objects.latest("seq").at + timedelta(days=1), tick=False):
        assert [line for check in integrity_checks for line in check.run()] == []
        call_command("verify_ledger", stdout=StringIO())
    assert Case.objects.matching("quat").exists()
    assert PublicCase.objects.public().first().json_ld("x")["mainEntity"]["text"]


def test_there_is_a_file():
    assert KEPT
