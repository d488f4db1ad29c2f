"""Finder of personal data in Vietnamese texts: rules only, no network, no model, standard library alone.

``find`` reads a text once and returns every place that looks personal. It proposes; people decide. What it cannot see
(a person told by deeds alone, a nickname without a word before it) stays a matter of reading.
"""

from .findings import KINDS, NAMES, NUMBERS, Finding, without_overlaps
from .masks import MASKS, masked
from .names import name_findings
from .numbers import bank_findings, number_findings
from .places import address_findings
from .schools import class_findings, school_person_findings
from .words import Text
from .written import birth_findings, email_findings, plate_findings

__all__ = ["KINDS", "MASKS", "NAMES", "NUMBERS", "Finding", "find", "masked"]


def find(text: str) -> list[Finding]:
    """Return what looks personal in ``text``: sorted, no two sharing a letter, in code points of the text as given.

    Composed and decomposed marks are read alike. Two claims on the same letters are settled by ``without_overlaps``.
    """
    read = Text(text)
    place_of = {token.start: place for place, token in enumerate(read.tokens)}
    return without_overlaps(
        [
            *email_findings(read),
            *number_findings(read),
            *bank_findings(read),
            *plate_findings(read, place_of),
            *birth_findings(read, place_of),
            *address_findings(read),
            *name_findings(read),
            *school_person_findings(read),
            *class_findings(read),
        ]
    )
