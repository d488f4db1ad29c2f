"""Random walks over the table of a dossier's way: wherever they lead, the rows stay sound and nobody else gets in.

``make test`` takes the first walks, always the same; ``make test-all`` takes two thousand. A failure names its seed and
tells the whole walk.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from django.db import transaction

import pytest
import time_machine

from cms.core.models import LedgerEvent
from cms.core.services.ledger import ledger_faults
from procedures import factories
from procedures.enums import PAUSED_STATES, DossierState
from procedures.models import Dossier
from procedures.services import handling, moves
from procedures.services.deadlines import due_strip, late_days, standing
from procedures.services.intake import dossier_receive
from procedures.services.integrity import CHECKS
from procedures.services.steps import step_advance
from procedures.services.timeline import public_timeline
from procedures.transitions import TRANSITIONS, transition
from tests.procedures.desk import NAME, make_desk
from tests.procedures.test_dossiers import MONDAY
from tests.site import build_site

pytestmark = pytest.mark.django_db
FEW, MANY, CHUNK = 12, 2_000, 250
WORDS = "Lời của Chim Yến"


def receive(dossier, actor):
    return dossier_receive(dossier=dossier, actor=actor, way=dossier.procedure.ways.first())


def supply(dossier, actor):
    return handling.dossier_supply(dossier=dossier, actor=actor, way=dossier.procedure.ways.first())


STEPS = {
    "receive": receive,
    "supply": supply,
    "start": lambda dossier, actor: handling.dossier_start(dossier=dossier, actor=actor),
    "ask": lambda dossier, actor: handling.dossier_ask(dossier=dossier, actor=actor, papers=WORDS),
    "charge": lambda dossier, actor: handling.dossier_charge(dossier=dossier, actor=actor, what=WORDS),
    "pay": lambda dossier, actor: handling.dossier_pay(dossier=dossier, actor=actor),
    "complete": lambda dossier, actor: handling.dossier_complete(dossier=dossier, actor=actor),
    "notify": lambda dossier, actor: handling.dossier_notify(dossier=dossier, actor=actor),
    "post": lambda dossier, actor: handling.dossier_post(dossier=dossier, actor=actor, number="EE1"),
    "return": lambda dossier, actor: handling.dossier_return(dossier=dossier, actor=actor),
    "refuse": lambda dossier, actor: handling.dossier_refuse(dossier=dossier, actor=actor, reason=WORDS),
    "withdraw": lambda dossier, actor: handling.dossier_withdraw(dossier=dossier, actor=actor),
    "stop": lambda dossier, actor: handling.dossier_stop(dossier=dossier, actor=actor, reason=WORDS),
    "undo": lambda dossier, actor: moves.dossier_undo(dossier=dossier, actor=actor, reason=WORDS),
    "adopt": lambda dossier, actor: handling.dossier_adopt(dossier=dossier, actor=actor, reason=WORDS),
    "step": lambda dossier, actor: step_advance(dossier=dossier, number=1, actor=actor),
}


@pytest.fixture
def desk(db):
    build_site()
    return make_desk()


def row_of(dossier):
    return Dossier.objects.values().get(pk=dossier.pk)


def walk(desk, seed, clock):
    """Take one walk; return the verbs that were taken and the states that were seen."""
    chance = Random(seed)
    people = [desk.clerk, desk.clerk, desk.officer, desk.leader, desk.stranger]
    made = factories.dossier(desk.page, desk.unit, desk.clerk, name=NAME, received=chance.random() < 0.6)
    taken, seen, story = [], {made.state}, []
    for _turn in range(8 + chance.randrange(20)):
        clock.shift(timedelta(hours=chance.choice((0, 1, 5, 30, 100))))
        open_now = [row.verb for row in moves.steps_open_to(made, desk.clerk)]
        verb = chance.choice(open_now) if open_now and chance.random() < 0.8 else chance.choice(sorted(STEPS))
        actor, before, events = chance.choice(people), row_of(made), LedgerEvent.objects.count()
        story.append((verb, actor.username, made.state))
        try:
            with transaction.atomic():
                STEPS[verb](made, actor)
        except moves.TransitionRefusedError:
            assert row_of(made) == before, (seed, story)
            assert LedgerEvent.objects.count() == events, (seed, story)
            made.refresh_from_db()
            continue
        assert actor != desk.stranger, (seed, story)
        made = Dossier.objects.get(pk=made.pk)
        taken.append(verb)
        seen.add(made.state)
        look(made, before, verb, (seed, story))
    sound((seed, story))
    return taken, seen


def sound(where):
    """The rows fit one another and the ledger is whole."""
    assert [line for check in CHECKS for line in check.run()] == [], where
    assert list(ledger_faults()) == [], where


def look(made, before, verb, where):
    """What must be true after every step that was taken; a step taken back is looked at most closely."""
    if verb == "undo":
        sound(where)
    if verb in {row.verb for row in TRANSITIONS}:
        row = transition(verb)
        assert before["state"] in row.sources, where
        assert row.target in {None, made.state}, where
    assert made.supplement_count <= 1, where
    assert made.state not in PAUSED_STATES or late_days(made) == 0, where
    assert made.due_on is None or made.due_on >= made.received_at.date(), where
    strip = due_strip(made)
    if made.state not in PAUSED_STATES and strip and made.state in {"received", "in_progress"}:
        assert strip.due_on == made.due_on, where
    standing(made)
    told = " ".join(f"{entry.title} {entry.text} {entry.who}" for entry in public_timeline(made))
    assert "Chim Yến" not in told, where
    assert "motcua" not in told, where


def wander(desk, seeds):
    taken, seen = Counter(), set()
    for seed in seeds:
        with transaction.atomic(), time_machine.travel(MONDAY, tick=False) as clock:
            verbs, states = walk(desk, seed, clock)
            taken.update(verbs)
            seen |= states
            transaction.set_rollback(True)
    return taken, seen


def test_no_walk_reaches_what_the_table_forbids(desk):
    taken, seen = wander(desk, range(FEW))
    # No straw men: the walks come far.
    assert {DossierState.NEED_SUPPLEMENT, DossierState.COMPLETED, DossierState.RETURNED} <= seen, seen
    assert taken["undo"], taken


@pytest.mark.whole
@pytest.mark.parametrize("first", range(0, MANY, CHUNK))
def test_no_walk_of_two_thousand_reaches_what_the_table_forbids(desk, first):
    taken, seen = wander(desk, range(first, first + CHUNK))
    assert seen == set(DossierState), set(DossierState) - seen
    assert set(taken) >= set(STEPS) - {"adopt"}, set(STEPS) - set(taken)


def test_every_step_of_the_table_is_walked():
    assert {row.verb for row in TRANSITIONS} - {"register", "sync", "apologise"} <= set(STEPS)
