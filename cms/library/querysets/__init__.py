"""Questions to the library."""

from .filters import Facets, MaterialFilters
from .materials import PAGE_SIZE, SEARCH_KIND, MaterialPageQuerySet
from .topics import MaterialTopicQuerySet

__all__ = ["PAGE_SIZE", "SEARCH_KIND", "Facets", "MaterialFilters", "MaterialPageQuerySet", "MaterialTopicQuerySet"]
