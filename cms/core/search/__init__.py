"""Search over everything public: one table of folded words, filled by the apps through a port.

Wagtail's own database search stays with the admin; it was measured at seconds over many rows on SQLite and
does not know that d and đ are looked for as one.
"""

from .columns import WordColumn, plain_words, register_word_column, wanted_words, word_columns
from .excerpt import Parts
from .files import FoundFile, register_file_finder
from .find import Facet, SearchHit, SearchResults, matching_keys, newest, search
from .index import index_object, index_objects, one_line, rebuild, remove_object
from .keys import query_key
from .kinds import SearchKind, SearchText, get_search_kind, public_pages, search_kinds
from .sections import register_section
from .similar import nearness, similar_keys
from .suggest import Suggestion, suggest, suggestions_renew
from .wiring import forget_search_kind, index_branch, index_pages, register_search_kind

__all__ = [
    "Facet",
    "FoundFile",
    "Parts",
    "SearchHit",
    "SearchKind",
    "SearchResults",
    "SearchText",
    "Suggestion",
    "WordColumn",
    "forget_search_kind",
    "get_search_kind",
    "index_branch",
    "index_object",
    "index_objects",
    "index_pages",
    "matching_keys",
    "nearness",
    "newest",
    "one_line",
    "plain_words",
    "public_pages",
    "query_key",
    "rebuild",
    "register_file_finder",
    "register_search_kind",
    "register_section",
    "register_word_column",
    "remove_object",
    "search",
    "search_kinds",
    "similar_keys",
    "suggest",
    "suggestions_renew",
    "wanted_words",
    "word_columns",
]
