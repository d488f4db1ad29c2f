"""Lists that go on from a row instead of counting leaves.

As fast at the end as at the beginning, and nothing is skipped or shown twice when something new arrives above.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet

_MOMENT = "%Y%m%dT%H%M%S%f"
_LONGEST = 18  # digits; no database compares longer numbers


def beyond(field: str, key: tuple[Any, int], *, down: bool) -> Q:
    """Return the condition that a row stands behind ``key`` in the order by ``field`` and primary key.

    ``down`` when that order falls. The first half alone is a piece of the index; an “or” alone would read it from
    its beginning.
    """
    value, pk = key
    sign = "lt" if down else "gt"
    return Q(**{f"{field}__{sign}e": value}) & (Q(**{f"{field}__{sign}": value}) | Q(**{f"pk__{sign}": pk}))


def write_key(value: date, pk: int) -> str:
    """Return where a row with this day or moment stands, for an address."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).strftime(_MOMENT)}-{pk}"
    return f"{value:%Y%m%d}-{pk}"


def read_day_key(typed: str) -> tuple[date, int] | None:
    """Return the day and key that ``write_key`` wrote; None for anything else."""
    found = _read(typed, length=8, form="%Y%m%d")
    return (found[0].date(), found[1]) if found else None


def read_moment_key(typed: str) -> tuple[datetime, int] | None:
    """Return the moment and key that ``write_key`` wrote; None for anything else."""
    return _read(typed, length=21, form=_MOMENT)


def _read(typed: str, *, length: int, form: str) -> tuple[datetime, int] | None:
    written, _dash, pk = typed.partition("-")
    plain = typed.isascii() and len(written) == length and written.replace("T", "").isdecimal()
    if not (plain and pk.isdecimal() and len(pk) <= _LONGEST):
        return None
    try:
        return datetime.strptime(written, form).replace(tzinfo=UTC), int(pk)
    except ValueError:
        return None


@dataclass(frozen=True)
class KeyPage:
    """A piece of a list, and where the pieces beside it begin; empty where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""

    @property
    def has_other_pages(self) -> bool:
        return bool(self.before or self.after)


def key_page(
    rows: Any,
    key_of: Callable[[Any], tuple[Any, int]],
    *,
    size: int,
    after: tuple[Any, int] | None = None,
    before: tuple[Any, int] | None = None,
) -> KeyPage:
    """Return the ``size`` rows behind ``after``, or in front of ``before``, or the first.

    Args:
        rows: ordered, with the verbs ``after`` and ``before`` of that order.
        key_of: what those verbs take, of a row.
        size: rows of a piece.
        after: go on behind the row with this key; the last piece when nothing stands there any more.
        before: go back in front of it; the first piece when too little stands there to fill one.

    """
    if after:
        return beside(rows, keys_first(rows.after(*after), 0, size) or _last(rows, size), key_of)
    if before and len(found := _last(rows.before(*before), size)) == size:
        return beside(rows, found, key_of)
    found = keys_first(rows, 0, size + 1)
    return KeyPage(found[:size], after=write_key(*key_of(found[size - 1])) if len(found) > size else "")


def beside(rows: Any, found: list[Any], key_of: Callable[[Any], tuple[Any, int]]) -> KeyPage:
    """Return ``found``, a piece of ``rows``, with where the pieces beside it begin."""
    if not found:
        return KeyPage([])
    first, last = key_of(found[0]), key_of(found[-1])
    return KeyPage(
        found,
        before=write_key(*first) if rows.before(*first).exists() else "",
        after=write_key(*last) if rows.after(*last).exists() else "",
    )


def _last(rows: QuerySet[Any], size: int) -> list[Any]:
    return keys_first(rows.reverse(), 0, size)[::-1]


def keys_first(rows: QuerySet[Any], start: int, stop: int) -> list[Any]:
    """Return the ``rows`` from place ``start`` to before ``stop``, found by their keys and then read: two questions.

    Keys alone come out of an index in the order of the list. With the wide row and what is joined to it in the same
    question a database may read and sort every row to show twenty, as what it counted of its tables makes it guess.
    """
    keys = list(rows.values_list("pk", flat=True)[start:stop])
    return list(rows.filter(pk__in=keys)) if keys else []


class KeysFirst:
    """A paginator whose numbered pages are read by :func:`keys_first`; goes in front of Django's or Wagtail's.

    ``wide`` are the rows to read a page from once its keys are found, when that is cheaper than asking all again: in
    the same order, without the search and the filters that the keys have passed.
    """

    object_list: Any
    wide: Any = None

    def page(self, number: Any) -> Page:
        """Return the page; its rows are looked for by their keys."""
        leaf = super().page(number)  # type: ignore[misc]
        if leaf.object_list.ordered:
            keys = list(leaf.object_list.values_list("pk", flat=True))
            leaf.object_list = (self.object_list if self.wide is None else self.wide).filter(pk__in=keys)
        return leaf
