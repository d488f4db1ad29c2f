"""Vietnamese text: cleaning, folding, order, dates, contacts, document numbers. Pure functions, no models."""

from .cells import cell_text, from_cell_text
from .clean import clean_line, clean_text, drop_invisible
from .collation import name_sort_key, sort_key
from .contacts import clean_email, mask_phone, normalise_phone
from .dates import format_vietnamese_date, parse_vietnamese_date, weekday_name
from .document_types import DOCUMENT_TYPES, QUOTED_TYPES, DocumentType
from .errors import TextError
from .folding import fold, mark_matches, slug, syllable_key
from .legacy import looks_like_legacy_encoding
from .numbers import DocumentNumber, parse_document_number

__all__ = [
    "DOCUMENT_TYPES",
    "QUOTED_TYPES",
    "DocumentNumber",
    "DocumentType",
    "TextError",
    "cell_text",
    "clean_email",
    "clean_line",
    "clean_text",
    "drop_invisible",
    "fold",
    "format_vietnamese_date",
    "from_cell_text",
    "looks_like_legacy_encoding",
    "mark_matches",
    "mask_phone",
    "name_sort_key",
    "normalise_phone",
    "parse_document_number",
    "parse_vietnamese_date",
    "slug",
    "sort_key",
    "syllable_key",
    "weekday_name",
]
