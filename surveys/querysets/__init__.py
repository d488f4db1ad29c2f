"""Questions to surveys and to what people answered."""

from .papers import PaperEntryQuerySet
from .responses import (
    ChannelQuerySet,
    InvitationQuerySet,
    OpenWordsQuerySet,
    ResponseDraftQuerySet,
    ResponseTallyQuerySet,
)
from .surveys import SurveyQuerySet, VersionQuerySet

__all__ = [
    "ChannelQuerySet",
    "InvitationQuerySet",
    "OpenWordsQuerySet",
    "PaperEntryQuerySet",
    "ResponseDraftQuerySet",
    "ResponseTallyQuerySet",
    "SurveyQuerySet",
    "VersionQuerySet",
]
