"""The tables of the kernel."""

from .agency import AgencySettings
from .base_page import BasePage
from .calendar import CalendarDay
from .importing import ImportRun
from .ledger import LedgerEvent
from .limits import RateWindow
from .outbox import OutboxMail
from .page_parts import AttachedFile, Citation, CitationLine, citation_lines, find_cited, number_as_printed, pick_cited
from .schedule import JobState
from .search import SearchEntry
from .unit import Unit

__all__ = [
    "AgencySettings",
    "AttachedFile",
    "BasePage",
    "CalendarDay",
    "Citation",
    "CitationLine",
    "ImportRun",
    "JobState",
    "LedgerEvent",
    "OutboxMail",
    "RateWindow",
    "SearchEntry",
    "Unit",
    "citation_lines",
    "find_cited",
    "number_as_printed",
    "pick_cited",
]
