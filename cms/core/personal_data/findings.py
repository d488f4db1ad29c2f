"""What is found, and which finding stays when two claim the same letters."""

from collections.abc import Iterable
from typing import NamedTuple

NUMBERS = ("phone", "email", "id_number", "bank", "plate", "dob")
NAMES = ("name", "address", "class", "school_person")
KINDS = (*NUMBERS, *NAMES)

# The stronger claim first. A number named by the words before it is sure; a name in an address is a street.
_ORDER = ("email", "bank", "id_number", "phone", "plate", "dob", "address", "name", "school_person", "class")
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


class Finding(NamedTuple):
    """Code points ``start`` to ``end`` (half open) of the text as given, and what stands there."""

    start: int
    end: int
    kind: str


def without_overlaps(candidates: Iterable[Finding]) -> list[Finding]:
    """Return sorted findings of which no two share a letter.

    The stronger kind stays (``_ORDER``), among equals the earlier, then the longer. One kind gives way instead of
    going: a person told by role and school keeps the longest piece beside a name in it.
    """
    kept: list[Finding] = []
    taken: set[int] = set()
    for found in sorted(set(candidates), key=lambda each: (_RANK[each.kind], each.start, -each.end)):
        piece = found
        if not taken.isdisjoint(range(found.start, found.end)):
            if found.kind != "school_person":
                continue
            piece = _longest_free(found, taken)
        if piece.start < piece.end:
            kept.append(piece)
            taken.update(range(piece.start, piece.end))
    return sorted(kept)


def _longest_free(found: Finding, taken: set[int]) -> Finding:
    best, start = (found.start, found.start), found.start
    for place in range(found.start, found.end + 1):
        if place == found.end or place in taken:
            best = max(best, (start, place), key=lambda span: span[1] - span[0])
            start = place + 1
    return Finding(*best, found.kind)
