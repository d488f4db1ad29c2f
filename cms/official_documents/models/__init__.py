"""The register of official documents: who issued which paper, when, about what, and whether it still binds."""

from .catalogue import DocumentField, Issuer
from .documents import CUT_MARKS, OfficialDocumentPage, check_days, check_number
from .effects import LegalEffect
from .index import OfficialDocumentIndexPage
from .lines import DocumentState, EffectLine, ProcedureLine
from .parts import AnnouncedProcedure, DocumentAttachment, DocumentBasis, DocumentRelation
from .versions import AttachmentVersion

__all__ = [
    "CUT_MARKS",
    "AnnouncedProcedure",
    "AttachmentVersion",
    "DocumentAttachment",
    "DocumentBasis",
    "DocumentField",
    "DocumentRelation",
    "DocumentState",
    "EffectLine",
    "Issuer",
    "LegalEffect",
    "OfficialDocumentIndexPage",
    "OfficialDocumentPage",
    "ProcedureLine",
    "check_days",
    "check_number",
]
