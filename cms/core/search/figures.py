"""Other ways to write one date or one figure: 5/9/2026 is 05/9/2026 and “5 tháng 9 năm 2026”, 10000 is 10.000."""

from itertools import product

Phrase = tuple[str, ...]

_DAYS, _MONTHS, _YEARS = range(1, 32), range(1, 13), range(1900, 2200)
_THOUSAND, _LONGEST = 3, 15  # digits


def other_figures(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return how else people write the digits of ``phrase``, given as the words between dots, slashes and dashes."""
    if not all(word.isascii() and word.isdecimal() for word in phrase):
        return ()
    ways = _dates(phrase) or _amounts(phrase)
    return tuple(way for way in dict.fromkeys(ways) if way != phrase)


def _dates(phrase: Phrase) -> list[Phrase]:
    numbers = [int(word[:6]) for word in phrase]
    match numbers:
        case [day, month, year] if day in _DAYS and month in _MONTHS and year in _YEARS:
            tail: Phrase = (str(year),)
            named: Phrase = ("nam", str(year))
        case [day, month] if day in _DAYS and month in _MONTHS:
            tail, named = (), ()
        case _:
            return []
    spelled = list(product(_spelled(day), _spelled(month)))
    return [(*pair, *tail) for pair in spelled] + [(d, "thang", m, *named) for d, m in spelled]


def _spelled(number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((str(number), f"{number:02d}")))


def _amounts(phrase: Phrase) -> list[Phrase]:
    first, *rest = phrase
    if first.startswith("0"):
        return []
    if not rest:
        return [tuple(f"{int(first):,}".split(","))] if _THOUSAND < len(first) <= _LONGEST else []
    in_thousands = len(first) <= _THOUSAND and all(len(word) == _THOUSAND for word in rest)
    return [("".join(phrase),)] if in_thousands else []
