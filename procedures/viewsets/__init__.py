"""The procedures and the one-stop desk in the admin."""

from .dossier_entry import EntryMenuItem
from .dossier_figures import DossierFiguresViewSet
from .dossier_home import MyDossiersPanel
from .dossier_reports import DossierReportViewSet, ServiceEvaluationViewSet
from .dossiers import DossierViewSet
from .procedures import FieldViewSet, PlaceViewSet, ProcedureListingViewSet

__all__ = [
    "DossierFiguresViewSet",
    "DossierReportViewSet",
    "DossierViewSet",
    "EntryMenuItem",
    "FieldViewSet",
    "MyDossiersPanel",
    "PlaceViewSet",
    "ProcedureListingViewSet",
    "ServiceEvaluationViewSet",
]
