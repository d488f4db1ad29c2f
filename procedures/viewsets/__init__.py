"""The procedures and the one-stop desk in the admin."""

from .apologies import ApologyViewSet
from .dossier_entry import EntryMenuItem
from .dossiers import DossierViewSet
from .procedures import FieldViewSet, PlaceViewSet, ProcedureListingViewSet

__all__ = [
    "ApologyViewSet",
    "DossierViewSet",
    "EntryMenuItem",
    "FieldViewSet",
    "PlaceViewSet",
    "ProcedureListingViewSet",
]
