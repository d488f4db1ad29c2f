"""Forms of surveys: of those who answer, of those who keep them, of papers and of places where people answer."""

from .answering import PREFIX, SHOWN, PageForm
from .keeping import CopyForm, SurveyForm
from .keying import KeyedForm
from .places import PlaceForm, PlacesForm, SheetForm

__all__ = [
    "PREFIX",
    "SHOWN",
    "CopyForm",
    "KeyedForm",
    "PageForm",
    "PlaceForm",
    "PlacesForm",
    "SheetForm",
    "SurveyForm",
]
