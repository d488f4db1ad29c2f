"""Surveys in the admin."""

from .surveys import SurveyViewSet

__all__ = ["SurveyViewSet"]
