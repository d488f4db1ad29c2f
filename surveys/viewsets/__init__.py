"""Surveys in the admin."""

from .surveys import SurveyViewSet
from .themes import ThemeViewSet

__all__ = ["SurveyViewSet", "ThemeViewSet"]
