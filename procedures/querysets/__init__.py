"""Questions to the list of procedures, and to the dossiers."""

from .catalogue import CatalogueQuerySet
from .dossier_reports import DossierReportQuerySet, ServiceEvaluationQuerySet
from .dossier_tallies import DossierTallyQuerySet
from .dossiers import ApplicantQuerySet, DossierQuerySet
from .filters import ProcedureFacets, ProcedureFilters
from .procedures import MOST_PAGES, PAGE_SIZE, SEARCH_KIND, ProcedureQuerySet

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "SEARCH_KIND",
    "ApplicantQuerySet",
    "CatalogueQuerySet",
    "DossierQuerySet",
    "DossierReportQuerySet",
    "DossierTallyQuerySet",
    "ProcedureFacets",
    "ProcedureFilters",
    "ProcedureQuerySet",
    "ServiceEvaluationQuerySet",
]
