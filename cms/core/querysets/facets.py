"""Lists with filters: how much each further choice would leave, and what the form and its chips show of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Facets:
    """The combinations that occur among what the words find, each with its number of rows.

    ``asked`` has an attribute for every one of ``names``; a combination has its values in that order.
    """

    asked: Any
    names: tuple[str, ...]
    counted: tuple[tuple[tuple[Any, ...], int], ...]

    @classmethod
    def of(cls, asked: Any, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> "Facets":
        """Build from rows of one value a name, then the number."""
        return cls(asked, names, tuple((row[:-1], row[-1]) for row in rows))

    @cached_property
    def total(self) -> int:
        """How many rows answer every filter."""
        return sum(count for combination, count in self.counted if self._fits(combination, but_for=""))

    def counts(self, facet: str) -> dict[Any, int]:
        """Return how many rows each value of one facet would leave, the other filters staying in force."""
        place, found = self.names.index(facet), Counter[Any]()
        for combination, count in self.counted:
            value = combination[place]
            if value and self._fits(combination, but_for=facet):
                found[value] += count
        return dict(found)

    def group(self, facet: str, *, param: str, label: str, choices: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
        """Return one select of the form: ``name``, ``label``, ``options`` of ``value label count current``.

        Only what the other filters leave is offered, with its number; what was asked for stays on offer.
        """
        counts, chosen = self.counts(facet), getattr(self.asked, facet)
        options = [
            {"value": value, "label": name, "count": counts.get(value, 0), "current": value == chosen}
            for value, name in choices
            if value in counts or (chosen and value == chosen)
        ]
        return {"name": param, "label": label, "options": options}

    def years(self, facet: str = "year") -> list[tuple[int, str]]:
        """Return the years on offer as choices, the newest first."""
        known = {*self.counts(facet), getattr(self.asked, facet) or 0} - {0}
        return [(year, str(year)) for year in sorted(known, reverse=True)]

    def _fits(self, combination: tuple[Any, ...], *, but_for: str) -> bool:
        return all(
            name == but_for or not getattr(self.asked, name) or getattr(self.asked, name) == value
            for name, value in zip(self.names, combination, strict=True)
        )


def chips_of(groups: Iterable[Mapping[str, Any]], words: str) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    chips = [
        {"name": group["name"], "label": f"{group['label']}: {option['label']}"}
        for group in groups
        for option in group["options"]
        if option["current"]
    ]
    return [*chips, {"name": "q", "label": _("Từ khóa: %(words)s") % {"words": words}}] if words else chips


def whole_number(text: str, most: int = 2**31 - 1) -> int | None:
    """Return a positive whole number of ASCII digits, or None; for parameters of an address."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    number = int(text)
    return number if 0 < number <= most else None
