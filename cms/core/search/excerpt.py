"""The lines under a hit: the accented original, cut where the words stand, with the matches marked."""

import re
from itertools import islice

from cms.core.text import fold, mark_matches

from .query import Query

LENGTH = 260
_BEFORE = 60
_MOST_PLACES = 60

Parts = tuple[tuple[str, bool], ...]


class _Letters(dict[int, str]):
    """Folds letter by letter and keeps the length of a text, so that places in it stay true. Fills itself."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter)
        self[code] = folded if len(folded) == 1 else letter
        return self[code]


_LETTERS = _Letters()


def mark(text: str, query: Query) -> Parts:
    """Return ``text`` in pieces; True marks a match, whatever its case and marks."""
    typed = mark_matches(text, " ".join(word for term in query.terms for word in term.folded))
    if any(matched for _, matched in typed):
        return tuple(typed)
    return tuple(mark_matches(text, " ".join(query.wanted)))


def excerpt(lead: str, query: Query) -> Parts:
    """Return about 260 characters of the one-line text ``lead`` around the place where most words stand together."""
    if len(lead) <= LENGTH:
        return mark(lead, query)
    start, _ = best_start(lead, query)
    stop = start + LENGTH
    if start:
        start = lead.find(" ", start, start + _BEFORE) + 1 or start
    if stop < len(lead):
        stop = max(lead.rfind(" ", start, stop), start + _BEFORE)
    cut = ("… " if start else "") + lead[start:stop].strip(" ,;:") + (" …" if stop < len(lead) else "")
    return mark(cut, query)


def best_start(lead: str, query: Query) -> tuple[int, int]:
    """Return where the window with most of the wanted letters begins (each word counts once), and how many they are."""
    wanted = "|".join(map(re.escape, query.wanted))
    found = re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", lead.translate(_LETTERS))
    places = [(match.start(), match[0]) for match in islice(found, _MOST_PLACES)]
    best, most = 0, 0
    for number, (begin, _) in enumerate(places):
        near = {word for at, word in places[number:] if at < begin + LENGTH - _BEFORE}
        size = sum(map(len, near))
        if size > most:
            best, most = begin, size
    return max(best - _BEFORE, 0), most
