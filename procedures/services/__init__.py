"""Writing procedures. Editors write single pages through Wagtail; rows of a file come through here."""

from .catalogue import field_ensure, field_save, place_save
from .importing import CitationDraft, Fee, NoIndexPageError, ProcedureRow, TimeLimit, facts_now, procedure_import

__all__ = [
    "CitationDraft",
    "Fee",
    "NoIndexPageError",
    "ProcedureRow",
    "TimeLimit",
    "facts_now",
    "field_ensure",
    "field_save",
    "place_save",
    "procedure_import",
]
