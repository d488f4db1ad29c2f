"""What a reader asks the library for, and how many materials each further choice would leave."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property

from cms.library.enums import Audience, Level, MaterialKind, Order

# What one material offers to each filter: topics, levels, audiences, kinds of file.
Offer = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class MaterialFilters:
    """What a reader asked the library for. Nonsense in the address is no filter and no error."""

    topic: str = ""
    level: str = ""
    audience: str = ""
    kind: str = ""
    words: str = ""

    PARAMS = {"topic": "chu-de", "level": "cap-hoc", "audience": "doi-tuong", "kind": "loai-tep", "words": "q"}
    FACETS = ("topic", "level", "audience", "kind")

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "MaterialFilters":
        """Read the parameters ``chu-de``, ``cap-hoc``, ``doi-tuong``, ``loai-tep`` and ``q`` of an address."""
        topic = query.get("chu-de", "")[:60]
        return cls(
            topic=topic if topic.isprintable() else "",
            level=_known(query.get("cap-hoc", ""), Level.values),
            audience=_known(query.get("doi-tuong", ""), Audience.values),
            kind=_known(query.get("loai-tep", ""), MaterialKind.values),
            words=" ".join(query.get("q", "")[:200].split()),
        )

    def without(self, name: str) -> "MaterialFilters":
        """Return the same filters but for one."""
        return replace(self, **{name: ""})

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def fits(self, offer: Offer) -> bool:
        """Say whether a material with this offer answers every choice."""
        return all(not getattr(self, name) or getattr(self, name) in offer[name] for name in self.FACETS)


@dataclass(frozen=True)
class Facets:
    """The materials that the words find, in the order asked for: key, and what each offers to the filters."""

    asked: MaterialFilters
    offers: tuple[tuple[int, Offer], ...]

    @cached_property
    def keys(self) -> list[int]:
        """The materials that answer every filter, in their order."""
        return [key for key, offer in self.offers if self.asked.fits(offer)]

    @property
    def total(self) -> int:
        return len(self.keys)

    def counts(self, name: str) -> Counter[str]:
        """Return how many materials each value of one filter would leave, the others staying in force."""
        others = self.asked.without(name)
        return Counter(value for _key, offer in self.offers if others.fits(offer) for value in offer[name])


def order_asked(query: Mapping[str, str]) -> Order:
    """Read ``xep`` of an address; anything unknown is the newest first."""
    return Order(_known(query.get("xep", ""), Order.values))


def _known(value: str, values: Collection[str]) -> str:
    return value if value in values else ""
