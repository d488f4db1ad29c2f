"""One spelling for every way to ask the same: what editors promote for “TTHC” answers “thủ tục hành chính” too."""

from itertools import islice

from .query import LONGEST_QUERY, MOST_WORDS
from .synonyms import GROUPS, LONGEST, SYNONYMS
from .words import twin, words

_FIRST_OF = {tuple(member.split()): tuple(group[0].split()) for group in GROUPS for member in group}


def query_key(text: str) -> str:
    """Return what is equal for every spelling of one query: no marks, no signs, synonyms and final y as one."""
    folded = tuple(word.folded for word in islice(words(text[:LONGEST_QUERY]), MOST_WORDS))
    kept: list[str] = []
    place = 0
    while place < len(folded):
        for size in range(min(LONGEST, len(folded) - place), 0, -1):
            if (phrase := folded[place : place + size]) in SYNONYMS:
                kept.extend(_FIRST_OF[phrase])
                place += size
                break
        else:
            word = folded[place]
            kept.append(twin(word) if word.endswith("y") and twin(word) else word)
            place += 1
    return " ".join(kept)
