"""What a plan says about time, in its own words, and the day behind it when there is one (S62)."""

import re
from calendar import monthrange
from datetime import date, timedelta

from cms.core.text import fold
from cms.plans.enums import DeadlineKind, Recurrence

_FOLLOWS = re.compile(r"\b(?:theo|sau khi|ngay sau|khi co)\b")
_RECURRING = re.compile(
    r"\b(?:hang|moi) (?:ngay|tuan|thang|quy|nam)\b|\bdinh ky\b|\b(?:tuan|thang|quy|nam) (?:1|mot) lan\b"
)
_CONTINUOUS = re.compile(r"\b(?:thuong xuyen|lien tuc|ca nam|trong nam|quanh nam|nam hoc)\b")
_DAY = re.compile(r"\b([0-3]?\d) ?[/.-] ?([01]?\d)(?: ?[/.-] ?(20\d\d))?\b")
_LONG_DAY = re.compile(r"\bngay ([0-3]?\d) thang ([01]?\d)(?: nam (20\d\d))?\b")
_MONTH = re.compile(r"\bthang ([01]?\d)(?: ?[/.-] ?| nam )?(20\d\d)?\b")
_BARE_MONTH = re.compile(r"\b([01]?\d) ?[/-] ?(20\d\d)\b")
_QUARTER = re.compile(r"\bquy (iv|iii|ii|i|[1-4])\b(?:[ /,-]*(?:nam )?(20\d\d))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_deadline(text: str, year: int) -> tuple[DeadlineKind, date | None]:
    """Return how ``text`` says when, and the last day if it names one; ``year`` is the plan's, for “30/6”.

    “Trước tháng 8/2022” ends with July; “trong tháng 8/2022” and “Quý III/2022” with their own last day.
    """
    words = fold(text)
    if not words:
        return DeadlineKind.OTHER, None
    if _RECURRING.search(words):
        return DeadlineKind.RECURRING, None
    if day := _last_day(words, year):
        return DeadlineKind.BY_DATE, day
    if _FOLLOWS.search(words):
        return DeadlineKind.FOLLOWS_OTHER, None
    if _CONTINUOUS.search(words):
        return DeadlineKind.CONTINUOUS, None
    return DeadlineKind.OTHER, None


# The first that fits wins: “hàng quý, 6 tháng, năm” is told every quarter.
_HOW_OFTEN = (
    (Recurrence.MONTH, re.compile(r"\b(?:hang|moi) thang\b|\bthang (?:1|mot) lan\b")),
    (Recurrence.QUARTER, re.compile(r"\b(?:hang|moi) quy\b|\bquy (?:1|mot) lan\b|\bdinh ky.*\bquy\b")),
    (Recurrence.HALF_YEAR, re.compile(r"\b(?:6|sau) thang\b")),
    (Recurrence.YEAR, re.compile(r"\b(?:hang|moi) nam\b|\bnam (?:1|mot) lan\b")),
)


def read_recurrence(text: str) -> str:
    """Return how often a recurring task is due (S55), or nothing where the words do not say it, as in “hàng tuần”."""
    words = fold(text)
    if not _RECURRING.search(words):
        return ""
    return next((often.value for often, pattern in _HOW_OFTEN if pattern.search(words)), "")


def _last_day(words: str, year: int) -> date | None:
    """Of several days the last one: “từ 01/3 đến 30/6”."""
    days = [*_LONG_DAY.findall(words), *_DAY.findall(words)]
    found = [made for day, month, own in days if (made := _made(int(own or year), int(month), int(day)))]
    if found:
        return max(found)
    # A day that the calendar does not have must not be read as a month.
    words = _DAY.sub(" ", words)
    months = [(int(month), int(own or year)) for month, own in [*_MONTH.findall(words), *_BARE_MONTH.findall(words)]]
    months += [(3 * _ROMAN.get(name, 0) or 3 * int(name), int(own or year)) for name, own in _QUARTER.findall(words)]
    ends = [end for month, own in months if (end := _end_of(own, month, before="truoc" in words.split()))]
    return max(ends, default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of(year: int, month: int, *, before: bool) -> date | None:
    if not 1 <= month <= 12:
        return None
    if before:
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, monthrange(year, month)[1])
