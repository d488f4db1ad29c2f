"""The tables of feedback."""

from .answer_templates import AnswerTemplate
from .api_key import ApiArrival, ApiKey
from .approval import PublicCaseTask
from .books import BookLine, PaperBook
from .case import Case, ClockPause, DeadlineExtension, ReferenceCounter
from .catalogue import Category, DeadlineProfile, DeclineReason
from .comment import PageRating, ReaderComment
from .draft import CaseDraft, DraftFile
from .letters import AnswerLetter
from .masked import MaskedWords
from .pages import FeedbackIndexPage
from .papers import Answer, Attachment, Message, Note
from .pictures import PublicPicture
from .public_case import PublicCase
from .questions import CaseDetail, ExtraQuestion
from .redaction import Redaction, Waiver
from .routing import CaseAccess, CaseConsult, RoutingRule
from .saved_filter import SavedFilter
from .sender import Consent, Sender
from .tally import CaseTally

__all__ = [
    "Answer",
    "AnswerLetter",
    "AnswerTemplate",
    "ApiArrival",
    "ApiKey",
    "Attachment",
    "BookLine",
    "Case",
    "CaseAccess",
    "CaseConsult",
    "CaseDetail",
    "CaseDraft",
    "CaseTally",
    "Category",
    "ClockPause",
    "Consent",
    "DeadlineExtension",
    "DeadlineProfile",
    "DeclineReason",
    "DraftFile",
    "ExtraQuestion",
    "FeedbackIndexPage",
    "MaskedWords",
    "Message",
    "Note",
    "PageRating",
    "PaperBook",
    "PublicCase",
    "PublicCaseTask",
    "PublicPicture",
    "ReaderComment",
    "Redaction",
    "ReferenceCounter",
    "RoutingRule",
    "SavedFilter",
    "Sender",
    "Waiver",
]
