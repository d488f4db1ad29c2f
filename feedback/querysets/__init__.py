"""Questions to the rows of feedback."""

from .api_keys import ApiKeyQuerySet
from .books import BookLineQuerySet, PaperBookQuerySet
from .cases import AnswerQuerySet, CaseQuerySet
from .catalogue import AnswerTemplateQuerySet, CatalogueQuerySet, ExtraQuestionQuerySet
from .public_cases import PublicCaseQuerySet
from .routing import AccessQuerySet, ConsultQuerySet, RoutingQuerySet
from .saved_filters import SavedFilterQuerySet
from .senders import SenderQuerySet
from .tallies import TallyQuerySet

__all__ = [
    "AccessQuerySet",
    "AnswerQuerySet",
    "AnswerTemplateQuerySet",
    "ApiKeyQuerySet",
    "BookLineQuerySet",
    "CaseQuerySet",
    "CatalogueQuerySet",
    "ConsultQuerySet",
    "ExtraQuestionQuerySet",
    "PaperBookQuerySet",
    "PublicCaseQuerySet",
    "RoutingQuerySet",
    "SavedFilterQuerySet",
    "SenderQuerySet",
    "TallyQuerySet",
]
