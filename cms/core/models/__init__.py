"""The tables of the kernel."""

from .agency import AgencySettings
from .base_page import BasePage
from .ledger import LedgerEvent
from .limits import RateWindow
from .outbox import OutboxMail
from .schedule import JobState
from .unit import Unit

__all__ = [
    "AgencySettings",
    "BasePage",
    "JobState",
    "LedgerEvent",
    "OutboxMail",
    "RateWindow",
    "Unit",
]
