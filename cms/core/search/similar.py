"""What says nearly the same as a text that somebody is writing: pairs of neighbouring syllables, not single ones.

A Vietnamese syllable alone means little (“học” stands in every page of a school); two side by side are mostly a word.
"""

from itertools import islice, pairwise

from .backends import get_backend
from .query import MOST_WORDS, Filters
from .words import words

_MOST_CANDIDATES = 30
_ENOUGH = 0.25  # of the pairs of the text that was written
_LEAST = 2


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return the neighbouring syllables of the first 32 words of ``text``, folded, each pair once."""
    folded = [word.folded for word in islice(words(text), MOST_WORDS)]
    return list(dict.fromkeys(pairwise(folded)))


def similar_keys(text: str, *, kind: str) -> list[str]:
    """Return the keys of at most 30 objects of one kind that share pairs of syllables with ``text``, best first.

    The caller keeps to what the public may read. One statement; none for a text of less than two words.
    """
    pairs = pairs_of(text)
    return get_backend().find_any(pairs, Filters(kind=kind), most=_MOST_CANDIDATES) if pairs else []


def nearness(text: str, other: str) -> float:
    """Return which share of the pairs of ``text`` stand in ``other``; 0 when they are too few to mean anything."""
    pairs = pairs_of(text)
    if not pairs:
        return 0
    folded = [word.folded for word in words(other)]
    shared = len(set(pairs) & set(pairwise(folded)))
    share = shared / len(pairs)
    return share if shared >= min(_LEAST, len(pairs)) and share >= _ENOUGH else 0
