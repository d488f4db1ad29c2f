"""Cases as bare rows, many at once, for whoever only counts them; what people do to a case is tested elsewhere."""

from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from feedback.enums import CaseState
from feedback.models import Case, Category
from feedback.services.catalogue import catalogue_seed
from feedback.services.tallies import tallies_rebuild

_NUMBERS = count(1)
TODAY = date(2026, 11, 30)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def row(day: date, *, unit=None, category=None, took=None, days=10, state=None, **fields) -> Case:
    """One case that came on ``day``; answered after ``took`` days, else still in work. ``days`` is its term."""
    number = next(_NUMBERS)
    answered = at(day + timedelta(days=took)) if took is not None else None
    state = state or (CaseState.ANSWERED if answered else CaseState.IN_PROGRESS)
    return Case(
        reference=f"PA-2000-{number:06d}",
        category=category or category_of("co-so-vat-chat"),
        unit=unit,
        title="Việc riêng chim cu gáy",
        body="Lời riêng chim cu gáy",
        state=state,
        received_at=at(day),
        accepted_at=at(day),
        clock_started_at=at(day),
        due_on=day + timedelta(days=days),
        answered_at=answered,
        code_digest=f"{number:064d}",
        **fields,
    )


def category_of(code: str) -> Category:
    catalogue_seed()
    return Category.objects.get(code=code)


def store(*rows: Case) -> None:
    Case.objects.bulk_create(rows)
    tallies_rebuild()
