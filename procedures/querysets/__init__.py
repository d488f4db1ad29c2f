"""Questions to the list of procedures, and to the dossiers."""

from .catalogue import ShortListQuerySet
from .dossier_reports import DossierReportQuerySet, ServiceEvaluationQuerySet
from .dossier_tallies import DossierTallyQuerySet
from .dossiers import ApplicantQuerySet, DossierQuerySet
from .filters import ProcedureFacets, ProcedureFilters
from .procedures import MOST_PAGES, PAGE_SIZE, RECORD_ROWS, SEARCH_KIND, ProcedureQuerySet
from .reviews import ReviewQuerySet, ReviewYearQuerySet
from .versions import Version, published_versions

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "RECORD_ROWS",
    "SEARCH_KIND",
    "ApplicantQuerySet",
    "DossierQuerySet",
    "DossierReportQuerySet",
    "DossierTallyQuerySet",
    "ProcedureFacets",
    "ProcedureFilters",
    "ProcedureQuerySet",
    "ReviewQuerySet",
    "ReviewYearQuerySet",
    "ServiceEvaluationQuerySet",
    "ShortListQuerySet",
    "Version",
    "published_versions",
]
