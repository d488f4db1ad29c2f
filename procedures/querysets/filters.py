"""What a reader asks the list of procedures for, and what each further choice would leave."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from cms.core.querysets.facets import Facets, whole_number
from procedures.enums import Audience, Level

FACETS = ("field", "level", "audience")


@dataclass(frozen=True)
class ProcedureFilters:
    """What a reader asked for. Nonsense in the address is no filter and no error."""

    field: int | None = None
    level: str = ""
    audience: str = ""
    words: str = ""
    place: int | None = None

    PARAMS = {"field": "linh-vuc", "level": "cap", "audience": "doi-tuong", "words": "q", "place": "noi"}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ProcedureFilters":
        """Read the parameters ``linh-vuc``, ``cap``, ``doi-tuong``, ``q`` and ``noi`` (a place) of an address."""
        level, audience = query.get("cap", ""), query.get("doi-tuong", "")
        return cls(
            field=whole_number(query.get("linh-vuc", "")),
            level=level if level in Level.values else "",
            audience=audience if audience in Audience.values else "",
            words=" ".join(query.get("q", "")[:200].split()),
            place=whole_number(query.get("noi", "")),
        )

    def without_words(self) -> "ProcedureFilters":
        """The same but for the words, for answers that are kept: every word would be another answer."""
        return replace(self, words="")

    @property
    def query(self) -> str:
        """The parameters of an address that ask for the same; empty for nothing."""
        named = ((name, getattr(self, field)) for field, name in self.PARAMS.items())
        return urlencode({name: value for name, value in named if value})

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


class ProcedureFacets(Facets):
    """Facets of which one row may have several values at once, held as a tuple: levels and audiences."""

    def counts(self, facet: str) -> dict[Any, int]:
        """Return how many rows each value of one facet would leave, the other filters staying in force."""
        place, found = self.names.index(facet), Counter[Any]()
        for combination, count in self.counted:
            if self._fits(combination, but_for=facet):
                for value in _values(combination[place]):
                    found[value] += count
        return dict(found)

    def _fits(self, combination: tuple[Any, ...], *, but_for: str) -> bool:
        return all(
            name == but_for or not getattr(self.asked, name) or getattr(self.asked, name) in _values(value)
            for name, value in zip(self.names, combination, strict=True)
        )


def _values(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()
