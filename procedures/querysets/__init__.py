"""Questions to the list of procedures."""

from .catalogue import CatalogueQuerySet
from .filters import ProcedureFacets, ProcedureFilters
from .procedures import MOST_PAGES, PAGE_SIZE, RECORD_ROWS, SEARCH_KIND, ProcedureQuerySet
from .reviews import ReviewQuerySet, ReviewYearQuerySet
from .versions import Version, published_versions

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "RECORD_ROWS",
    "SEARCH_KIND",
    "CatalogueQuerySet",
    "ProcedureFacets",
    "ProcedureFilters",
    "ProcedureQuerySet",
    "ReviewQuerySet",
    "ReviewYearQuerySet",
    "Version",
    "published_versions",
]
