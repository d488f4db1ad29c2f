"""The procedures in the admin."""

from .procedures import FieldViewSet, PlaceViewSet, ProcedureListingViewSet

__all__ = ["FieldViewSet", "PlaceViewSet", "ProcedureListingViewSet"]
