"""The one place that answers “may this person do that?”.

The matrix beside this file is data; pages, API, choosers, previews, exports, search, feeds,
downloads and mails all ask :func:`can` or :func:`scope_of`. A user answers two questions about
itself: ``roles`` (a set of :class:`~cms.core.enums.Role`) and ``unit_ids`` (the units it acts for,
with their sub-units where the membership says so).
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from django.core.exceptions import ImproperlyConfigured

from cms.core.enums import Role, Scope

__all__ = ["Actor", "can", "capabilities", "scope_of"]

MATRIX_FILE = Path(__file__).with_name("matrix.toml")


@runtime_checkable
class Actor(Protocol):
    """What the matrix needs to know about a person."""

    @property
    def roles(self) -> frozenset[Role]: ...

    @property
    def unit_ids(self) -> frozenset[int]: ...


@cache
def capabilities() -> Mapping[str, Mapping[Role, Scope]]:
    """Return the matrix, ``{capability: {role: scope}}``; a mistake in the file stops the start."""
    raw = tomllib.loads(MATRIX_FILE.read_text())
    try:
        return {
            name: {Role(role): Scope(scope) for role, scope in row["roles"].items()}
            for name, row in raw.items()
            if isinstance(row["text"], str)
        }
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(f"matrix.toml: {error}") from error


def capability_text(capability: str) -> str:
    """Return the capability in words, for the help page and refusals."""
    return str(tomllib.loads(MATRIX_FILE.read_text())[capability]["text"])


def scope_of(user: Any, capability: str) -> Scope | None:
    """Return how far ``user`` may exercise ``capability``, the widest of their roles; None = not at all.

    Raises:
        ImproperlyConfigured: the capability is not in the matrix, so a slip of the pen never opens a door.

    """
    try:
        row = capabilities()[capability]
    except KeyError:
        raise ImproperlyConfigured(f"Không có quyền {capability!r} trong matrix.toml") from None
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    granted = {row[role] for role in user.roles if role in row}
    return next((scope for scope in (Scope.ALL, Scope.UNIT, Scope.OWN) if scope in granted), None)


def can(user: Any, capability: str, target: Any = None) -> bool:
    """Say whether ``user`` may exercise ``capability`` (on ``target``, when the reach is limited).

    ``target`` has ``unit_id`` for the reach “unit” and ``author_id`` for the reach “own”. Without a target
    the question is “at all?”: it opens a menu or a list, whose rows are then narrowed by their queryset.
    """
    scope = scope_of(user, capability)
    if scope is None:
        return False
    if scope is Scope.ALL or target is None:
        return True
    if scope is Scope.UNIT:
        return target.unit_id is not None and target.unit_id in user.unit_ids
    return target.author_id is not None and target.author_id == user.pk
