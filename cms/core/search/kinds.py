"""The port: what an app hands in so that its things are found."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from wagtail.models import Page

from cms.core.querysets.pages import outside_closed_sections


@dataclass(frozen=True)
class SearchText:
    """What one thing says to the search.

    Args:
        title: accented, as people read it.
        body: accented plain text without markup; everything a reader may look for.
        url: where a hit leads; an empty one keeps the thing out of the index.
        date: the day people know it by, or None.
        number: the printed number of a document (``21/KH-GD&ĐT``), or nothing.
        unit_id: key of the ``core.Unit`` it belongs to, or None.

    """

    title: str
    body: str
    url: str
    date: datetime.date | None = None
    number: str = ""
    unit_id: int | None = None


def public_pages(model: type[Page]) -> "QuerySet[Any]":
    """Return the live pages of ``model`` that stand in no closed section, with one statement."""
    return model._default_manager.filter(outside_closed_sections(), live=True)


@dataclass(frozen=True)
class SearchKind:
    """One kind of thing that the public finds.

    ``public`` answers with exactly what an anonymous reader may open. It is asked twice: before a row
    is written, and again for every row that a search is about to show. Keys of ``model`` are numbers.
    """

    name: str
    label: str | Promise
    model: type[Model]
    public: Callable[[], "QuerySet[Any]"]
    entry: Callable[[Any], SearchText]


_kinds: dict[str, SearchKind] = {}


def add_search_kind(kind: SearchKind) -> None:
    """Keep ``kind``; raises ImproperlyConfigured when its name is taken by another."""
    if _kinds.get(kind.name, kind) != kind:
        raise ImproperlyConfigured(f"Loại tìm kiếm {kind.name!r} đã được đăng ký")
    _kinds[kind.name] = kind


def drop_search_kind(name: str) -> SearchKind:
    """Take the kind called ``name`` out and return it; KeyError when it is not there."""
    return _kinds.pop(name)


def search_kinds() -> tuple[SearchKind, ...]:
    """Return every kind, in the order in which apps handed them in."""
    return tuple(_kinds.values())


def get_search_kind(name: str) -> SearchKind:
    """Return the kind called ``name``; KeyError when no app handed it in."""
    return _kinds[name]
