"""Writing about public files: what refers to them, and the words in them."""

from .file_texts import (
    file_text_faults,
    file_text_read,
    file_texts_drop,
    file_texts_of_document,
    file_texts_of_page,
    file_texts_sweep,
)
from .publication import follow_publication, references_follow

__all__ = [
    "file_text_faults",
    "file_text_read",
    "file_texts_drop",
    "file_texts_of_document",
    "file_texts_of_page",
    "file_texts_sweep",
    "follow_publication",
    "references_follow",
]
