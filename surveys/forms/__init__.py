"""Forms of surveys: of those who answer, of those who keep them, of papers and of places where people answer."""

from .answering import PREFIX, SHOWN, PageForm
from .keeping import CopyForm, SurveyForm

__all__ = ["PREFIX", "SHOWN", "CopyForm", "PageForm", "SurveyForm"]
