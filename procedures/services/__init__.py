"""Writing procedures. Editors write single pages through Wagtail; rows of a file come through here."""

from .catalogue import field_ensure, field_save, place_save
from .importing import NoIndexPageError, RowRefusedError, procedure_import
from .rows import FACTS, CitationDraft, Fee, ProcedureRow, TimeLimit, facts_now, state_now

__all__ = [
    "FACTS",
    "CitationDraft",
    "Fee",
    "NoIndexPageError",
    "ProcedureRow",
    "RowRefusedError",
    "TimeLimit",
    "facts_now",
    "field_ensure",
    "field_save",
    "place_save",
    "procedure_import",
    "state_now",
]
