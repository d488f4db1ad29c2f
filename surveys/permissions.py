"""Whose results somebody may see, besides those of the whole agency."""

from typing import Any

from cms.core.enums import Scope
from cms.core.permissions import scope_of


def result_units(user: Any) -> frozenset[int] | None:
    """Return the units whose own results ``user`` may see; None for all of them."""
    scope = scope_of(user, "survey_results")
    if scope is Scope.ALL:
        return None
    return frozenset(user.unit_ids) if scope else frozenset()
