"""Numbers and days as they are counted: in bands, so that a table stays short.

A band is written ``17`` (just this number), ``10:20`` (from 10, less than 20), ``:0`` (less than 0); a day as its
month, ``2026-10``. The bands of a number with both bounds are as wide as makes about a dozen of them; of others, whole
numbers to 10, tens to 100, then 1–2–5. Changing this changes stored counts: the nightly recount writes them anew.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.enums import QuestionKind
from surveys.models import Question

MOST_BANDS = 12
BANDED = frozenset({QuestionKind.NUMBER, QuestionKind.DATE})
_ONE_TWO_FIVE = (1, 2, 5)
_MONTH = re.compile(r"\d{4}-\d{2}")
_BAND = re.compile(r"(-?\d{1,15})?(?:(:)(-?\d{1,15}))?")
_BELOW_ALL = -(10**15)


def band_of(question: Question, given: str) -> str:
    """Return the band in which a stored number or day is counted."""
    return _number_band(question, Decimal(given)) if question.kind == QuestionKind.NUMBER else given[:7]


@dataclass(frozen=True)
class Band:
    """A stretch of numbers or days as it is told: how it is written, where it begins and ends in words, its count."""

    code: str
    start: str
    end: str
    label: str
    count: int


def bands_told(question: Question, levels: Mapping[str, int], smallest: int = 1) -> list[Band]:
    """Return the bands of a told cell in order, numbers by size, days by time; each of at least ``smallest`` answers.

    A band of fewer goes together with the smaller of its neighbours. Days that lie further apart than a dozen months
    are told by year, then by ten years. What was chosen when an earlier version asked otherwise is told by its code.
    """
    if sum(levels.values()) < smallest:
        return []  # counted when the question was another one, or not yet in bands
    bands = _numbers(question, levels) if question.kind == QuestionKind.NUMBER else _days(levels)
    while len(bands) > 1 and min(band.count for band in bands) < smallest:
        place = min(range(len(bands)), key=lambda at: bands[at].count)
        around = [at for at in (place - 1, place + 1) if 0 <= at < len(bands)]
        first = min(place, min(around, key=lambda at: bands[at].count))
        bands[first : first + 2] = [_together(bands[first], bands[first + 1])]
    return bands


def _together(one: Band, other: Band) -> Band:
    code = f"{one.code.partition('~')[0]}~{other.code.rpartition('~')[2]}"
    label = f"{one.start} {other.end}" if one.start else other.end
    return Band(code, one.start, other.end, label, one.count + other.count)


def _numbers(question: Question, levels: Mapping[str, int]) -> list[Band]:
    return [_number(question, code, levels[code]) for code in sorted(levels, key=_by_size)]


def _days(levels: Mapping[str, int]) -> list[Band]:
    days = {code: count for code, count in levels.items() if _MONTH.fullmatch(code)}
    fitting = (each for each in _GRAINS if len({each[0](month) for month in days}) <= MOST_BANDS)
    grain, words = next(fitting, _GRAINS[-1])
    merged = Counter[str]()
    for month, count in days.items():
        merged[grain(month)] += count
    told = [_day(code, words(code), merged[code]) for code in sorted(merged)]
    return told + [_day(code, code, levels[code]) for code in sorted(levels.keys() - days.keys())]


def _day(code: str, words: str, count: int) -> Band:
    return Band(code, _("từ %(day)s") % {"day": words}, _("đến %(day)s") % {"day": words}, words, count)


def _number_band(question: Question, number: Decimal) -> str:
    """Return the band of a number; of one that lies between two whole numbers where these are counted, both."""
    low = int(number.to_integral_value(ROUND_FLOOR))
    step = _step(question)
    if step is None:
        if number < 0:
            return ":0"
        low, high = _open_band(low)
    else:
        low -= low % step
        high = low + step
    return str(low) if high == low + 1 and number == low else f"{low}:{high}"


def _step(question: Question) -> int | None:
    """Return how wide the bands of a number between two bounds are; None without both."""
    if question.least is None or question.most is None:
        return None
    span, power = question.most - question.least, 1
    while True:
        for digit in _ONE_TWO_FIVE:
            if digit * power * MOST_BANDS >= span:
                return digit * power
        power *= 10


def _open_band(low: int) -> tuple[int, int]:
    if low < 10:
        return low, low + 1
    power = 10 ** (len(str(low)) - 1)
    digit = low // power
    if power == 10:
        return digit * power, (digit + 1) * power
    start = max(each for each in _ONE_TWO_FIVE if each <= digit)
    return start * power, {1: 2, 2: 5, 5: 10}[start] * power


def _by_size(code: str) -> tuple[int, int]:
    match = _BAND.fullmatch(code)
    low = int(match[1]) if match and match[1] else _BELOW_ALL
    return low, int(match[3]) if match and match[3] else low


def _number(question: Question, code: str, count: int) -> Band:
    match = _BAND.fullmatch(code)
    if not match or not (match[1] or match[3]):
        return _day(code, code, count)
    low, high = (number_format(match[place] or 0, 0, force_grouping=True) for place in (1, 3))
    named, most = {"low": low, "high": high}, question.most
    from_low, below_high = _("từ %(low)s") % named, _("đến dưới %(high)s") % named
    if not match[2]:
        return Band(code, from_low, _("đến %(low)s") % named, low, count)
    if not match[1]:
        return Band(code, "", below_high, _("dưới %(high)s") % named, count)
    if int(match[3]) == int(match[1]) + 1:
        return Band(code, _("trên %(low)s") % named, below_high, _("trên %(low)s, dưới %(high)s") % named, count)
    if most is not None and int(match[1]) <= most < int(match[3]):
        end = _("đến %(most)s") % {"most": number_format(most, 0, force_grouping=True)}
        return Band(code, from_low, end, low if int(match[1]) == most else f"{from_low} {end}", count)
    return Band(code, from_low, below_high, f"{from_low} {below_high}", count)


def _month_words(code: str) -> str:
    return _("tháng %(month)s/%(year)s") % {"month": code[5:7].lstrip("0"), "year": code[:4]}


def _year_words(code: str) -> str:
    return _("năm %(year)s") % {"year": code}


def _decade_words(code: str) -> str:
    return _("từ năm %(first)s0 đến %(first)s9") % {"first": code}


_GRAINS: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
    (lambda month: month, _month_words),
    (lambda month: month[:4], _year_words),
    (lambda month: month[:3], _decade_words),
)
