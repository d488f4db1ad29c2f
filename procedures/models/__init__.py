"""Administrative procedures: what a citizen needs to know before going, as the national record has it."""

from .catalogue import ProcedureField, ReceivingPlace
from .index import ProcedureIndexPage
from .lines import Checklist, fee_words, money, time_words
from .notice import NoticeHead, notice_paper
from .parts import (
    InternalStep,
    ProcedureBasis,
    ProcedureDecision,
    ProcedurePlace,
    ProcedureResult,
    ProcedureStep,
    RelatedProcedure,
    SampleDossier,
    SourceDifference,
    SubmissionWay,
)
from .procedures import ProcedurePage, check_code
from .record import BY_KEY, PARTS, MarkedWords, Names, content_of, marked, record_of
from .review_paper import review_paper, year_facts
from .reviews import ProcedureReview, ReviewYear
from .versions import Comparison, comparison_of

__all__ = [
    "BY_KEY",
    "PARTS",
    "Checklist",
    "Comparison",
    "InternalStep",
    "MarkedWords",
    "Names",
    "NoticeHead",
    "ProcedureBasis",
    "ProcedureDecision",
    "ProcedureField",
    "ProcedureIndexPage",
    "ProcedurePage",
    "ProcedurePlace",
    "ProcedureResult",
    "ProcedureReview",
    "ProcedureStep",
    "ReceivingPlace",
    "RelatedProcedure",
    "ReviewYear",
    "SampleDossier",
    "SourceDifference",
    "SubmissionWay",
    "check_code",
    "comparison_of",
    "content_of",
    "fee_words",
    "marked",
    "money",
    "notice_paper",
    "record_of",
    "review_paper",
    "time_words",
    "year_facts",
]
