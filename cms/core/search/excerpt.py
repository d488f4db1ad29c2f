"""The lines under a hit: the accented original, cut where the words stand, with the matches marked."""

from cms.core.text import mark_matches

from .query import Query

LENGTH = 260
_BEFORE = 60

Parts = tuple[tuple[str, bool], ...]


def mark(text: str, query: Query) -> Parts:
    """Return ``text`` in pieces; True marks a match, whatever its case and marks."""
    typed = mark_matches(text, " ".join(word for term in query.terms for word in term.folded))
    if any(matched for _, matched in typed):
        return tuple(typed)
    return tuple(mark_matches(text, " ".join(query.wanted)))


def excerpt(lead: str, query: Query) -> Parts:
    """Return about 260 characters of ``lead`` around the place where most of the words stand together."""
    text = " ".join(lead.split())
    if len(text) <= LENGTH:
        return mark(text, query)
    start = _best_start(mark(text, query))
    stop = start + LENGTH
    if start:
        start = text.find(" ", start) + 1 or start
    if stop < len(text):
        stop = max(text.rfind(" ", start, stop), start + 1)
    cut = ("… " if start else "") + text[start:stop].strip(" ,;:") + (" …" if stop < len(text) else "")
    return mark(cut, query)


def _best_start(parts: Parts) -> int:
    """Return where the window with the most different matched letters begins."""
    matches: list[tuple[int, str]] = []
    place = 0
    for piece, matched in parts:
        if matched:
            matches.append((place, piece.casefold()))
        place += len(piece)
    best, most = 0, 0
    for begin, _ in matches:
        near = {piece for at, piece in matches if begin <= at < begin + LENGTH - _BEFORE}
        size = sum(map(len, near))
        if size > most:
            best, most = begin, size
    return max(best - _BEFORE, 0)
