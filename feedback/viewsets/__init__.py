"""The office's screens in the admin."""

from .cases import CaseViewSet
from .catalogue import CategoryViewSet, DeadlineProfileViewSet, DeclineReasonViewSet
from .group import FeedbackViewSetGroup
from .home import MyCasesPanel
from .public_cases import PublicCaseViewSet

__all__ = [
    "CaseViewSet",
    "CategoryViewSet",
    "DeadlineProfileViewSet",
    "DeclineReasonViewSet",
    "FeedbackViewSetGroup",
    "MyCasesPanel",
    "PublicCaseViewSet",
]
