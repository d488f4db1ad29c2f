"""Administrative procedures as the national record has them, and the dossiers handed in for them."""

from .apologies import Apology
from .applicants import DossierApplicant
from .catalogue import ProcedureField, ReceivingPlace
from .desk_settings import DossierSettings
from .dossier_report import DossierReport
from .dossier_tally import DossierTally
from .dossiers import Dossier, DossierMove, DossierPause, DossierStep
from .duty import DutyOfficer, DutyTurn
from .evaluations import ServiceEvaluation
from .guides import GuideSettings, ProcedureGuide
from .index import ProcedureIndexPage
from .lines import Checklist, fee_words, money, time_words
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
from .serials import DOSSIER_CODE, DossierSerial, normalise_code

__all__ = [
    "DOSSIER_CODE",
    "Apology",
    "Checklist",
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
    "DutyTurn",
    "GuideSettings",
    "InternalStep",
    "OneStopPage",
    "ProcedureBasis",
    "ProcedureDecision",
    "ProcedureField",
    "ProcedureGuide",
    "ProcedureIndexPage",
    "ProcedurePage",
    "ProcedurePlace",
    "ProcedureResult",
    "ProcedureStep",
    "ReceivingPlace",
    "RelatedProcedure",
    "SampleDossier",
    "ServiceEvaluation",
    "SourceDifference",
    "SubmissionWay",
    "check_code",
    "fee_words",
    "money",
    "normalise_code",
    "time_words",
]
