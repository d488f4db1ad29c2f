"""The tables of the kernel."""

from .agency import AgencySettings
from .album import MOST_PHOTOS, AlbumPhoto
from .base_page import BasePage
from .calendar import CalendarDay
from .importing import ImportedItem, ImportRun
from .ledger import LedgerDay, LedgerEvent, LedgerHead
from .limits import RateWindow
from .mail_text import MailText
from .outbox import OutboxMail
from .page_files import FILE_PART, FileLine, FileVersion, KeyedFile
from .page_parts import (
    AttachedFile,
    Citation,
    CitationLine,
    citation_lines,
    citation_lines_each,
    citation_targets,
    find_cited,
    number_as_printed,
    pick_cited,
)
from .reading import PageReading
from .schedule import JobState
from .search import FileText, SearchDemand, SearchEntry, SearchEntryFile, SearchSuggestion
from .unit import Unit

__all__ = [
    "FILE_PART",
    "MOST_PHOTOS",
    "AgencySettings",
    "AlbumPhoto",
    "AttachedFile",
    "BasePage",
    "CalendarDay",
    "Citation",
    "CitationLine",
    "FileLine",
    "FileText",
    "FileVersion",
    "ImportRun",
    "ImportedItem",
    "JobState",
    "KeyedFile",
    "LedgerDay",
    "LedgerEvent",
    "LedgerHead",
    "MailText",
    "OutboxMail",
    "PageReading",
    "RateWindow",
    "SearchDemand",
    "SearchEntry",
    "SearchEntryFile",
    "SearchSuggestion",
    "Unit",
    "citation_lines",
    "citation_lines_each",
    "citation_targets",
    "find_cited",
    "number_as_printed",
    "pick_cited",
]
