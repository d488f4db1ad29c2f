"""The two commands that say whether the house is in order, and by their exit code too."""

import io

from django.core.management import CommandError, call_command

import pytest

from cms.core.models import LedgerEvent
from cms.core.services.ledger import event_record

pytestmark = pytest.mark.django_db


def run(command):
    out, err = io.StringIO(), io.StringIO()
    call_command(command, stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture
def events():
    for key in ("1", "2", "3"):
        event_record(subject_type="thu", subject_key=key, verb="thu.ghi")


@pytest.mark.usefixtures("events")
class TestInOrder:
    def test_the_ledger_says_how_much_it_holds(self):
        assert "3 sự kiện" in run("verify_ledger")

    def test_all_checks_hold(self):
        assert "khớp" in run("check_integrity")


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize("command", ["verify_ledger", "check_integrity"])
def test_a_changed_row_is_a_failure(command):
    LedgerEvent.objects.filter(seq=2).update(verb="thu.sua")
    with pytest.raises(CommandError, match="không khớp"):
        run(command)


@pytest.mark.usefixtures("events")
def test_a_missing_row_is_a_failure():
    LedgerEvent.objects.filter(seq=2).delete()
    with pytest.raises(CommandError, match="không khớp"):
        run("verify_ledger")
