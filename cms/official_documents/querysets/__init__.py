"""Questions to the register of documents."""

from .catalogue import DocumentFieldQuerySet, IssuerQuerySet
from .documents import MOST_PAGES, PAGE_SIZE, SEARCH_KIND, OfficialDocumentQuerySet
from .filters import DocumentFilters
from .parts import DocumentRelationQuerySet, LegalEffectQuerySet

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "SEARCH_KIND",
    "DocumentFieldQuerySet",
    "DocumentFilters",
    "DocumentRelationQuerySet",
    "IssuerQuerySet",
    "LegalEffectQuerySet",
    "OfficialDocumentQuerySet",
]
