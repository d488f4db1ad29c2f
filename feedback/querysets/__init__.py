"""Questions to the rows of feedback."""

from .cases import AnswerQuerySet, CaseQuerySet
from .catalogue import CatalogueQuerySet
from .public_cases import PublicCaseQuerySet
from .senders import SenderQuerySet

__all__ = ["AnswerQuerySet", "CaseQuerySet", "CatalogueQuerySet", "PublicCaseQuerySet", "SenderQuerySet"]
