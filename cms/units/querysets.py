"""Questions to the directory of units, to their pages and to the people on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.querysets.pages import BasePageQuerySet
from cms.core.search import matching_keys
from cms.core.text import slug

PAGE_SIZE = 20
SEARCH_KIND = "unit"
# A kind as the address says it: truong-tieu-hoc.
KIND_SLUGS = {str(kind.value): slug(str(kind.label)) for kind in UnitKind}


@dataclass(frozen=True)
class UnitFilters:
    """What a reader asked the directory for. Nonsense in the address is no filter and no error."""

    kind: str = ""
    area: str = ""
    words: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "UnitFilters":
        """Read the parameters ``loai``, ``dia-ban`` and ``q`` of an address."""
        kinds = {address: kind for kind, address in KIND_SLUGS.items()}
        area = query.get("dia-ban", "")[:120]
        return cls(
            kind=kinds.get(query.get("loai", ""), ""),
            area=slug(area) if area.strip() else "",
            words=" ".join(query.get("q", "")[:200].split()),
        )

    def __bool__(self) -> bool:
        return bool(self.kind or self.area or self.words)


@dataclass(frozen=True)
class UnitChoices:
    """What the filters of a list of units offer: only what some unit has."""

    kinds: frozenset[str]
    areas: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, units: Any) -> "UnitChoices":
        """Return the choices among ``units``: one query. Spellings that differ in case or marks are one area."""
        pairs = units.kinds_and_areas()
        areas: dict[str, list[str]] = {}
        for area in sorted({area for _kind, area in pairs if area}):
            areas.setdefault(slug(area), []).append(area)
        return cls(frozenset(kind for kind, _area in pairs), {key: tuple(found) for key, found in areas.items()})


def directory(units: Any, asked: UnitFilters, choices: UnitChoices) -> Any:
    """Narrow ``units`` to what was asked; words are sought as the site's search does, without marks."""
    if asked.kind:
        units = units.in_kind(asked.kind)
    if asked.area:
        units = units.in_areas(choices.areas.get(asked.area, ()))
    if asked.words:
        units = units.filter(pk__in=[int(key) for key in matching_keys(asked.words, kind=SEARCH_KIND)])
    return units


def listed(units: Any, number: Any, size: int = PAGE_SIZE) -> ListPage:
    """Return one page of ``units`` in their order; whatever ``number`` says, the nearest page there is."""
    return Paginator(units.in_order(), size).get_page(str(number)[:9] if number else 1)


def everybody() -> Any:
    """Return the units of the directory: those that still exist."""
    return Unit.objects.active()


class UnitPageQuerySet(BasePageQuerySet):
    def of_units(self, units: Iterable[Any]) -> "UnitPageQuerySet":
        """Pages of these units (or their keys)."""
        return self.filter(unit__in=list(units))

    def sought(self, words: str) -> "UnitPageQuerySet":
        """What an editor looks for, drafts included: by code, by piece of the name, or as the public would."""
        found = [int(key) for key in matching_keys(words, kind=SEARCH_KIND)]
        return self.filter(
            models.Q(unit__code__iexact=words.strip()) | models.Q(title__icontains=words) | models.Q(unit__in=found)
        )

    def addresses(self, units: Iterable[Any]) -> dict[int, str]:
        """Return where anybody may read of each of these units, by its key; units without such a page are left out."""
        pages = self.of_units(units).readable().defer_streamfields()
        return {page.unit_id: page.url or "" for page in pages}


class PersonQuerySet(models.QuerySet):
    def leading(self) -> "PersonQuerySet":
        """Those whom the page of leaders shows."""
        return self.filter(leads=True)

    def on_readable_page_of(self, unit: Any) -> "PersonQuerySet":
        """People of the unit whose page anybody may read, in the page's order, with their portraits."""
        pages = self.model.page.field.related_model.objects.of_units([unit]).readable()
        return (
            self.filter(page__in=pages).select_related("portrait").prefetch_related("portrait__renditions").in_order()
        )

    def in_order(self) -> "PersonQuerySet":
        return self.order_by("sort_order", "pk")
