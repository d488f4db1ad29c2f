"""A question at the start: whether every name in the table of transitions means something."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.checks import Error, register

from cms.core.permissions import capabilities
from feedback.notifications import NOTICES
from feedback.services.guards import GUARDS
from feedback.transitions import SENDER, SYSTEM, TRANSITIONS, Transition


@register
def check_transitions(app_configs: Any = None, **_rest: Any) -> list[Error]:
    """Return an error for each guard, mail or capability that the table names and nobody has; and for doubles."""
    verbs = [row.verb for row in TRANSITIONS]
    doubles = sorted({verb for verb in verbs if verbs.count(verb) > 1})
    found = [f"verb {verb!r} stands twice" for verb in doubles]
    for row in TRANSITIONS:
        found += _unknown(row)
    return [Error(f"transitions.py: {text}", id="feedback.E001") for text in found]


def _unknown(row: Transition) -> Iterable[str]:
    known: dict[str, Collection[str]] = {
        "guard": GUARDS,
        "mail": NOTICES,
        "capability": {*capabilities(), SENDER, SYSTEM},
    }
    named = {"guard": row.guards, "mail": row.mails, "capability": row.who}
    for what, names in named.items():
        for name in names:
            if name not in known[what]:
                yield f"{row.verb}: no {what} {name!r}"
