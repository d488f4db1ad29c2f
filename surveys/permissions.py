"""Whose results somebody may see, besides those of the whole agency; whose papers somebody keys in."""

from typing import Any

from cms.core.enums import Scope
from cms.core.permissions import scope_of


def result_units(user: Any) -> frozenset[int] | None:
    """Return the units whose own results ``user`` may see; None for all of them."""
    return _units(user, "survey_results")


def keying_units(user: Any) -> frozenset[int] | None:
    """Return the units at whose places ``user`` may key in papers; None for every place."""
    return _units(user, "survey_key")


def _units(user: Any, capability: str) -> frozenset[int] | None:
    scope = scope_of(user, capability)
    if scope is Scope.ALL:
        return None
    return frozenset(user.unit_ids) if scope else frozenset()
