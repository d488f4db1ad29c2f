"""Making equal what people mean as equal: search folding, spelling of tones, addresses of pages, marking of matches."""

import re
import unicodedata
from functools import lru_cache

from .characters import (
    APOSTROPHES,
    FALSE_D,
    HYPHENS,
    INVISIBLE,
    NON_CHARACTER,
    PICTURE_PARTS,
    REFUSED_CONTROL,
    SURROGATE,
    TONES,
)

_MARKS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans(
    dict.fromkeys("đĐ" + "".join(FALSE_D), "d") | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-")
)
_REAL_D = str.maketrans(FALSE_D)
_TONE = re.compile(f"[{''.join(TONES)}]")
_SYLLABLE = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# Both spellings are right in an open syllable (lý, lí; kỹ, kĩ; công ty, công ti) and after qu (quy, qui).
_Y_FOR_I = re.compile(r"(?<=^qu)y|(?<=^[hklmst])y$")
_SPACED_AND = re.compile(r"(?<=\w)(?:\s+&\s*|\s*&\s+)(?=\w)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
FALLBACK_SLUG = "trang"


def fold(value: str) -> str:
    """Return the form under which search finds a text: lower case, no marks, đ as d, one space between words.

    Typographic hyphens and apostrophes become plain, invisible and broken characters vanish. Never raises.
    """
    return " ".join(_fold(value).split())


def _fold(text: str) -> str:
    if text.isascii():
        return REFUSED_CONTROL.sub(" ", text).lower()
    for unwanted in (SURROGATE, NON_CHARACTER, INVISIBLE, PICTURE_PARTS):
        text = unwanted.sub("", text)
    text = REFUSED_CONTROL.sub(" ", text)
    # Case folding may bring new decomposable letters, hence twice.
    return _without_marks(_without_marks(text).casefold()).translate(_PLAIN)


@lru_cache(maxsize=4096)
def _fold_letter(character: str) -> str:
    return _fold(character)


def _without_marks(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


def syllable_key(value: str) -> str:
    """Return a key that keeps every letter and tone but not the place where a tone is written.

    hòa and hoà, thủy and thuỷ, quý and qúy, qui and quy, lý and lí are one; hoa, hóa and hòa stay three.
    """
    text = unicodedata.normalize("NFD", value.translate(_REAL_D).lower())
    return " ".join(unicodedata.normalize("NFC", _SYLLABLE.sub(_tone_last, text)).split())


def _tone_last(syllable: re.Match[str]) -> str:
    letters = unicodedata.normalize("NFC", _TONE.sub("", syllable[0]))
    return _Y_FOR_I.sub("i", letters) + "".join(_TONE.findall(syllable[0]))


def slug(value: str, max_length: int = 80) -> str:
    """Return the part of an address made from a title: a–z, 0–9 and single hyphens, cut between words, never empty.

    "&" between words is read "va", inside an abbreviation (GD&ĐT) it only separates. Raises ValueError when
    ``max_length`` is below 1.
    """
    if max_length < 1:
        raise ValueError("max_length must be at least 1")
    words = _NOT_SLUG.sub("-", fold(_SPACED_AND.sub(" va ", value))).strip("-") or FALLBACK_SLUG
    if len(words) <= max_length:
        return words
    whole = words[: max_length + 1].rpartition("-")[0]
    return whole or words[:max_length]


def mark_matches(text: str, query: str) -> list[tuple[str, bool]]:
    """Cut ``text`` into pieces ``(piece, matched)`` whose join is ``text``; marks and case of the query do not matter.

    The whole query is looked for first; where it does not stand in one piece, its words are.
    """
    wanted = fold(query)
    if not wanted:
        return [(text, False)] if text else []
    folded, origin = _folded_with_origin(text)
    spans = _spans([wanted], folded) or _spans(wanted.split(), folded)
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        begin, stop = origin[start], origin[end]
        pieces += [(text[done:begin], False), (text[begin:stop], True)]
        done = stop
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter; ``origin[i]`` is where the i-th folded letter stood in ``text``, its last item the end."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for letter in _fold_letter(character):
            if letter.isspace() and folded and folded[-1] == " ":
                continue
            folded.append(" " if letter.isspace() else letter)
            origin.append(place)
    return "".join(folded), [*origin, len(text)]


def _spans(phrases: list[str], folded: str) -> list[tuple[int, int]]:
    # The longest first, so that of two words the one that contains the other wins.
    choices = "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{choices})(?!\w)", folded)]
