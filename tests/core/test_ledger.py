"""Nobody rewrites, removes or inserts an event without being seen; no change goes without its event."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

import pytest
import time_machine

from cms.core.models import LedgerEvent, Unit
from cms.core.services.ledger import GENESIS, event_record, ledger_faults
from tests.parallel import together

COLUMNS = [field.attname for field in LedgerEvent._meta.concrete_fields]


def record(key="PA-2026-000001", **values):
    return event_record(**{"subject_type": "case", "subject_key": key, "verb": "case.accepted", **values})


@pytest.fixture
def school(db):
    return Unit.objects.create(code="TH-1", name="Trường Một", slug="truong-mot", kind="primary")


@pytest.fixture
def leader(django_user_model, db):
    return django_user_model.objects.create_user("lanhdao", password="x")


@pytest.fixture
def chain(school, leader):
    """Three events, the middle one with every column filled."""
    return [
        record(),
        record(unit_id=school.pk, actor=leader, public=True, data={"from": "submitted", "to": "accepted", "n": 2}),
        record("PA-2026-000002", verb="case.closed"),
    ]


class TestChain:
    def test_events_are_numbered_from_one_without_a_gap(self, chain):
        assert [event.seq for event in chain] == [1, 2, 3]

    def test_each_event_holds_the_hash_of_the_one_before(self, chain):
        assert [event.prev_hash for event in chain] == [GENESIS, chain[0].hash, chain[1].hash]

    def test_an_untouched_chain_has_no_fault(self, chain):
        assert list(ledger_faults()) == []

    def test_an_empty_ledger_has_no_fault(self, db):
        assert list(ledger_faults()) == []

    def test_the_hash_needs_the_key(self, chain, settings):
        settings.LEDGER_KEY = "k" * 64
        assert len(list(ledger_faults())) == 3

    def test_the_event_says_who_in_which_role(self, leader, db):
        assert record(actor=leader).actor_kind == "officer"
        assert record().actor_kind == "system"
        assert record(actor_kind="sender").actor_kind == "sender"

    def test_the_order_is_by_number_not_by_clock(self, db):
        with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
            record(verb="first")
        with time_machine.travel(datetime(2026, 2, 1, tzinfo=UTC), tick=False):
            record(verb="second")
        assert list(LedgerEvent.objects.about("case", "PA-2026-000001").values_list("verb", flat=True)) == [
            "first",
            "second",
        ]
        assert list(ledger_faults()) == []

    def test_a_time_in_another_zone_is_the_same_moment(self, db):
        record(at=datetime(2026, 2, 28, 17, 0, 0, 123456, tzinfo=timezone.get_fixed_timezone(timedelta(hours=7))))
        assert list(ledger_faults()) == []

    def test_vietnamese_and_nested_data_survive_the_round_trip(self, db):
        record(data={"lý do": "không thuộc thẩm quyền", "fields": ["a", {"b": None}], "share": 0.1})
        assert list(ledger_faults()) == []

    def test_data_that_cannot_be_kept_is_refused_and_nothing_is_stored(self, db):
        with pytest.raises(TypeError):
            record(data={"at": timezone.now()})
        assert not LedgerEvent.objects.exists()

    def test_only_public_events_are_for_the_sender(self, chain):
        assert [event.seq for event in LedgerEvent.objects.public()] == [2]


def tampered(column, school, leader):
    """A value of ``column`` that the second event of the chain does not have."""
    other = Unit.objects.create(code="TH-2", name="Trường Hai", slug="truong-hai", kind="primary")
    values = {
        "at": timezone.now() + timedelta(microseconds=1),
        "subject_type": "dossier",
        "subject_key": "PA-2026-000009",
        "unit_id": other.pk,
        "verb": "case.declined",
        "actor_id": None,
        "actor_kind": "system",
        "public": False,
        "data": {"from": "submitted", "to": "accepted", "n": 3},
        "prev_hash": GENESIS,
        "hash": "f" * 64,
        "seq": 7,
    }
    return values[column]


class TestTampering:
    @pytest.mark.parametrize("column", COLUMNS)
    def test_a_change_of_any_column_is_seen(self, chain, school, leader, column):
        LedgerEvent.objects.filter(pk=2).update(**{column: tampered(column, school, leader)})
        assert list(ledger_faults())

    def test_every_changed_event_is_named(self, chain):
        LedgerEvent.objects.filter(pk__in=[1, 3]).update(public=True)
        assert list(ledger_faults()) == [
            "Sự kiện số 1 đã bị sửa sau khi ghi.",
            "Sự kiện số 3 đã bị sửa sau khi ghi.",
        ]

    def test_a_removed_event_is_seen(self, chain):
        LedgerEvent.objects.filter(pk=2).delete()
        assert list(ledger_faults()) == ["Thiếu sự kiện từ số 2 đến số 2."]

    def test_a_removed_beginning_is_seen(self, chain):
        LedgerEvent.objects.filter(pk__lte=2).delete()
        assert list(ledger_faults()) == ["Thiếu sự kiện từ số 1 đến số 2."]

    def test_two_events_that_changed_places_are_seen(self, chain):
        LedgerEvent.objects.filter(pk=1).update(seq=9)
        LedgerEvent.objects.filter(pk=2).update(seq=1)
        LedgerEvent.objects.filter(pk=9).update(seq=2)
        assert len(list(ledger_faults())) >= 2

    def test_a_forged_event_at_the_end_is_seen(self, chain):
        forged = LedgerEvent.objects.get(pk=3)
        forged.seq, forged.hash, forged.prev_hash = 4, "e" * 64, chain[2].hash
        forged.save(force_insert=True)
        assert list(ledger_faults()) == ["Sự kiện số 4 đã bị sửa sau khi ghi."]


@pytest.mark.django_db(transaction=True)
class TestTogetherWithTheChange:
    def test_a_change_that_fails_leaves_no_event(self):
        with pytest.raises(RuntimeError), transaction.atomic():
            record()
            raise RuntimeError
        assert not LedgerEvent.objects.exists()

    def test_an_event_that_fails_takes_the_change_back(self, monkeypatch):
        monkeypatch.setattr("cms.core.services.ledger._digest", lambda _event: None)
        with pytest.raises(Exception, match=r"(?i)null"), transaction.atomic():
            Unit.objects.create(code="X", name="X", slug="x", kind="room")
            record()
        assert not Unit.objects.filter(code="X").exists()

    def test_after_a_rolled_back_event_the_numbers_have_no_gap(self):
        record()
        with pytest.raises(RuntimeError), transaction.atomic():
            record()
            raise RuntimeError
        record()
        assert list(LedgerEvent.objects.values_list("seq", flat=True)) == [1, 2]
        assert list(ledger_faults()) == []

    def test_many_writers_at_once_make_one_chain(self):
        writers, each = 6, 15

        def write():
            for _turn in range(each):
                with transaction.atomic():
                    Unit.objects.count()  # a read first: a deferred transaction would fail here
                    record()

        together(*[write] * writers)
        assert LedgerEvent.objects.count() == writers * each
        assert list(ledger_faults()) == []


def test_the_walk_reads_in_chunks_and_asks_once(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(ledger_faults())


def test_recording_asks_a_constant_number_of_questions(db, django_assert_num_queries):
    for _turn in range(20):
        record()
    # savepoint, (lock on PostgreSQL), last event, insert, release
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 4):
        record()


def test_nothing_of_an_event_is_written_to_the_log(db, caplog):
    with caplog.at_level(logging.DEBUG, logger="cms"):
        record(data={"code": "bí mật"})
    assert caplog.text == ""
