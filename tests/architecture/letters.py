"""Letters of apology for the world: one of the own unit, one of another."""

from typing import Any

from django.contrib.auth import get_user_model

from cms.core.enums import Role
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
