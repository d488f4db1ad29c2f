"""Official letters in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: said once, written as DOCX and as PDF.

Build an ``OfficialLetter`` of parts (``Paragraph``, ``Section``, ``Items``, ``Table``) for ``issuer_now()``, then call
``letter_docx(letter)`` and ``letter_pdf(letter)``. Papers that are no letters share their Word file (``office_paper``).
"""

from .parts import Issuer, Items, OfficialLetter, Paragraph, Part, Section, Signature, Table, issuer_now, plain
from .sheet import letter_pdf
from .word import letter_docx, office_paper, office_table, paper_sealed

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
    "office_paper",
    "office_table",
    "paper_sealed",
    "plain",
]
