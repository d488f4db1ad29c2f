"""What is asked, who may answer, what was answered, and how much of it there is."""

from .pages import SurveyIndexPage, SurveyPage
from .paper import PaperEntry
from .response import Channel, Invitation, InvitationBatch, OpenWords, Response, ResponseDraft, ResponseItem
from .results import MonthTally, ResultSnapshot, WordsTheme
from .sample import Stratum, SurveyTarget
from .survey import DisplayRule, Question, Section, Survey, SurveyVersion
from .tally import ResponseTally

__all__ = [
    "Channel",
    "DisplayRule",
    "Invitation",
    "InvitationBatch",
    "MonthTally",
    "OpenWords",
    "PaperEntry",
    "Question",
    "Response",
    "ResponseDraft",
    "ResponseItem",
    "ResponseTally",
    "ResultSnapshot",
    "Section",
    "Stratum",
    "Survey",
    "SurveyIndexPage",
    "SurveyPage",
    "SurveyTarget",
    "SurveyVersion",
    "WordsTheme",
]
