"""Whether the process is alive and the house in order: to everybody the answer, to few the reasons."""

from collections import namedtuple
from datetime import timedelta

from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

import pytest

from cms.core.enums import MailState, Role
from cms.core.models import JobState, OutboxMail
from cms.home import health
from tests.conftest import PASSWORD

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def in_order(db):
    """A worker that has just looked after the mail."""
    now = timezone.now()
    JobState.objects.create(name="send_mail", next_run_at=now, last_finished_at=now)


@pytest.fixture(autouse=True)
def not_asked_yet():
    """The process has not tried to write for a while."""
    health.can_write.forget()
    yield
    health.can_write.forget()


def a_mail(**values):
    now = timezone.now()
    return OutboxMail.objects.create(
        **{
            "kind": "x",
            "dedupe_key": "x",
            "message_id": "<x@x>",
            "created_at": now,
            "next_try_at": now,
            **values,
        }
    )


def test_alive_asks_nothing_of_the_database(client):
    """No database mark on this test: a query would fail it."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_in_order(client, in_order):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_read(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_many_questions_try_to_write_once(client, in_order, monkeypatch):
    tries, clock = [], [1000.0]
    monkeypatch.setattr(health.can_write, "check", lambda: bool(tries.append(1)) or True)
    monkeypatch.setattr(health, "monotonic", lambda: clock[0])
    for _turn in range(20):
        assert client.get("/readyz").status_code == 200
    assert len(tries) == 1
    clock[0] += health.PROBE_EVERY
    client.get("/readyz")
    assert len(tries) == 2


def test_a_fault_is_not_believed_for_longer_than_the_good_news(client, in_order, monkeypatch):
    clock, answers = [1000.0], iter([False, True])
    monkeypatch.setattr(health.can_write, "check", lambda: next(answers))
    monkeypatch.setattr(health, "monotonic", lambda: clock[0])
    assert [client.get("/readyz").status_code for _turn in range(3)] == [503, 503, 503]
    clock[0] += health.PROBE_EVERY
    assert client.get("/readyz").status_code == 200


@pytest.mark.usefixtures("in_order")
class TestFaults:
    def faults(self):
        return [name for name, check in health.CHECKS.items() if not health._holds(check)]

    def test_nothing_wrong(self):
        assert self.faults() == []

    def test_no_worker_for_two_minutes(self):
        JobState.objects.update(last_finished_at=timezone.now() - timedelta(minutes=2, seconds=1))
        assert self.faults() == ["worker"]
        JobState.objects.all().delete()
        assert self.faults() == ["worker"]

    def test_a_mail_that_waits_for_half_an_hour(self):
        a_mail(next_try_at=timezone.now() - timedelta(minutes=29))
        assert self.faults() == []
        OutboxMail.objects.update(next_try_at=timezone.now() - timedelta(minutes=31))
        assert self.faults() == ["mail"]

    def test_a_mail_that_was_given_up(self):
        a_mail(state=MailState.DEAD)
        assert self.faults() == ["mail"]

    def test_a_mail_for_later_is_no_fault(self):
        a_mail(next_try_at=timezone.now() + timedelta(days=1))
        assert self.faults() == []

    def test_a_full_disk(self, monkeypatch):
        monkeypatch.setattr(health, "disk_usage", lambda _path: Usage(10**12, 10**12, health.LEAST_FREE - 1))
        assert self.faults() == ["disk"]
        monkeypatch.setattr(health, "disk_usage", lambda _path: Usage(10**12, 0, health.LEAST_FREE))
        assert self.faults() == []

    def test_a_database_that_cannot_be_written(self):
        if connection.vendor == "sqlite":
            forbid, allow = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
        else:
            forbid, allow = "SET LOCAL transaction_read_only = on", "SELECT 1"  # ends with the test's transaction
        with connection.cursor() as cursor:
            cursor.execute(forbid)
            try:
                assert self.faults() == ["database"]
            finally:
                cursor.execute(allow)

    def test_a_check_whose_question_fails_is_a_fault_of_its_own(self, monkeypatch):
        def fail():
            raise DatabaseError("no such table")

        monkeypatch.setitem(health.CHECKS, "mail", fail)
        assert self.faults() == ["mail"]


class TestWhoSeesTheReasons:
    @pytest.fixture(autouse=True)
    def no_worker(self, db):
        JobState.objects.all().delete()

    def test_the_public_sees_only_that_something_is_wrong(self, client):
        response = client.get("/readyz")
        assert (response.status_code, response.json()) == (503, {"ok": False})

    @pytest.mark.parametrize("role", list(Role))
    def test_reasons_are_for_whoever_may_see_the_schedule(self, client, officer, role):
        JobState.objects.all().delete()  # the set-up made them
        client.login(username=officer(role).username, password=PASSWORD)
        answer = client.get("/readyz").json()
        assert answer == ({"ok": False, "faults": ["worker"]} if role == Role.ADMIN else {"ok": False})

    def test_without_a_database_the_answer_is_still_an_answer(self, client, officer, monkeypatch):
        """Not even who asks can be found out then."""
        client.login(username=officer(Role.ADMIN).username, password=PASSWORD)

        def away(*_args, **_kwargs):
            raise OperationalError("server closed the connection")

        with monkeypatch.context() as patch:
            patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
            response = client.get("/readyz")
        assert (response.status_code, response.json()) == (503, {"ok": False})
