"""Reading the queue: the shelves of every kind as one list, in a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, QuerySet, Value

from cms.core.enums import ModerationShelf
from cms.core.permissions import can
from cms.core.ports import ModerationKind, QueueItem, moderation_kinds

PAGE_SIZE = 30
MOST_PAGES = 100  # in the select; who has more narrows by kind first


@dataclass(frozen=True)
class Asked:
    """What the address of the screen asks for; anything that cannot be meant is left out."""

    shelf: str = ModerationShelf.WAITING
    kind: str = ""
    page_id: int | None = None
    newest: bool = False

    @classmethod
    def of(cls, query: Any) -> "Asked":
        """Read ``muc``, ``loai``, ``ve-trang``, ``thu-tu``. What waits is shown oldest first, what is done newest."""
        shelf = query.get("muc", "")
        shelf = shelf if shelf in ModerationShelf.values else ModerationShelf.WAITING
        page, order = query.get("ve-trang", ""), query.get("thu-tu", "")
        return cls(
            shelf=shelf,
            kind=query.get("loai", "") if query.get("loai", "") in moderation_kinds.items else "",
            page_id=int(page) if page.isascii() and page.isdigit() and len(page) < 10 else None,
            newest=order == "moi" if order in {"moi", "cu"} else shelf != ModerationShelf.WAITING,
        )


@dataclass(frozen=True)
class Line:
    """One line of the screen; ``key`` is what its tick sends."""

    kind: ModerationKind
    item: QueueItem

    @property
    def key(self) -> str:
        return f"{self.kind.name}:{self.item.pk}"


def kinds_of(user: Any) -> list[ModerationKind]:
    """Return the kinds that ``user`` may decide."""
    return [kind for kind in moderation_kinds if can(user, kind.capability)]


def counts(user: Any, shelf: str = ModerationShelf.WAITING) -> list[tuple[ModerationKind, int]]:
    """Return how much of each kind lies on ``shelf``, one query a kind."""
    return [(kind, kind.rows(user, shelf).count()) for kind in kinds_of(user)]


def listed(user: Any, asked: Asked, number: Any) -> tuple[Page, list[Line]]:
    """Return one page of what is asked for, and its lines; the nearest page there is."""
    page = Paginator(_keys(user, asked), PAGE_SIZE).get_page(str(number)[:6] if number else 1)
    return page, _lines([(kind, pk) for kind, pk, _moment in page.object_list])


def pages_of(user: Any, asked: Asked) -> list[tuple[int, str, int]]:
    """Return the pages that things of this shelf are about: key, title, how many; those with most first."""
    totals: dict[int, int] = defaultdict(int)
    titles: dict[int, str] = {}
    for kind in _kinds(user, asked):
        if not kind.page:
            continue
        rows = kind.rows(user, asked.shelf).exclude(**{kind.page: None}).order_by()
        found = rows.values_list(f"{kind.page}_id", f"{kind.page}__title").annotate(total=Count("pk"))
        for pk, title, total in found.order_by("-total")[:MOST_PAGES]:
            totals[pk] += total
            titles[pk] = title
    return sorted(((pk, titles[pk], total) for pk, total in totals.items()), key=lambda row: (-row[2], row[1]))


def _kinds(user: Any, asked: Asked) -> list[ModerationKind]:
    return [kind for kind in kinds_of(user) if asked.kind in ("", kind.name)]


def _keys(user: Any, asked: Asked) -> QuerySet | list[tuple[str, int, Any]]:
    """Return (kind, key, moment) of everything asked for, in order."""
    parts = []
    for kind in _kinds(user, asked):
        rows = kind.rows(user, asked.shelf).order_by()
        if asked.page_id is not None:
            rows = rows.filter(**{f"{kind.page}_id": asked.page_id}) if kind.page else rows.none()
        moment = kind.arrived if asked.shelf == ModerationShelf.WAITING else kind.decided
        named = rows.annotate(queue_kind=Value(kind.name, output_field=CharField()), queue_moment=F(moment))
        parts.append(named.values_list("queue_kind", "pk", "queue_moment"))
    if not parts:
        return []
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    sign = "-" if asked.newest else ""
    return whole.order_by(f"{sign}queue_moment", f"{sign}pk")


def _lines(keys: Collection[tuple[str, int]]) -> list[Line]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, pk in keys:
        wanted[name].append(pk)
    found = {
        (name, item.pk): Line(moderation_kinds.get(name), item)
        for name, pks in wanted.items()
        for item in moderation_kinds.get(name).items(pks)
    }
    return [found[key] for key in keys if key in found]
