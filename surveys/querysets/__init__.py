"""Questions to surveys and to what people answered."""

from .responses import InvitationQuerySet, OpenWordsQuerySet, ResponseDraftQuerySet, ResponseTallyQuerySet
from .surveys import SurveyQuerySet, VersionQuerySet

__all__ = [
    "InvitationQuerySet",
    "OpenWordsQuerySet",
    "ResponseDraftQuerySet",
    "ResponseTallyQuerySet",
    "SurveyQuerySet",
    "VersionQuerySet",
]
