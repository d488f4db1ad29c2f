"""Counting what people look for and do not find, without knowing who they are.

Kept is the folded query and a number a day. What looks like it is about a person is never kept, and what was not
asked often enough to be shown is forgotten within days.
"""

import hashlib
import hmac
import re
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from cms.core.models import SearchDemand
from cms.core.querysets.searches import FEWEST_SHOWN
from cms.core.text import fold

LONGEST, MOST_WORDS = 80, 10
MOST_A_DAY = 5_000  # different queries
KEEP_RARE, KEEP = timedelta(days=31), timedelta(days=400)
# One visitor counts once a day for one query: three presses of one person are not three people.
_ONCE_IN = 24 * 60 * 60  # seconds

_WORD = re.compile(r"[^\W_]+")
_YEARS = re.compile(r"\b(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d\b")
_FIGURES = re.compile(r"\d(?:[ .()-]*\d){6,}")
_BIRTHDAY = re.compile(r"\b\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{4}|\d{2})\b")
# What a tracking code may be made of: no 0 and no O; 1 and I are heard as L.
_SIGN = "[1-9a-np-z]"
_CODE = re.compile(
    # In one piece, tied together by anything but spaces (mistyped signs count too), or as three groups.
    r"(?<![0-9a-z])(?:[0-9a-z]{12}|[0-9a-z]{4}(?:[^0-9a-z\s]+[0-9a-z]{4}){2}"
    rf"|{_SIGN}{{4}}(?:[^0-9a-z]+{_SIGN}{{4}}){{2}})(?![0-9a-z])"
)
_ALL_SIGNS = re.compile(rf"(?=.*\d){_SIGN}{{12}}")
_MOST_DIGITS = 8


def search_note(*, query: str, found: bool, visitor: str, day: date | None = None) -> bool:
    """Count one search and say whether it was counted; a database that is busy counts nothing and raises nothing.

    Args:
        query: as it was typed.
        found: whether there was a result.
        visitor: the address; of it only a keyed digest is remembered, in the cache and for a day.
        day: for tests; today otherwise.

    """
    words = countable(query)
    day = day or timezone.localdate()
    if not words or not cache.add(_once(words, visitor, day), 1, _ONCE_IN):
        return False
    try:
        with transaction.atomic():
            today = SearchDemand.objects.filter(day=day)
            if today[MOST_A_DAY - 1 : MOST_A_DAY].exists() and not today.filter(query=words).exists():
                return False
            _add(words, day, missed=not found)
    except DatabaseError:
        return False
    return True


def countable(query: str) -> str:
    """Return the words of ``query`` without marks, as they are counted; nothing when they may be about a person.

    Mail addresses, telephone and card numbers, days of birth, tracking codes and long texts are never counted. Three
    words of four letters that could be a code are not counted either: a code opens somebody's case, a count is a count.
    """
    folded = fold(query[: 4 * LONGEST])
    rest = _YEARS.sub(" ", folded)
    if "@" in folded or any(secret.search(rest) for secret in (_FIGURES, _BIRTHDAY)):
        return ""
    words = _WORD.findall(folded)
    if sum(map(str.isdecimal, rest)) > _MOST_DIGITS or _CODE.search(rest) or _ALL_SIGNS.fullmatch("".join(words)):
        return ""
    counted = " ".join(words)
    return counted if 1 < len(counted) <= LONGEST and len(words) <= MOST_WORDS else ""


def searches_forget(*, today: date | None = None) -> int:
    """Remove counts older than 400 days, and after a month what was asked too rarely to be shown; return how many."""
    today = today or timezone.localdate()
    every = SearchDemand.objects.all()
    rare = every.values("query").annotate(times=models.Sum("asked")).filter(times__lt=FEWEST_SHOWN).values("query")
    gone = every.before(today - KEEP).delete()[0]
    return gone + every.before(today - KEEP_RARE).filter(query__in=rare).delete()[0]


def _once(words: str, visitor: str, day: date) -> str:
    told = f"{day} {words} {visitor}".encode(errors="replace")
    return f"search-once-{hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()}"


def _add(words: str, day: date, *, missed: bool) -> None:
    table = connection.ops.quote_name(SearchDemand._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (query, day, asked, missed) VALUES (%s, %s, 1, %s) "  # noqa: S608
            f"ON CONFLICT (day, query) DO UPDATE SET asked = {table}.asked + 1, "
            f"missed = {table}.missed + excluded.missed",
            [words, connection.ops.adapt_datefield_value(day), int(missed)],
        )
