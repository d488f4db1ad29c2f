"""Cutting text into words, the same way for what is stored and for what is asked.

Both databases receive words of plain letters and digits only, so neither its own cutter nor its query
language ever sees what a visitor typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cms.core.text import fold, syllable_key
from cms.core.text.clean import drop_invisible

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_NOT_WORD = re.compile(r"[\W_]+")
_MARK = re.compile("[\u0300-\u036fđ]")
# Letters of East Asian keyboards, as wide as they are high: the same letters.
WIDE = str.maketrans({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_LONGEST_WORD = 60
_LONGEST_TITLE, _LONGEST_MARKED = 255, 500

# Marks are stored as digits, in the order of the VNI keyboard: both databases then see plain letters.
_VNI = str.maketrans(
    {
        "\u0301": "1",
        "\u0300": "2",
        "\u0309": "3",
        "\u0303": "4",
        "\u0323": "5",
        "\u0302": "6",
        "\u031b": "7",
        "\u0306": "8",
        "đ": "d9",
    }
)

# After these onsets a final y and i are two ways to write one sound: lý lí, kỹ kĩ, quy qui.
_TWIN_ONSETS = frozenset({"h", "k", "l", "m", "s", "t", "qu"})

# A whole syllable: an onset, then vowels that may stand last, or any vowels with one of the eight last consonants.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:a|ai|ao|au|ay|e|eo|eu|i|ia|iu|ieu|o|oa|oai|oao|oay|oe|oeo|oi|u|ua|uay|ue|ui|uoi|uou|uu|uy|uya|uyu|y|yeu"
    r"|[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t))"
)
_LONGER_END = {"c": "h", "n": "gh"}
_SHORTEST_CUT = 3


@dataclass(frozen=True)
class Word:
    """A word without marks, and a spelling that keeps them wherever the tone was written."""

    folded: str
    marked: str
    has_marks: bool


@lru_cache(maxsize=32768)
def _word(raw: str) -> Word | None:
    folded = _NOT_WORD.sub("", fold(raw))[:_LONGEST_WORD]
    if not folded:
        return None
    spelled = unicodedata.normalize("NFD", syllable_key(raw))
    marked = _NOT_WORD.sub("", spelled.translate(_VNI))[:_LONGEST_WORD]
    return Word(folded, marked or folded, bool(_MARK.search(spelled)))


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order; marks may be composed or not."""
    for match in _WORD.finditer(drop_invisible(unicodedata.normalize("NFC", text.translate(WIDE)))):
        word = _word(match[0])
        if word is not None:
            yield word


def title_keys(text: str) -> tuple[str, str]:
    """Return a whole title as its words, without marks and with them; nothing of one longer than 255 letters.

    Case, signs and where a tone was written make no difference.
    """
    found = list(words(text))
    folded = " ".join(word.folded for word in found)
    return (
        (folded, " ".join(word.marked for word in found)[:_LONGEST_MARKED])
        if len(folded) <= _LONGEST_TITLE
        else ("", "")
    )


def twin(folded: str) -> str:
    """Return the other spelling of a syllable that may end in y or i; nothing when there is none."""
    if folded[:-1] not in _TWIN_ONSETS:
        return ""
    return {"y": folded[:-1] + "i", "i": folded[:-1] + "y"}.get(folded[-1], "")


def is_whole(folded: str) -> bool:
    """Say whether a typed word is complete: a syllable, or a figure. Of “tuye” or “tr” more is to come."""
    return folded.isdecimal() or bool(_SYLLABLE.fullmatch(folded))


def one_letter_more(folded: str) -> tuple[str, ...]:
    """Return what a syllable may be that lost the last letter of its end: hoac is hoach, truon is truong."""
    if len(folded) < _SHORTEST_CUT or folded.isdecimal():
        return ()
    return tuple(folded + letter for letter in _LONGER_END.get(folded[-1], ""))
