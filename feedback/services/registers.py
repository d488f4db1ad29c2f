"""Rows of an old register become cases: private ones, each with its line, never a second time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from feedback.enums import CaseSource, ConsentPurpose
from feedback.models import PaperBook, ReferenceCounter
from feedback.services.books import book_called, book_code, book_save
from feedback.services.draft import NOTICE_VERSION
from feedback.services.paper import Place, case_enter
from feedback.services.submission import CaseEntry


@dataclass(frozen=True)
class RegisterRow:
    """One line of a register as a file gives it, checked. ``book`` is the name on the cover."""

    book: str
    number: int
    suffix: str
    received_on: date
    source: str
    name: str
    phone: str
    address: str
    title: str
    body: str
    category_id: int
    unit_id: int | None


@transaction.atomic
def cases_import(*, rows: Sequence[RegisterRow], actor: Any) -> list[str]:
    """Key in ``rows``, all of them or none, and return the references of what is new.

    Whoever wrote in the book agreed to be answered and to nothing else: what is imported is never offered for
    publication. A line that is there already is left as it is.

    Raises PermissionDenied without the right to import; UnreadableFileError when a row no longer fits the catalogue.
    """
    if actor is not None and not can(actor, "cases_import"):
        raise PermissionDenied
    # All counters before the ledger: whoever sends a case holds one of them while waiting for the ledger.
    years = sorted({row.received_on.year for row in rows})
    for year in years:
        ReferenceCounter.objects.get_or_create(year=year)
    list(ReferenceCounter.objects.select_for_update().filter(year__in=years).order_by("year"))
    # One import at a time. Without the key: a line keyed in meanwhile only points at its book, and holds the ledger.
    books = list(PaperBook.objects.select_for_update(no_key=True).order_by("pk"))
    written = []
    for row in rows:
        book = book_called(row.book, books) or _open(row, books, actor)
        if book.lines.at(row.number, row.suffix).exists():
            continue
        place = Place(book, row.number, row.suffix)
        try:
            made = case_enter(
                entry=_entry(row),
                place=place,
                received_on=row.received_on,
                source=row.source or book.source,
                actor=actor,
                # The line tells whether it is there already; a name made of it would find what was moved elsewhere.
                form_token=secrets.token_urlsafe(32),
                imported=True,
            )
        except ValidationError as error:
            raise UnreadableFileError(f"{row.book}, {place}: {' '.join(error.messages)}") from error
        written.append(made.case.reference)
    return written


def _open(row: RegisterRow, books: list[PaperBook], actor: Any) -> PaperBook:
    """Open the book of ``row``; two names that give one code are told apart by a number."""
    codes = {book.code for book in books}
    code = first = book_code(row.book)
    turn = 1
    while code in codes:
        turn += 1
        code = f"{first[:55]}-{turn}"
    book = book_save(
        book=PaperBook(code=code, name=row.book, source=row.source or CaseSource.BOOK),
        actor=actor,
    )
    books.append(book)
    return book


def _entry(row: RegisterRow) -> CaseEntry:
    return CaseEntry(
        category_id=row.category_id,
        unit_id=row.unit_id,
        title=row.title,
        body=row.body,
        name=row.name,
        phone=row.phone,
        address=row.address,
        consents=(ConsentPurpose.HANDLE,),
        notice_version=NOTICE_VERSION,
    )
