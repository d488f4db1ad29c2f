"""Every form that the public fills in."""

from .details import DetailFields
from .following import AddForm, FollowForm, ReopenForm, ReplyForm, ResendForm, TakeBackForm, WithdrawForm
from .readers import CommentForm, RatingWordsForm
from .sending import (
    CONSENT_FIELDS,
    ContentForm,
    FilesForm,
    ReviewForm,
    SenderForm,
    SubjectForm,
    matter_choices,
    unit_choices,
)

__all__ = [
    "CONSENT_FIELDS",
    "AddForm",
    "CommentForm",
    "ContentForm",
    "DetailFields",
    "FilesForm",
    "FollowForm",
    "RatingWordsForm",
    "ReopenForm",
    "ReplyForm",
    "ResendForm",
    "ReviewForm",
    "SenderForm",
    "SubjectForm",
    "TakeBackForm",
    "WithdrawForm",
    "matter_choices",
    "unit_choices",
]
