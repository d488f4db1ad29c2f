"""Search over everything public: one table of folded words, filled by the apps through a port.

Wagtail's own database search stays with the admin; it was measured at seconds over many rows on SQLite and
does not know that d and đ are looked for as one.
"""

from .excerpt import Parts
from .find import Facet, SearchHit, SearchResults, matching_keys, search
from .index import index_object, index_objects, rebuild, remove_object
from .kinds import SearchKind, SearchText, get_search_kind, public_pages, search_kinds
from .wiring import forget_search_kind, index_branch, register_search_kind

__all__ = [
    "Facet",
    "Parts",
    "SearchHit",
    "SearchKind",
    "SearchResults",
    "SearchText",
    "forget_search_kind",
    "get_search_kind",
    "index_branch",
    "index_object",
    "index_objects",
    "matching_keys",
    "public_pages",
    "rebuild",
    "register_search_kind",
    "remove_object",
    "search",
    "search_kinds",
]
