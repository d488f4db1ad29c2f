"""Questions to the ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models


class LedgerQuerySet(models.QuerySet):
    def about(self, subject_type: str, subject_key: str) -> "LedgerQuerySet":
        """The history of one subject, oldest first."""
        return self.filter(subject_type=subject_type, subject_key=subject_key).order_by("seq")

    def of_units(self, unit_ids: Iterable[int]) -> "LedgerQuerySet":
        return self.filter(unit_id__in=unit_ids)

    def last_number(self, verbs: Iterable[str]) -> int:
        """Return the number of the last event with one of these verbs; 0 when there was none."""
        # The sum keeps SQLite from walking the whole ledger back from its end: it reads the index of verbs instead.
        last = models.Max(models.F("seq") + 0)
        return self.filter(verb__in=list(verbs)).order_by().aggregate(last=last)["last"] or 0

    def last_about(self, subject_type: str, *, leaving_out: Iterable[str] = ()) -> int:
        """Return the number of the last event about such subjects but for these verbs; 0 when there was none."""
        found = self.filter(subject_type=subject_type).exclude(verb__in=list(leaving_out)).order_by("-seq")
        return found.values_list("seq", flat=True).first() or 0

    def public(self) -> "LedgerQuerySet":
        """Events that the sender may see on the timeline."""
        return self.filter(public=True)

    def between(self, first_seq: int, last_seq: int) -> "LedgerQuerySet":
        """Events by their numbers, both ends included, in order."""
        return self.filter(seq__gte=first_seq, seq__lte=last_seq).order_by("seq")


class LedgerDayQuerySet(models.QuerySet):
    def newest(self) -> "LedgerDayQuerySet":
        return self.order_by("-day")

    def before(self, day: date) -> "LedgerDayQuerySet":
        return self.filter(day__lt=day)

    def holding(self, seq: int) -> Any:
        """Return the day in which the event ``seq`` lies; None while that day is not closed."""
        return self.filter(last_seq__gte=seq).order_by("day").first()
