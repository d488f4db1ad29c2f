"""A text as words, numbers and signs, each with its place in the text as given: what all rules read.

Every alternative of the one pattern succeeds at its first letter and gives nothing back (possessive), so each letter
is read once. The rules look a bounded number of words back and forth from each word, never further.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .tables import MASKS, phrase_table

_LETTER = r"[^\W\d_]"
_MARK = r"[\u0300-\u036f]"
# Our own masks as they are written, composed or not, and the sign of words left out; no other bracket hides a word.
_MASK = "|".join(re.escape(form) for mask in MASKS.values() for form in (mask, unicodedata.normalize("NFD", mask)))
_TOKEN = re.compile(
    rf"(?P<mask>{_MASK}|\[…\])"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|{_MARK}|['’ʼ](?={_LETTER}))*+)"
    r"|(?P<number>\d++)|(?P<line>\n)|(?P<sign>[^\s\u200b-\u200f\u2060\ufeff\u00ad])"
)
_FOLDABLE = str.maketrans("đĐ’ʼ", "dD''")
Phrases = dict[str, tuple[tuple[str, ...], ...]]  # by the plain form of the first word, the longest first
FURTHEST = 10  # words between a cue and what it is about


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    sort: str  # mask, word, number, line or sign
    word: str  # NFC, lower case; digits as 0–9
    plain: str  # the same without marks
    capital: bool = False
    shouted: bool = False  # more than one letter and all of them capitals
    glued: bool = False  # stands right behind the token before it


class Text:
    """Tokens and the questions that rules ask of them; every question looks at a bounded number of words."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self.tokens: list[Token] = []
        end = -1
        for found in _TOKEN.finditer(text):
            self.tokens.append(_token(found.start(), found.lastgroup or "sign", found[0], end))
            end = found.end()
        self._ends = [self._ends_sentence(place) for place in range(len(self.tokens))]
        self._lengths: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else _NOTHING

    def gap(self, place: int) -> str:
        """Return what stands between the token before ``place`` and it, at most three characters of it."""
        before = self[place - 1].end if place > 0 else 0
        return self.raw[before : min(self[place].start, before + 3)]

    def is_word(self, place: int) -> bool:
        return self[place].sort == "word"

    def is_number(self, place: int) -> bool:
        return self[place].sort == "number"

    def follows(self, place: int) -> bool:
        """Say whether the token at ``place`` continues the words before it: same line, no sign between."""
        return self[place].sort in {"word", "number"} and self[place - 1].sort in {"word", "number"}

    def match(self, place: int, phrases: Phrases) -> int:
        """Return how many tokens from ``place`` are one of ``phrases`` (the longest one), 0 if none."""
        lengths = self._lengths_of(phrases)
        return lengths[place] if 0 <= place < len(lengths) else 0

    def _lengths_of(self, phrases: Phrases) -> list[int]:
        """Return, for every token, the length of the phrase that begins there; asked once for each table and text."""
        known = self._lengths.get(id(phrases))
        if known is None:
            known = [0] * len(self.tokens)
            for place, token in enumerate(self.tokens):
                if token.plain in phrases and token.sort == "word":
                    known[place] = self._length(place, phrases[token.plain])
            self._lengths[id(phrases)] = known if any(known) else []
        return self._lengths[id(phrases)]

    def _length(self, place: int, beginning_so: tuple[tuple[str, ...], ...]) -> int:
        for words in beginning_so:
            if all(self._is(place + step, word) for step, word in enumerate(words)):
                return len(words)
        return 0

    def _is(self, place: int, word: str) -> bool:
        token = self[place]
        # A word with marks in the table is meant with them, unless the writer leaves all marks out.
        return token.word == word or (token.plain == token.word and token.plain == plain(word))

    def cue_before(self, place: int, phrases: Phrases, furthest: int = FURTHEST) -> int:
        """Return how many tokens before ``place`` the nearest of ``phrases`` ends (0: none); sentences end the search.

        A cue directly before ``place`` gives 1.
        """
        lengths = self._lengths_of(phrases)
        if not lengths:
            return 0
        for step in range(1, min(furthest, place) + 1):
            if self._ends[place - step]:
                return 0
            if 0 < lengths[place - step] <= step:
                return step - lengths[place - step] + 1
        return 0

    def _ends_sentence(self, place: int) -> bool:
        """Say whether no cue reaches over ``place``: a mask, a semicolon, a full stop before a gap."""
        token = self[place]
        if token.sort == "mask" or token.word in {";", "!", "?"}:
            return True
        return token.word == "." and not self[place + 1].glued and len(self[place - 1].word) > 2


def table(*groups: str) -> Phrases:
    """Return comma-separated phrases by the plain form of their first word."""
    return phrase_table(groups, plain)


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Return ``word`` in lower case and without marks."""
    letters = unicodedata.normalize("NFD", word.translate(_FOLDABLE).lower())
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")


def _token(start: int, sort: str, raw: str, before: int) -> Token:
    end, glued = start + len(raw), start == before
    if sort == "number":
        digits = "".join(str(unicodedata.digit(each, 0)) for each in raw)
        return Token(start, end, sort, digits, digits, glued=glued)
    if sort != "word":
        return Token(start, end, sort, raw, raw, glued=glued)
    word = unicodedata.normalize("NFC", raw)
    shouted = len(word) > 1 and word.isupper()
    return Token(start, end, sort, word.lower(), plain(word), word[0].isupper(), shouted, glued)


def words(listed: str) -> frozenset[str]:
    """Return the words of a space-separated list."""
    return frozenset(listed.split())


_NOTHING = Token(-1, -1, "none", "", "")
