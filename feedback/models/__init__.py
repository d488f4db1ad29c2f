"""The tables of feedback."""

from .case import Case, ClockPause, ReferenceCounter
from .catalogue import Category, DeadlineProfile, DeclineReason
from .draft import CaseDraft, DraftFile
from .pages import FeedbackIndexPage
from .papers import Answer, Attachment, Message, Note
from .public_case import PublicCase
from .sender import Consent, Sender

__all__ = [
    "Answer",
    "Attachment",
    "Case",
    "CaseDraft",
    "Category",
    "ClockPause",
    "Consent",
    "DeadlineProfile",
    "DeclineReason",
    "DraftFile",
    "FeedbackIndexPage",
    "Message",
    "Note",
    "PublicCase",
    "ReferenceCounter",
    "Sender",
]
