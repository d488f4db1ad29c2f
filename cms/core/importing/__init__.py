"""Bringing real files in: one way to read tables, to refuse rows, to preview, to write in the background.

An app hands in an ``ImportKind``; the command, the screens and the background work are the same for all.
"""

from .fields import VietnameseDateField, form_problems
from .kinds import ImportKind, get_import_kind, register_import_kind
from .office import check_office_file
from .results import Fate, Item, NoTableError, Reading, Refusal, Remark, UnreadableFileError, first_words
from .tables import Column, TableRow, Top, heading_key, headings_absent, headings_words, read_table, table_tops

__all__ = [
    "Column",
    "Fate",
    "ImportKind",
    "Item",
    "NoTableError",
    "Reading",
    "Refusal",
    "Remark",
    "TableRow",
    "Top",
    "UnreadableFileError",
    "VietnameseDateField",
    "check_office_file",
    "first_words",
    "form_problems",
    "get_import_kind",
    "heading_key",
    "headings_absent",
    "headings_words",
    "read_table",
    "register_import_kind",
    "table_tops",
]
