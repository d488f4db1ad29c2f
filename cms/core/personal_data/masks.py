"""What stands in a text instead of a finding; a mask is never found again and ends the reach of the words before it."""

from collections.abc import Iterable

from .findings import Finding
from .tables import MASKS


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Return ``text`` with each of ``findings`` (of this very text, not overlapping) replaced by its mask."""
    for found in sorted(findings, reverse=True):
        text = text[: found.start] + MASKS[found.kind] + text[found.end :]
    return text
