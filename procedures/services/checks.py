"""A question at the start: whether every name in the table of transitions means something."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.checks import Error, register

from cms.core.permissions import capabilities
from procedures.notifications import NOTICES
from procedures.services.guards import GUARDS
from procedures.transitions import SYSTEM, TRANSITIONS, Transition


@register
def check_dossier_transitions(app_configs: Any = None, **_rest: Any) -> list[Error]:
    """Return an error for each guard, mail or capability that the table names and nobody has; and for doubles."""
    verbs = [row.verb for row in TRANSITIONS]
    found = [f"verb {verb!r} stands twice" for verb in sorted({verb for verb in verbs if verbs.count(verb) > 1})]
    for row in TRANSITIONS:
        found += _unknown(row)
    return [Error(f"transitions.py: {text}", id="procedures.E001") for text in found]


def _unknown(row: Transition) -> Iterable[str]:
    known: dict[str, Collection[str]] = {
        "guard": GUARDS,
        "mail": NOTICES,
        "capability": {*capabilities(), SYSTEM},
    }
    for what, names in {"guard": row.guards, "mail": row.mails, "capability": row.who}.items():
        yield from (f"{row.verb}: no {what} {name!r}" for name in names if name not in known[what])
