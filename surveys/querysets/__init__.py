"""Questions to surveys and to what people answered."""

from .papers import PaperEntryQuerySet
from .responses import (
    ChannelQuerySet,
    InvitationBatchQuerySet,
    InvitationQuerySet,
    OpenWordsQuerySet,
    ResponseDraftQuerySet,
    ResponseTallyQuerySet,
)
from .results import MonthTallyQuerySet, SnapshotQuerySet, ThemeQuerySet
from .surveys import SurveyQuerySet, VersionQuerySet

__all__ = [
    "ChannelQuerySet",
    "InvitationBatchQuerySet",
    "InvitationQuerySet",
    "MonthTallyQuerySet",
    "OpenWordsQuerySet",
    "PaperEntryQuerySet",
    "ResponseDraftQuerySet",
    "ResponseTallyQuerySet",
    "SnapshotQuerySet",
    "SurveyQuerySet",
    "ThemeQuerySet",
    "VersionQuerySet",
]
