"""What a reader asks the register for."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from cms.core.querysets.facets import whole_number
from cms.official_documents.enums import KIND_CODES

FACETS = ("kind", "year", "issuer", "area")


@dataclass(frozen=True)
class DocumentFilters:
    """What a reader asked the register for. Nonsense in the address is no filter and no error."""

    kind: str = ""
    year: int | None = None
    issuer: int | None = None
    area: int | None = None
    words: str = ""

    PARAMS = {"kind": "loai", "year": "nam", "issuer": "co-quan", "area": "linh-vuc", "words": "q"}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DocumentFilters":
        """Read the parameters ``loai``, ``nam``, ``co-quan``, ``linh-vuc`` and ``q`` of an address."""
        kind = query.get("loai", "")
        return cls(
            kind=kind if kind in KIND_CODES else "",
            year=whole_number(query.get("nam", ""), most=9999),
            issuer=whole_number(query.get("co-quan", "")),
            area=whole_number(query.get("linh-vuc", "")),
            words=" ".join(query.get("q", "")[:200].split()),
        )

    def without(self, name: str) -> "DocumentFilters":
        """Return the same filters but for one."""
        return replace(self, **{name: "" if name in {"kind", "words"} else None})

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))
