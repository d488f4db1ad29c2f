"""From what a visitor typed to what the databases are asked. Anything may come in; nothing is an error."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from cms.core.text import TextError, parse_document_number

from .figures import other_figures
from .synonyms import LONGEST, SPELLINGS, SYNONYMS
from .words import WIDE, Word, is_whole, one_letter_more, title_keys, twin, words

LONGEST_QUERY = 500
MOST_WORDS = 32
SHORTEST_QUERY = 2
_MOST_SPELLINGS = 8

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """Words that must be found, all of them; or one of the phrases that say the same.

    ``side_by_side`` asks for the words as one phrase.
    """

    words: tuple[Word, ...]
    side_by_side: bool = False
    instead: tuple[Phrase, ...] = ()

    @property
    def has_marks(self) -> bool:
        return any(word.has_marks for word in self.words)

    @property
    def folded(self) -> Phrase:
        return tuple(word.folded for word in self.words)


@dataclass(frozen=True)
class Query:
    """A question the index can answer. ``number_key`` is set when the text reads as a document number."""

    text: str
    terms: tuple[Term, ...] = ()
    number_key: str = ""
    title_key: str = ""
    title_marks: str = ""

    @property
    def has_marks(self) -> bool:
        return any(term.has_marks for term in self.terms)

    @property
    def too_short(self) -> bool:
        return sum(len(word) for term in self.terms for word in term.folded) < SHORTEST_QUERY

    @property
    def phrase(self) -> "Term | None":
        """Return the whole query as one phrase, or None when that would say nothing new."""
        every = tuple(word for term in self.terms for word in term.words)
        return Term(every, side_by_side=True) if len(self.terms) > 1 or self._loose else None

    @property
    def _loose(self) -> bool:
        return any(len(term.words) > 1 and not term.side_by_side for term in self.terms)

    @property
    def is_cut(self) -> bool:
        """Say whether the last word may be the beginning of one. A whole syllable is not: “phi” is not “phía”."""
        return bool(self.terms) and not is_whole(self.terms[-1].folded[-1])

    @property
    def longer(self) -> "Query | None":
        """Return the query whose last word may also end in one letter more (“hoạc” for “hoạch”), or None."""
        if not self.terms:
            return None
        last = self.terms[-1]
        ways = tuple((*last.folded[:-1], word) for word in one_letter_more(last.folded[-1]))
        return replace(self, terms=(*self.terms[:-1], replace(last, instead=(*last.instead, *ways)))) if ways else None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return every folded word worth marking in a hit, the typed ones first."""
        typed = [word for term in self.terms for word in term.folded]
        others = [word for term in self.terms for phrase in term.instead for word in phrase]
        return tuple(dict.fromkeys([*typed, *filter(None, map(twin, typed)), *others]))


@dataclass(frozen=True)
class Filters:
    """What narrows a search besides its words."""

    kind: str | None = None
    year: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Tier:
    """One way to match, better than the next: with the typed marks or without, in the title or anywhere.

    Rows in which the whole query stands side by side (``phrase``, when there is one) come before the others.
    """

    exact: bool
    in_title: bool
    terms: tuple[Term, ...]
    phrase: Term | None

    @property
    def is_widest(self) -> bool:
        return not self.exact and not self.in_title


def parse_query(raw: str) -> Query:
    """Return what ``raw`` asks for. At most 500 characters and 32 words of it are read."""
    text = " ".join(_UNSAFE.sub(" ", raw[:LONGEST_QUERY].translate(WIDE)).split())
    terms: list[Term] = []
    left = MOST_WORDS
    for part, quoted in _parts(text.translate(_QUOTES)):
        found = tuple(islice(words(part), left))
        left -= len(found)
        terms.extend(_quoted_terms(found) if quoted else _loose_terms(found))
    return Query(text, tuple(dict.fromkeys(terms)), _number_in(text), *title_keys(text))


def number_key(text: str) -> str:
    """Return what is equal for every spelling of one document number; nothing when ``text`` is none."""
    try:
        number = parse_document_number(text)
    except TextError:
        return ""
    return number.match_key if number.serial is not None else ""


def tiers(query: Query) -> tuple[Tier, ...]:
    """Return the ways to match, best first; each later one finds what the earlier ones find and more."""
    return tuple(
        Tier(exact, in_title, query.terms, query.phrase)
        for exact in ((True, False) if query.has_marks else (False,))
        for in_title in (True, False)
    )


def _number_in(text: str) -> str:
    pieces = (text, *(word for word in text.split() if "/" in word))
    return next(filter(None, map(number_key, pieces)), "")


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of ``text``; True marks what must stand side by side.

    A quotation mark without its partner means nothing. A piece with a digit in it (``21/KH-UBND``,
    ``2021-2025``) is a phrase as well: its parts alone are in every document.
    """
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        pieces[-2:] = [" ".join(pieces[-2:])]
    for place, piece in enumerate(pieces):
        if place % 2:
            yield piece, True
            continue
        plain: list[str] = []
        for word in piece.split():
            if any(char.isdigit() for char in word) and not word.isalnum():
                yield " ".join(plain), False
                yield word, True
                plain = []
            else:
                plain.append(word)
        yield " ".join(plain), False


def _quoted_terms(found: tuple[Word, ...]) -> Iterator[Term]:
    if not found:
        return
    term = Term(found, side_by_side=True)
    spellings = [phrase for phrase in _spellings(term.folded) if phrase != term.folded]
    yield replace(term, instead=(*spellings, *other_figures(term.folded)))


def _spellings(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the ways to write ``phrase``: abbreviations with and without a gap, final y and i."""
    choices: list[tuple[Phrase, ...]] = []
    place = 0
    while place < len(phrase):
        size, others = _longest_match(phrase, place, SPELLINGS)
        if size:
            choices.append((phrase[place : place + size], *others))
        else:
            size, other = 1, twin(phrase[place])
            choices.append(((phrase[place],), (other,)) if other else ((phrase[place],),))
        place += size
    for picked in islice(product(*choices), _MOST_SPELLINGS):
        yield tuple(word for part in picked for word in part)


def _loose_terms(found: tuple[Word, ...]) -> Iterator[Term]:
    folded = tuple(word.folded for word in found)
    place = 0
    while place < len(found):
        size, others = _longest_match(folded, place, SYNONYMS)
        size = size or 1
        here = folded[place : place + size]
        yield Term(found[place : place + size], instead=others or other_figures(here))
        place += size


def _longest_match(
    phrase: Phrase, place: int, table: dict[Phrase, tuple[Phrase, ...]]
) -> tuple[int, tuple[Phrase, ...]]:
    for size in range(min(LONGEST, len(phrase) - place), 0, -1):
        others = table.get(phrase[place : place + size])
        if others:
            return size, others
    return 0, ()
