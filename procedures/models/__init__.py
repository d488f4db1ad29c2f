"""Administrative procedures as the national record has them, and the dossiers handed in for them."""

from .apologies import Apology
from .applicants import DossierApplicant
from .catalogue import ProcedureField, ReceivingPlace
from .desk_settings import DossierSettings
from .dossier_report import DossierReport
from .dossier_tally import DossierTally
from .dossiers import Dossier, DossierMove, DossierPause, DossierStep
from .duty import DutyOfficer, DutySwap, DutyTurn
from .evaluations import ServiceEvaluation
from .guides import GuideSettings, ProcedureGuide
from .index import ProcedureIndexPage
from .lines import Checklist, fee_words, money, time_words
from .notice import NoticeHead, notice_paper
from .one_stop import OneStopPage
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
from .record import BY_KEY, PARTS, MarkedWords, Names, content_of, in_row_order, marked, record_of
from .review_paper import review_paper, year_facts
from .reviews import ProcedureReview, ReviewYear
from .serials import DOSSIER_CODE, DossierSerial, normalise_code
from .versions import Comparison, comparison_of

__all__ = [
    "BY_KEY",
    "DOSSIER_CODE",
    "PARTS",
    "Apology",
    "Checklist",
    "Comparison",
    "Dossier",
    "DossierApplicant",
    "DossierMove",
    "DossierPause",
    "DossierReport",
    "DossierSerial",
    "DossierSettings",
    "DossierStep",
    "DossierTally",
    "DutyOfficer",
    "DutySwap",
    "DutyTurn",
    "GuideSettings",
    "InternalStep",
    "MarkedWords",
    "Names",
    "NoticeHead",
    "OneStopPage",
    "ProcedureBasis",
    "ProcedureDecision",
    "ProcedureField",
    "ProcedureGuide",
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
    "ServiceEvaluation",
    "SourceDifference",
    "SubmissionWay",
    "check_code",
    "comparison_of",
    "content_of",
    "fee_words",
    "in_row_order",
    "marked",
    "money",
    "normalise_code",
    "notice_paper",
    "record_of",
    "review_paper",
    "time_words",
    "year_facts",
]
