"""Surveys in the admin."""

from .paper_desk import SurveyPapersMenuItem, paper_desk_urls
from .surveys import SurveyViewSet
from .themes import ThemeViewSet

__all__ = ["SurveyPapersMenuItem", "SurveyViewSet", "ThemeViewSet", "paper_desk_urls"]
