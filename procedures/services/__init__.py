"""Writing procedures. Editors write single pages through Wagtail; rows of a file come through here."""

from .catalogue import field_ensure, field_save, place_ensure, place_save
from .changes import Change, ImportedRow
from .importing import NoIndexPageError, RowRefusedError, procedure_import
from .record import PLACE_FACTS, PLACES, RecordRow, code_of, rows_unsaved
from .reviews import review_remove, review_restore, review_save, review_year_save
from .rows import FACTS, CitationDraft, Fee, ProcedureRow, TimeLimit, facts_now, state_now

__all__ = [
    "FACTS",
    "PLACES",
    "PLACE_FACTS",
    "Change",
    "CitationDraft",
    "Fee",
    "ImportedRow",
    "NoIndexPageError",
    "ProcedureRow",
    "RecordRow",
    "RowRefusedError",
    "TimeLimit",
    "code_of",
    "facts_now",
    "field_ensure",
    "field_save",
    "place_ensure",
    "place_save",
    "procedure_import",
    "review_remove",
    "review_restore",
    "review_save",
    "review_year_save",
    "rows_unsaved",
    "state_now",
]
