"""The tables of feedback."""

from .case import Case, ClockPause, ReferenceCounter
from .catalogue import Category, DeadlineProfile, DeclineReason
from .papers import Answer, Attachment, Message, Note
from .public_case import PublicCase
from .sender import Consent, Sender

__all__ = [
    "Answer",
    "Attachment",
    "Case",
    "Category",
    "ClockPause",
    "Consent",
    "DeadlineProfile",
    "DeclineReason",
    "Message",
    "Note",
    "PublicCase",
    "ReferenceCounter",
    "Sender",
]
