"""Who may do what with a dossier: the matrix of the kernel, asked of its unit."""

from typing import Any

from cms.core.permissions import can
from procedures.models import Dossier

__all__ = ["dossier_can"]


def dossier_can(user: Any, capability: str, dossier: Dossier) -> bool:
    """Say whether ``user`` may exercise ``capability`` on ``dossier``; nobody may on one of another unit."""
    return can(user, capability, dossier)
