"""What is asked, who may answer, what was answered, and how much of it there is."""

from .response import Channel, Invitation, OpenWords, Response, ResponseDraft, ResponseItem
from .survey import DisplayRule, Question, Section, Survey, SurveyVersion
from .tally import ResponseTally

__all__ = [
    "Channel",
    "DisplayRule",
    "Invitation",
    "OpenWords",
    "Question",
    "Response",
    "ResponseDraft",
    "ResponseItem",
    "ResponseTally",
    "Section",
    "Survey",
    "SurveyVersion",
]
