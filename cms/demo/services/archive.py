"""Older sample cases as the archive keeps them: no words, no sender, the dates alone. They are there to be counted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from cms.core.models import Unit
from cms.core.search import plain_words
from cms.core.services.ledger import event_record
from feedback.enums import CaseOutcome, CaseState
from feedback.models import Case, Category, ReferenceCounter
from feedback.services.tallies import tallies_rebuild

# Every number below is invented; the same ones each time.
SEED = 7
CASES = 130
MARK = "mau-luu-tru-"
# Days back from today: younger cases are told one by one.
YOUNGEST, OLDEST = 45, 420
UNITS = ("VP", "TH-CX", "TH-CX", "THCS-BD", "THCS-BD", "THCS-BD")
CATEGORIES = ("hoc-phi", "hoc-phi", "co-so-vat-chat", "co-so-vat-chat", "tuyen-sinh", "day-them")
TERM = timedelta(days=14)


def archive_seed() -> None:
    """Store the archived cases, each with the event that ended it."""
    rows = list(_cases())
    Case.objects.bulk_create(rows)
    for row in rows:
        event_record(
            subject_type="case",
            subject_key=row.reference,
            verb="case.anonymise",
            unit_id=row.unit_id,
            data={"from": CaseState.CLOSED, "to": CaseState.ANONYMISED, "version": row.version},
            at=row.closed_at,
        )
    tallies_rebuild()


def archive_clear() -> None:
    """Take them out again."""
    Case.objects.filter(code_digest__startswith=MARK).delete()


def _cases() -> Iterator[Case]:
    chance = Random(SEED)  # noqa: S311  sample content, not a secret
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=UNITS)}
    categories = {row.code: row for row in Category.objects.filter(code__in=CATEGORIES)}
    today = timezone.localdate()
    ages = sorted((chance.randint(YOUNGEST, OLDEST) for _place in range(CASES)), reverse=True)
    for place, age in enumerate(ages):
        received = today - timedelta(days=age)
        answered = received + timedelta(days=chance.choice((3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 17, 21)))
        reference = _reference(received.year)
        yield Case(
            reference=reference,
            search_text=plain_words(reference),
            category=categories[chance.choice([code for code in CATEGORIES if code in categories])],
            unit=units[chance.choice([code for code in UNITS if code in units])],
            title="(đã xóa)",
            body="",
            state=CaseState.ANONYMISED,
            outcome=chance.choice(list(CaseOutcome)),
            received_at=_hour(received),
            accepted_at=_hour(received),
            clock_started_at=_hour(received),
            due_on=received + TERM,
            answered_at=_hour(answered),
            closed_at=_hour(answered),
            reopen_count=int(chance.random() < 0.06),
            code_digest=f"{MARK}{place:06d}",
        )


def _hour(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 15)))


def _reference(year: int) -> str:
    """Return the next reference of ``year``, as the form counts them."""
    counter = ReferenceCounter.objects.get_or_create(year=year)[0]
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"PA-{year}-{counter.last:06d}"
