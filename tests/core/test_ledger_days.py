"""One root a day: whoever kept it sees every change made behind the ledger's back, and needs nothing private to see."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from xml.etree import ElementTree

from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

import pytest
import time_machine

from cms.core.merkle import EMPTY, climb, proof_of, tree_of, tree_of_leaves
from cms.core.models import JobState, LedgerDay, LedgerEvent, LedgerHead
from cms.core.ports import jobs
from cms.core.services.ledger import GENESIS, event_record, head_set, ledger_faults
from cms.core.services.ledger_days import (
    event_prove,
    ledger_day_faults,
    ledger_days_close,
    root_fault,
    root_of,
)
from cms.core.services.limits import LIMITS, Limit
from tests.parallel import together

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE, PROOF = "/so-nhat-ky/", "/so-nhat-ky/doi-chieu/"
MONDAY = date(2026, 3, 2)


def record(at=None, **values):
    given = {"subject_type": "case", "subject_key": "PA-2026-000001", "verb": "case.accept", **values}
    return event_record(**given, at=at)


def noon(day):
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # 12 o'clock here


@pytest.fixture
def days(db):
    """Three closed days: three events, none, two; and one event of today."""
    with time_machine.travel(noon(MONDAY), tick=False):
        for number in range(3):
            record(subject_key=f"PA-2026-00000{number}")
    with time_machine.travel(noon(MONDAY + timedelta(days=2)), tick=False):
        record()
        record(verb="case.close")
    with time_machine.travel(noon(MONDAY + timedelta(days=3)), tick=False):
        record(verb="case.reopen")
        assert ledger_days_close() == 3
        yield list(LedgerDay.objects.order_by("day"))


def faults():
    return [*ledger_faults(), *ledger_day_faults()]


class TestTree:
    @pytest.mark.parametrize("total", [1, 2, 3, 4, 5, 7, 8, 9, 100])
    def test_every_leaf_climbs_to_the_same_root(self, total):
        hashes = [hashlib.sha256(bytes([number])).hexdigest() for number in range(total)]
        assert {climb(each, proof_of(hashes, place)) for place, each in enumerate(hashes)} == {tree_of(hashes)}

    def test_order_number_and_content_count(self):
        one, two, three = (hashlib.sha256(bytes([number])).hexdigest() for number in range(3))
        trees = [tree_of(each) for each in ([one, two, three], [two, one, three], [one, two], [one, two, two])]
        assert len(set(trees)) == 4

    def test_a_node_is_no_leaf(self):
        one, two = "11" * 32, "22" * 32
        assert tree_of([tree_of([one, two])]) != tree_of([one, two])

    def test_nothing_has_a_tree_too(self):
        assert tree_of([]) == EMPTY

    def test_a_foreign_leaf_climbs_elsewhere(self):
        hashes = ["11" * 32, "22" * 32, "33" * 32]
        assert climb("44" * 32, proof_of(hashes, 1)) != tree_of(hashes)


class TestClosing:
    def test_each_day_says_how_many_and_follows_the_one_before(self, days):
        assert [(day.day, day.count, day.last_seq) for day in days] == [
            (MONDAY, 3, 3),
            (MONDAY + timedelta(days=1), 0, 3),
            (MONDAY + timedelta(days=2), 2, 5),
        ]
        assert [day.previous for day in days] == [GENESIS, days[0].root, days[1].root]
        assert faults() == []

    def test_twice_is_once(self, days):
        assert ledger_days_close() == 0
        assert LedgerDay.objects.count() == 3

    def test_an_event_with_an_earlier_date_belongs_to_the_day_it_was_written(self, days):
        record(at=noon(MONDAY))
        with time_machine.travel(noon(MONDAY + timedelta(days=4)), tick=False):
            assert ledger_days_close() == 1
        assert (LedgerDay.objects.latest("day").count, faults()) == (2, [])

    def test_midnight_here_divides_the_days(self, db):
        for hour in (16, 17):  # 23 o'clock, and midnight of the next day
            with time_machine.travel(datetime(2026, 3, 2, hour, tzinfo=UTC), tick=False):
                record()
        with time_machine.travel(noon(MONDAY + timedelta(days=2)), tick=False):
            ledger_days_close()
        assert list(LedgerDay.objects.order_by("day").values_list("count", flat=True)) == [1, 1]

    def test_today_is_never_closed_and_nothing_is_closed_of_nothing(self, db):
        assert ledger_days_close() == 0
        record()
        assert ledger_days_close() == 0

    def test_the_schedule_closes(self, db):
        with time_machine.travel(noon(MONDAY), tick=False):
            record()
        job = jobs.get("ledger_days")
        assert job.every <= timedelta(hours=1)
        with time_machine.travel(noon(MONDAY + timedelta(days=1)), tick=False):
            assert job.run() == "1 ngày"

    def test_questions_do_not_grow_with_events(self, days, django_assert_max_num_queries):
        for number in range(40):
            record(subject_key=str(number))
        with time_machine.travel(noon(MONDAY + timedelta(days=4)), tick=False), django_assert_max_num_queries(10):
            assert ledger_days_close() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_close_a_day_once():
    with time_machine.travel(noon(MONDAY), tick=False), transaction.atomic():
        record()
    with time_machine.travel(noon(MONDAY + timedelta(days=1)), tick=False):
        together(*[ledger_days_close] * 4)
        assert LedgerDay.objects.count() == 1
        assert faults() == []


def cut_tail():
    """Take the last event away, and put the head of the day before back: what an old copy of the tables does."""
    LedgerEvent.objects.filter(seq__gte=5).delete()
    last = LedgerEvent.objects.latest("seq")
    head_set(seq=last.seq, last_hash=last.hash)


def rewrite():
    """Write the last closed day anew under the real key, as somebody inside would: the chain is whole again."""
    LedgerEvent.objects.filter(seq__gte=4).delete()
    last = LedgerEvent.objects.latest("seq")
    head_set(seq=last.seq, last_hash=last.hash)
    for verb in ("case.accept", "case.decline", "case.reopen"):
        record(verb=verb, at=noon(MONDAY + timedelta(days=2)))


CHANGES = {
    "a word": lambda: LedgerEvent.objects.filter(seq=2).update(verb="case.decline"),
    "a detail": lambda: LedgerEvent.objects.filter(seq=4).update(data={"x": 1}),
    "a moment": lambda: LedgerEvent.objects.filter(seq=1).update(at=noon(MONDAY) + timedelta(seconds=1)),
    "a hash": lambda: LedgerEvent.objects.filter(seq=2).update(hash="f" * 64),
    "an event less": lambda: LedgerEvent.objects.filter(seq=2).delete(),
    "an event more": lambda: LedgerEvent.objects.create(
        seq=7, at=noon(MONDAY), subject_type="case", subject_key="x", verb="x", actor_kind="system", prev_hash="0" * 64,
        hash="1" * 64,
    ),
    "two in each other's place": lambda: [
        LedgerEvent.objects.filter(seq=old).update(seq=new) for old, new in ((1, 99), (2, 1), (99, 2))
    ],
    "the tail": lambda: LedgerEvent.objects.filter(seq__gte=5).delete(),
    "the tail, with an old head": cut_tail,
    "a day written anew under the key": rewrite,
    "everything": lambda: [LedgerEvent.objects.all().delete(), LedgerHead.objects.all().delete()],
    "a root": lambda: LedgerDay.objects.filter(day=MONDAY).update(root="a" * 64),
    "a count": lambda: LedgerDay.objects.filter(day=MONDAY).update(count=2),
    "every root": lambda: LedgerDay.objects.all().delete(),
    "the first roots": lambda: LedgerDay.objects.filter(day__lt=MONDAY + timedelta(days=2)).delete(),
    "a day less": lambda: LedgerDay.objects.filter(day=MONDAY + timedelta(days=1)).delete(),
    "the first day less": lambda: LedgerDay.objects.filter(day=MONDAY).delete(),
    "a day moved": lambda: LedgerDay.objects.filter(day=MONDAY).update(day=MONDAY - timedelta(days=5)),
    "a seal": lambda: LedgerDay.objects.filter(day=MONDAY).update(seal="0" * 64),
}  # fmt: skip


class TestBehindItsBack:
    @pytest.mark.parametrize("name", CHANGES)
    def test_verify_ledger_finds(self, days, name):
        out = StringIO()
        call_command("verify_ledger", stdout=out)
        assert "6 sự kiện, 3 ngày đã chốt" in out.getvalue()
        CHANGES[name]()
        error = StringIO()
        with pytest.raises(CommandError, match="không khớp"):
            call_command("verify_ledger", stderr=error)
        assert error.getvalue().strip()

    @pytest.mark.parametrize("name", sorted({*CHANGES} - {"every root"}))
    def test_what_happens_afterwards_heals_nothing(self, days, name):
        CHANGES[name]()
        record()
        with time_machine.travel(noon(MONDAY + timedelta(days=6)), tick=False):
            ledger_days_close()
        assert faults()

    def test_roots_kept_elsewhere_catch_who_has_key_and_database(self, days):
        kept = str(days[2])
        LedgerDay.objects.all().delete()
        rewrite()
        ledger_days_close()
        assert faults() == []
        assert "đã khác" in root_fault(kept)
        with pytest.raises(CommandError):
            call_command("verify_ledger", "--root", str(days[0]), "--root", kept, stderr=StringIO())

    @pytest.mark.parametrize("later", [3, 4])
    def test_yesterday_may_wait_for_its_job(self, days, later):
        with time_machine.travel(noon(MONDAY + timedelta(days=later)), tick=False):
            call_command("verify_ledger", stdout=StringIO())

    def test_days_that_nobody_closed_are_told(self, days):
        error = StringIO()
        with time_machine.travel(noon(MONDAY + timedelta(days=5)), tick=False), pytest.raises(CommandError):
            call_command("verify_ledger", stderr=error)
        assert "Chưa chốt các ngày từ 05/03/2026" in error.getvalue()

    def test_roots_cut_off_at_the_end_are_told(self, days):
        LedgerDay.objects.filter(day__gt=MONDAY).delete()
        assert [fault for fault in faults() if "Chưa chốt các ngày từ 03/03/2026" in fault]

    def test_every_root_gone_is_told_until_they_are_made_anew_the_same(self, days):
        LedgerDay.objects.all().delete()
        assert [fault for fault in faults() if "Chưa chốt các ngày từ 02/03/2026" in fault]
        ledger_days_close()
        assert faults() == []
        assert {root_fault(str(day)) for day in days} == {""}

    def test_a_ledger_of_today_has_nothing_to_close_yet(self, db):
        record()
        assert faults() == []

    @pytest.mark.parametrize(("hour", "failures", "told"), [(1, 0, True), (1, 2, False), (-1, 0, False)])
    def test_the_root_of_yesterday_is_missed_once_the_job_has_run_today(self, days, hour, failures, told):
        LedgerDay.objects.filter(day=MONDAY + timedelta(days=2)).delete()
        ran = timezone.make_aware(datetime(2026, 3, 5)) + timedelta(hours=hour)
        values = {"next_run_at": ran, "last_started_at": ran, "last_finished_at": ran, "failures": failures}
        JobState.objects.update_or_create(name="ledger_days", defaults=values)
        assert ["Chưa chốt các ngày từ 04/03/2026" in fault for fault in faults()] == [True] * told

    def test_an_honest_line_fits(self, days):
        assert {root_fault(str(day)) for day in days} == {""}
        call_command("verify_ledger", "--root", f" {days[1]} ", stdout=StringIO())

    def test_a_day_that_is_gone_is_told(self, days):
        LedgerDay.objects.all().delete()
        assert "Không còn dấu" in root_fault(str(days[0]))

    @pytest.mark.parametrize("line", ["", "2026-03-02", "2026-03-02 xyz", "2/3/2026 " + "0" * 64, "x " + "0" * 64])
    def test_what_is_no_such_line_is_said_to_be_none(self, db, line):
        assert "Dòng đối chiếu" in root_fault(line)


class TestPages:
    def test_the_list_shows_every_day_with_its_root(self, client, days):
        html = client.get(PAGE).content.decode()
        for day in days:
            assert day.root in html
            assert f"{day.day:%d/%m/%Y}" in html

    def test_the_first_day_of_a_portal(self, client, db):
        assert "Chưa có ngày nào được chốt" in client.get(PAGE).content.decode()
        assert ElementTree.fromstring(client.get(f"{PAGE}atom.xml").content).findall(f"{ATOM}entry") == []

    def test_a_long_list_goes_on_by_its_key(self, client, days):
        last = days[-1]
        LedgerDay.objects.bulk_create(
            LedgerDay(
                day=last.day + timedelta(days=number), count=0, last_seq=5, previous="0" * 64, root=f"{number:064d}",
                closed_at=last.closed_at, seal="",
            )
            for number in range(1, 100)
        )  # fmt: skip
        first = client.get(PAGE).content.decode()
        older = f"?truoc={(last.day + timedelta(days=40)).isoformat()}"
        assert older in first
        rest = client.get(PAGE + older).content.decode()
        assert (f"{39:064d}" in rest, f"{40:064d}" in rest, days[0].root in rest) == (True, False, True)

    @pytest.mark.parametrize("query", ["truoc=x", "truoc=2026-99-99", "truoc=%00", "truoc=" + "9" * 500])
    def test_what_cannot_be_meant_changes_nothing(self, client, days, query):
        assert days[0].root in client.get(f"{PAGE}?{query}").content.decode()

    def test_the_feed_says_the_same(self, client, days):
        answer = client.get(f"{PAGE}atom.xml")
        feed = ElementTree.fromstring(answer.content)
        titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
        assert titles == [f"{day.day:%d/%m/%Y}: {day.root}" for day in reversed(days)]
        assert client.get(f"{PAGE}atom.xml", headers={"if-none-match": answer.headers["ETag"]}).status_code == 304

    def test_anybody_can_work_out_a_root_from_the_file(self, client, days):
        for day in days:
            found = json.loads(client.get(f"{PAGE}{day.day.isoformat()}.json").content)
            tree = tree_of_leaves(found["leaves"])
            lines = f"{found['previous']}\n{found['day']}\n{found['count']}\n{tree}"
            assert hashlib.sha256(lines.encode()).hexdigest() == found["root"] == day.root
            assert len(found["leaves"]) == found["count"]
            # With the hash of an event anybody could ask when it was: that stands on its receipt alone.
            assert not set(found["leaves"]) & set(LedgerEvent.objects.values_list("hash", flat=True))
            assert root_of(day=day.day, count=day.count, previous=day.previous, tree=tree) == day.root

    @pytest.mark.parametrize("day", ["2020-01-01", "x", "2026-02-30", "0"])
    def test_no_other_day_has_a_file(self, client, days, day):
        assert client.get(f"{PAGE}{day}.json").status_code == 404

    def test_nothing_of_anybody_is_told(self, client, days):
        event = LedgerEvent.objects.get(seq=2)
        for address in (PAGE, f"{PAGE}atom.xml", f"{PAGE}2026-03-02.json", f"{PROOF}?so=2&dau={event.hash}"):
            text = client.get(address).content.decode()
            assert [word for word in ("PA-2026", "case.", "system", event.subject_key) if word in text] == [], address


class TestProof:
    def ask(self, client, seq, digest, status=200):
        answer = client.get(PROOF, {"so": seq, "dau": digest})
        assert answer.status_code == status
        return answer.content.decode()

    def test_a_receipt_of_a_closed_day_leads_to_its_root(self, client, days):
        for event in LedgerEvent.objects.filter(seq__lte=5):
            proof = event_prove(seq=str(event.seq), known=event.hash)
            assert climb(event.hash, proof.steps) == proof.tree
            day = proof.day
            assert root_of(day=day.day, count=day.count, previous=day.previous, tree=proof.tree) == day.root
            html = self.ask(client, event.seq, event.hash)
            assert "Còn nguyên<" in html
            assert day.root in html

    def test_a_receipt_of_today_waits_for_midnight(self, client, days):
        event = LedgerEvent.objects.get(seq=6)
        assert "chờ chốt ngày" in self.ask(client, 6, event.hash)

    def test_spaces_and_capitals_do_not_matter(self, client, days):
        digest = LedgerEvent.objects.get(seq=2).hash.upper()
        assert "Còn nguyên<" in self.ask(client, " 2 ", " ".join([digest[:8], digest[8:]]))

    def test_what_was_changed_does_not_fit(self, client, days):
        event = LedgerEvent.objects.get(seq=2)
        LedgerEvent.objects.filter(seq=2).update(hash="a" * 64)
        assert "Không khớp" in self.ask(client, 2, event.hash)

    @pytest.mark.parametrize(
        ("seq", "digest"),
        [("2", "0" * 64), ("99", "0" * 64), ("hai", "x"), ("9" * 18, "0" * 64), ("٢", "f" * 64), ("1", "\0" * 9)],
    )
    def test_any_other_word_is_one_answer(self, client, days, seq, digest):
        assert "Không khớp" in self.ask(client, seq, digest)

    @pytest.mark.parametrize(("seq", "digest"), [("", ""), ("1", ""), ("", "0" * 64), ("1", "0" * 500)])
    def test_an_incomplete_form_is_told_beside_its_fields(self, client, days, seq, digest):
        html = self.ask(client, seq, digest, 400)
        assert "chỗ cần sửa" in html

    def test_asking_for_proofs_is_limited_and_the_form_is_not(self, client, days, monkeypatch):
        monkeypatch.setitem(LIMITS, "ledger_proof", Limit(2, timedelta(minutes=1)))
        digest = LedgerEvent.objects.get(seq=2).hash
        assert "Còn nguyên<" in self.ask(client, 2, digest)
        assert "Không khớp" in self.ask(client, 2, "0" * 64)
        late = client.get(PROOF, {"so": 2, "dau": digest})
        assert late.status_code == 429
        assert int(late.headers["Retry-After"]) > 0
        assert "Còn nguyên<" not in late.content.decode()
        assert client.get(PROOF).status_code == 200
        self.ask(client, "", "", 400)

    def test_the_empty_form_asks_for_both(self, client, db):
        html = client.get(PROOF).content.decode()
        assert "Số sự kiện" in html
        assert "Không khớp" not in html
