"""Official letters in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: said once, written as DOCX and as PDF.

Build an ``OfficialLetter`` of parts (``Paragraph``, ``Section``, ``Items``, ``Table``) for ``issuer_now()``, then call
``letter_docx(letter)`` and ``letter_pdf(letter)``.
"""

from .parts import Issuer, Items, OfficialLetter, Paragraph, Part, Section, Signature, Table, issuer_now
from .sheet import letter_pdf
from .word import letter_docx

__all__ = [
    "Issuer",
    "Items",
    "OfficialLetter",
    "Paragraph",
    "Part",
    "Section",
    "Signature",
    "Table",
    "issuer_now",
    "letter_docx",
    "letter_pdf",
]
