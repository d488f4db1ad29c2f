"""Forms of surveys: of those who answer, of those who keep them, of papers and of places where people answer."""

from .answering import PREFIX, SHOWN, PageForm
from .goals import GroupForm, TargetForm
from .inviting import BatchForm
from .keeping import CopyForm, SurveyForm
from .keying import KeyedForm
from .places import PlaceForm, PlacesForm, SheetForm

__all__ = [
    "PREFIX",
    "SHOWN",
    "BatchForm",
    "CopyForm",
    "GroupForm",
    "KeyedForm",
    "PageForm",
    "PlaceForm",
    "PlacesForm",
    "SheetForm",
    "SurveyForm",
    "TargetForm",
]
