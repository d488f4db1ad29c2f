"""Nobody rewrites, removes or inserts an event without being seen; no change goes without its event."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

import pytest
import time_machine

from cms.core.models import LedgerEvent, LedgerHead, Unit
from cms.core.ports import jobs
from cms.core.services.ledger import GENESIS, event_record, head_fault, head_set, ledger_faults, ledger_head
from cms.core.services.outbox import mails_send_due
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
        assert len(list(ledger_faults())) == 4  # three events and the head

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
        assert list(ledger_faults()) == [
            "Sự kiện số 4 đã bị sửa sau khi ghi.",
            "Sau sự kiện cuối đã ghi dấu (số 3) còn có sự kiện số 4.",
        ]


class TestTheEnd:
    """A chain without its tail is still a whole chain; the head, sealed under the key, says how far it went."""

    def test_a_cut_tail_is_seen(self, chain):
        LedgerEvent.objects.filter(pk=3).delete()
        assert list(ledger_faults()) == ["Nhật ký bị cắt ở cuối: đã ghi đến sự kiện số 3, chỉ còn đến số 2."]

    def test_an_emptied_ledger_is_seen(self, chain):
        LedgerEvent.objects.all().delete()
        assert list(ledger_faults()) == ["Nhật ký bị cắt ở cuối: đã ghi đến sự kiện số 3, chỉ còn đến số 0."]

    def test_a_head_put_back_by_hand_is_seen(self, chain):
        LedgerEvent.objects.filter(pk=3).delete()
        LedgerHead.objects.update(seq=2, hash=chain[1].hash)
        assert list(ledger_faults()) == ["Dấu cuối nhật ký đã bị sửa."]

    def test_a_removed_head_is_seen(self, chain):
        LedgerHead.objects.all().delete()
        assert len(list(ledger_faults())) == 1

    @pytest.mark.parametrize("cut", ["tail", "all", "head", "moved head", "seal", "forged"])
    def test_what_happens_afterwards_heals_nothing(self, chain, cut):
        if cut in {"tail", "moved head"}:
            LedgerEvent.objects.filter(pk=3).delete()
        if cut == "all":
            LedgerEvent.objects.all().delete()
        if cut == "head":
            LedgerHead.objects.all().delete()
        if cut == "moved head":
            LedgerHead.objects.update(seq=2, hash=chain[1].hash)
        if cut == "seal":
            LedgerHead.objects.update(seal="0" * 64)
        if cut == "forged":
            forged = LedgerEvent.objects.get(pk=3)
            forged.seq, forged.hash, forged.prev_hash = 4, "e" * 64, chain[2].hash
            forged.save(force_insert=True)
        there, head = LedgerEvent.objects.count(), LedgerHead.objects.values().first()
        for turn in range(3):
            record()
            assert list(ledger_faults()), turn
        assert LedgerEvent.objects.count() == there + 3
        assert LedgerHead.objects.values().first() == head

    def test_an_old_head_put_back_with_the_old_tail_is_caught_by_the_line_kept_elsewhere(self, chain):
        old = LedgerHead.objects.values("seq", "hash", "seal").get()
        record(verb="case.withdraw")
        kept = ledger_head()
        LedgerEvent.objects.filter(pk=4).delete()
        LedgerHead.objects.update(**old)
        assert list(ledger_faults()) == []
        assert "bị cắt" in head_fault(kept)

    def test_another_event_of_the_same_number_is_caught_by_the_line_too(self, chain):
        kept = ledger_head()
        LedgerEvent.objects.filter(pk=3).delete()
        head_set(seq=2, last_hash=chain[1].hash)  # as somebody would who has the key
        record("PA-2026-000003")
        assert list(ledger_faults()) == []
        assert "không phải là sự kiện" in head_fault(kept)

    def test_an_honest_line_fits_now_and_later(self, chain):
        kept = ledger_head()
        record()
        assert head_fault(kept) == ""
        assert head_fault(f"  {kept}\n") == ""

    @pytest.mark.parametrize("line", ["", "3", "ba " + "0" * 64, "3 " + "0" * 63, "9" * 30 + " " + "0" * 64])
    def test_what_is_no_such_line_is_said_to_be_none(self, db, line):
        assert "Dòng đối chiếu" in head_fault(line)

    def test_the_line_leaves_the_database_every_day(self, chain, settings, caplog, mailoutbox):
        settings.ADMINS = [("", "may-chu@so.example.vn")]
        job = jobs.get("ledger_head")
        assert job.every == timedelta(days=1)
        with caplog.at_level(logging.INFO, logger="cms.core.jobs"):
            assert job.run() == job.run() == ledger_head()
        assert ledger_head() in caplog.text
        mails_send_due()
        assert [letter.to for letter in mailoutbox] == [["may-chu@so.example.vn"]]
        assert ledger_head() in mailoutbox[0].body


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
    with django_assert_num_queries(3):  # the head before and after
        list(ledger_faults())


def test_recording_asks_a_constant_number_of_questions(db, django_assert_num_queries):
    for _turn in range(20):
        record()
    # savepoint, (lock on PostgreSQL), head, last event, insert, head, release
    with django_assert_num_queries(7 if connection.vendor == "postgresql" else 6):
        record()


def test_nothing_of_an_event_is_written_to_the_log(db, caplog):
    with caplog.at_level(logging.DEBUG, logger="cms"):
        record(data={"code": "bí mật"})
    assert caplog.text == ""
