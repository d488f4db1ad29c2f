"""Random walks over the table of transitions: wherever they lead, nothing forbidden is ever true.

``make test`` takes the first walks, always the same; ``make test-all`` takes ten thousand. A failure names its seed and
tells the whole walk.
"""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

import pytest
import time_machine

from cms.core.models import LedgerEvent
from cms.core.services.outbox import mails_send_due
from cms.core.text import fold
from feedback.enums import AnswerState, CaseState
from feedback.models import Answer, Case, PublicCase
from feedback.transitions import TRANSITIONS
from tests.feedback.wanderer import NAME, PHONE, PRIVATE, STEPS, Office, Wanderer

pytestmark = pytest.mark.django_db

FEW, MANY, CHUNK = 24, 10_000, 500
START = "2026-11-30 09:00 +0700"
SURFACES = ("", "du-lieu.csv", "du-lieu.json", "atom.xml", "thong-ke/")


@pytest.fixture
def office(site_tree):
    with time_machine.travel(START, tick=False):
        return Office.build()


def public_words(client):
    """Return, folded, what everybody reads: list, data, feeds, search, the page of the case itself."""
    addresses = [f"/phan-anh-kien-nghi/{name}" for name in SURFACES]
    addresses += ["/open311/v2/requests.json", "/tim-kiem/?q=san", "/sitemap.xml"]
    addresses += [copy.get_absolute_url() for copy in PublicCase.objects.all()]
    return fold(" ".join(client.get(address).getvalue().decode() for address in addresses))


def letters(mailoutbox):
    """Send what waits; return subjects, and the bodies of the letters to officers."""
    mails_send_due(limit=200)
    subjects = [letter.subject for letter in mailoutbox]
    bodies = [letter.body for letter in mailoutbox if letter.to[0].endswith("@so.example.vn")]
    mailoutbox.clear()
    return subjects, bodies


def wander(office, seeds, client, mailoutbox):
    """Take one walk a seed; return what was done and which states were seen."""
    taken, seen, published = Counter(), set(), 0
    for seed in seeds:
        with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
            one = Wanderer(office, seed, clock)
            one.walk(10 + one.random.randrange(36))
            if one.taken["publish"]:
                published += 1
                read = public_words(client)
                assert [words for words in PRIVATE if words in read] == [], (seed, one.story)
            subjects, bodies = letters(mailoutbox)
            said = fold(" ".join(subjects))
            assert [words for words in PRIVATE if words in said] == [], (seed, one.story)
            assert not any(words in body for words in (NAME, PHONE) for body in bodies), (seed, one.story)
            taken += one.taken
            seen |= one.seen
            transaction.set_rollback(True)
    return taken, seen, published


def test_no_walk_reaches_what_the_table_forbids(office, client, mailoutbox):
    taken, seen, published = wander(office, range(FEW), client, mailoutbox)
    # No straw men: the walks come far.
    assert {CaseState.NEED_INFO, CaseState.ANSWERED, CaseState.REOPENED} <= seen, seen
    assert published, taken


@pytest.mark.whole
@pytest.mark.parametrize("first", range(0, MANY, CHUNK))
def test_no_walk_of_ten_thousand_reaches_what_the_table_forbids(office, client, mailoutbox, first):
    taken, seen, published = wander(office, range(first, first + CHUNK), client, mailoutbox)
    assert seen == set(CaseState), set(CaseState) - seen
    assert len(taken) > len(STEPS) * 3 // 4, set(STEPS) - set(taken)
    assert published >= CHUNK // 250


def test_every_step_of_the_table_is_walked():
    assert {row.verb for row in TRANSITIONS} - {"submit"} <= set(STEPS)


@pytest.fixture
def straight(office):
    """The straight road to a published answer."""
    with time_machine.travel(START, tick=False) as clock:
        one = Wanderer(office, 1, clock)
        road = [("accept", "clerk"), ("assign", "clerk"), ("start", ""), ("write", ""), ("propose", "")]
        for name, who in road:
            while not one.step(name, who or _hand(office, one)):
                pass
        one.step("approve", "leader two")
        yield one


def _hand(office, one):
    return next(key for key, user in office.people.items() if user.pk == one.case.officer_id)


def test_the_straight_road_leads_to_an_answer(straight):
    assert straight.case.state == CaseState.ANSWERED


def test_the_look_sees_an_author_who_approved(straight):
    answer = Answer.objects.get()
    Answer.objects.update(number=2)
    Answer.objects.create(
        case=answer.case,
        number=1,
        body="Lời của người duyệt.",
        author=answer.approver,
        saved_at=timezone.now(),
        state=AnswerState.SUPERSEDED,
    )
    straight.writers.clear()
    with pytest.raises(AssertionError):
        straight.step("note", "clerk")


def test_the_look_sees_a_private_word_that_went_out(straight):
    assert straight.step("copy", "leader")
    PublicCase.objects.update(live=True, answer=f"Kính gửi {NAME}")
    with pytest.raises(AssertionError):
        straight.step("note", "clerk")


def test_the_look_sees_a_date_that_moves_in_a_pause(straight):
    Case.objects.filter(pk=straight.case.pk).update(state=CaseState.NEED_INFO)
    straight.case.pauses.create(began_at=timezone.now())
    straight.case.refresh_from_db()
    assert straight.step("note", "clerk")
    Case.objects.filter(pk=straight.case.pk).update(due_on=straight.case.due_on + timedelta(days=1))
    with pytest.raises(AssertionError):
        straight.step("note", "clerk")


def test_the_walk_sees_a_ledger_that_was_changed(straight):
    LedgerEvent.objects.filter(verb="case.approve").update(actor_kind="sender")
    with pytest.raises(AssertionError):
        straight.walk(0)
