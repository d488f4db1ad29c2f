"""Letters of apology for the world, one of the own unit and one of another; and a turn at a counter."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from cms.core.enums import Role
from procedures.models import DutyOfficer, DutySwap, DutyTurn
from procedures.services.apologies import apology_write
from procedures.services.apology_checks import ApologyFacts


def seed_apologies(world: Any) -> None:
    """A letter of apology that is being written, of the own unit and of another."""
    for name, mine in (("own", world.things.own), ("other", world.things.other)):
        note = f"CHIM-TRACH-{name.upper()}"
        facts = ApologyFacts("mistake", "office", "Ghi sai ngày sinh.", mine.unit, blame_note=f"Do khâu nhập {note}")
        clerk = get_user_model().objects.get(username=f"motcua-{name}")
        mine.apology = apology_write(dossier=mine.dossier, facts=facts, actor=clerk)
        desk = frozenset({Role.ONE_STOP, Role.HANDLER, Role.LEADER})
        world.canaries[note] = desk if name == "own" else frozenset()
    things = world.things
    things.duty_officer = DutyOfficer.objects.create(name="Người trực", role="Chuyên viên")
    things.duty_turn = DutyTurn.objects.create(place=things.receiving_place, officer=things.duty_officer, weekday=0)
    things.duty_swap = DutySwap.objects.create(turn=things.duty_turn, date=date(2026, 11, 30))
