"""Books on paper: opening them, finding what is missing in them, saying which of their lines are empty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import clean_line, fold, slug
from feedback.models import BookLine, PaperBook

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Span:
    """Line numbers without anything between ``first`` and ``last``, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class BookCheck:
    """What is wrong in one book, as far as it was keyed in: ``last`` is the highest number, 0 for an empty book."""

    book: PaperBook
    last: int
    keyed: int
    missing: tuple[Span, ...]
    doubled: tuple[tuple[int, tuple[BookLine, ...]], ...]
    skipped: tuple[BookLine, ...]

    @property
    def missing_count(self) -> int:
        return sum(span.count for span in self.missing)

    @property
    def sound(self) -> bool:
        """Whether every number up to the last stands once."""
        return not self.missing and not self.doubled


@transaction.atomic
def book_save(*, book: PaperBook, actor: Any) -> PaperBook:
    """Store a new or changed book and note it. Without ``actor`` an import opens it.

    Raises PermissionDenied when ``actor`` may not keep books, or not this one's unit.
    """
    before = PaperBook.objects.filter(pk=book.pk).first() if book.pk else None
    for each in (book, before):
        if actor is not None and each is not None and not can(actor, "paper_books", each):
            raise PermissionDenied
    book.save()
    event_record(
        subject_type="paper_book",
        subject_key=book.code,
        verb="paper_book.saved",
        actor=actor,
        actor_kind="" if actor else "system",
        unit_id=book.unit_id,
    )
    return book


def book_called(name: str, books: Sequence[PaperBook]) -> PaperBook | None:
    """Return the one of ``books`` that people mean by ``name``: its code, or its name whatever case and marks."""
    wanted = fold(name)
    return next((book for book in books if wanted in {fold(book.code), fold(book.name)}), None)


def book_code(name: str) -> str:
    """Return the code that a book of this name gets."""
    return slug(name)[:60] or "so"


def next_number(book: PaperBook) -> int:
    """Return the number behind the highest one keyed in."""
    last = book.lines.newest_first().values_list("number", flat=True).first()
    return max(book.first_number, (last or 0) + 1)


def book_check(book: PaperBook) -> BookCheck:
    """Return the missing, doubled and empty lines of ``book``; two queries, whatever its length."""
    numbers = Counter(book.lines.values_list("number", flat=True))
    lines = list(book.lines.with_cases().of_numbers([number for number, times in numbers.items() if times > 1]))
    doubled = tuple(
        (number, tuple(line for line in lines if line.number == number))
        for number in sorted(number for number, times in numbers.items() if times > 1)
    )
    skipped = tuple(book.lines.empty_lines().in_order().select_related("entered_by"))
    return BookCheck(
        book,
        max(numbers, default=0),
        numbers.total() - len(skipped),
        tuple(_missing(sorted(numbers), book.first_number)),
        doubled,
        skipped,
    )


def _missing(numbers: Sequence[int], first: int) -> list[Span]:
    spans, expected = [], first
    for number in numbers:
        if number > expected:
            spans.append(Span(expected, number - 1))
        expected = max(expected, number + 1)
    return spans


@transaction.atomic
def lines_skip(*, book: PaperBook, first: int, last: int, reason: str, actor: Any) -> int:
    """Say that the lines from ``first`` to ``last`` hold no case, and why; return how many.

    Raises PermissionDenied, or ValidationError with a sentence a field when there are too many, one is taken, or
    nobody says why.
    """
    _check_right(book, actor)
    reason = clean_line(reason)
    if not reason:
        raise ValidationError({"reason": _("Ghi vì sao dòng này trống, ví dụ: gạch bỏ, ghi nhầm, tờ bị rách.")})
    if not book.first_number <= first <= last:
        raise ValidationError({"last": _("Dòng cuối phải từ dòng đầu trở đi, và không trước dòng đầu của sổ.")})
    if last - first >= MOST_AT_ONCE:
        raise ValidationError({"last": _("Mỗi lần ghi nhiều nhất %(most)d dòng bỏ trống.") % {"most": MOST_AT_ONCE}})
    taken = book.lines.between(first, last).in_order().first()
    if taken is not None:
        raise ValidationError({"first": _("Dòng %(line)s đã có.") % {"line": taken.place}})
    rows = [
        BookLine(book=book, number=number, skipped_reason=reason, entered_by=actor, entered_at=timezone.now())
        for number in range(first, last + 1)
    ]
    try:
        with transaction.atomic():
            BookLine.objects.bulk_create(rows)
    except IntegrityError as error:
        raise ValidationError({"first": _("Có người vừa nhập một trong các dòng này. Hãy xem lại sổ.")}) from error
    _note(book, "paper_book.lines_skipped", actor, {"first": first, "last": last})
    return len(rows)


@transaction.atomic
def line_restore(*, line: BookLine, actor: Any) -> None:
    """Take back that a line is empty: it is missing again, and may be keyed in.

    Raises PermissionDenied; a line with a case is left alone.
    """
    _check_right(line.book, actor)
    gone, _rows = BookLine.objects.empty_lines().filter(pk=line.pk).delete()
    if gone:
        _note(line.book, "paper_book.line_restored", actor, {"line": line.place})


def _check_right(book: PaperBook, actor: Any) -> None:
    if not can(actor, "case_enter", book):
        raise PermissionDenied


def _note(book: PaperBook, verb: str, actor: Any, data: dict[str, Any]) -> None:
    event_record(
        subject_type="paper_book", subject_key=book.code, verb=verb, actor=actor, unit_id=book.unit_id, data=data
    )
