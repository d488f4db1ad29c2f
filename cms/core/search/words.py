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
_LONGEST_WORD = 60

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
    for match in _WORD.finditer(drop_invisible(unicodedata.normalize("NFC", text))):
        word = _word(match[0])
        if word is not None:
            yield word


def twin(folded: str) -> str:
    """Return the other spelling of a syllable that may end in y or i; nothing when there is none."""
    if folded[:-1] not in _TWIN_ONSETS:
        return ""
    return {"y": folded[:-1] + "i", "i": folded[:-1] + "y"}.get(folded[-1], "")
