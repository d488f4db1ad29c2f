"""The Vietnamese alphabetical order."""

import re
import unicodedata

from .characters import APOSTROPHES, FALSE_D, TONES

# A key is made of digits alone, so that every database collation compares it as Python does.
_END, _SPACE, _NUMBER, _BEYOND_Z = "00", "01", "02", "99"
_WEIGHTS = {letter: str(rank) for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=10)}
_REAL_D = str.maketrans(FALSE_D)
_APOSTROPHE = re.compile(f"['{APOSTROPHES}]")
_TONE_RANK = {tone: str(rank) for rank, tone in enumerate(TONES, start=1)}
_TONE = re.compile(f"[{''.join(TONES)}]")
# Breve, circumflex and horn make letters of their own; every other mark only decorates one.
_DECORATION = re.compile("[\u0300\u0301\u0303-\u0305\u0307-\u031a\u031c-\u036f]")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_NUMBER_OR_LETTER = re.compile("[0-9]+|.", re.DOTALL)


def sort_key(value: str) -> str:
    """Return the key that puts texts in Vietnamese order: letters first (a ă â … d đ …), tones only between equals.

    Tones count per syllable in the order ngang, huyền, hỏi, ngã, sắc, nặng, wherever they are written. Numbers
    count by value ("Trường 2" before "Trường 10"). Case, apostrophes and punctuation do not count.
    """
    plain = _APOSTROPHE.sub("", value.translate(_REAL_D).lower())
    words = _WORD.findall(unicodedata.normalize("NFD", plain))
    return _SPACE.join(map(_letters, words)) + _END + "".join(map(_tone, words))


def name_sort_key(value: str) -> str:
    """Return the key of a person's name: given name (the last word) first, then family and middle names."""
    family, _space, given = " ".join(value.split()).rpartition(" ")
    return sort_key(given) + sort_key(family)


def _letters(word: str) -> str:
    toneless = unicodedata.normalize("NFC", _DECORATION.sub("", word))
    return "".join(_weight(unit) for unit in _NUMBER_OR_LETTER.findall(toneless))


def _weight(unit: str) -> str:
    if unit[0] in "0123456789":
        digits = unit.lstrip("0")
        return f"{_NUMBER}{len(digits):03d}{digits}"
    base = unicodedata.normalize("NFD", unit)[0]
    return _WEIGHTS.get(unit) or _WEIGHTS.get(base) or f"{_BEYOND_Z}{ord(unit):07d}"


def _tone(word: str) -> str:
    found = _TONE.search(word)
    return _TONE_RANK[found[0]] if found else "0"
