"""The procedures and the one-stop desk in the admin."""

from .apologies import ApologyViewSet
from .dossier_entry import EntryMenuItem
from .dossier_figures import DossierFiguresViewSet
from .dossier_home import MyDossiersPanel
from .dossier_reports import DossierReportViewSet, ServiceEvaluationViewSet
from .dossiers import DossierViewSet
from .duty import DutyOfficerViewSet, DutySwapViewSet, DutyTurnViewSet
from .procedures import FieldViewSet, PlaceViewSet, ProcedureListingViewSet

__all__ = [
    "ApologyViewSet",
    "DossierFiguresViewSet",
    "DossierReportViewSet",
    "DossierViewSet",
    "DutyOfficerViewSet",
    "DutySwapViewSet",
    "DutyTurnViewSet",
    "EntryMenuItem",
    "FieldViewSet",
    "MyDossiersPanel",
    "PlaceViewSet",
    "ProcedureListingViewSet",
    "ServiceEvaluationViewSet",
]
