"""Administrative procedures: what a citizen needs to know before going, as the national record has it."""

from .catalogue import ProcedureField, ReceivingPlace
from .index import ProcedureIndexPage
from .lines import Checklist, fee_words, money, time_words
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

__all__ = [
    "Checklist",
    "InternalStep",
    "ProcedureBasis",
    "ProcedureDecision",
    "ProcedureField",
    "ProcedureIndexPage",
    "ProcedurePage",
    "ProcedurePlace",
    "ProcedureResult",
    "ProcedureStep",
    "ReceivingPlace",
    "RelatedProcedure",
    "SampleDossier",
    "SourceDifference",
    "SubmissionWay",
    "check_code",
    "fee_words",
    "money",
    "time_words",
]
