"""Questions to the roster of the counters."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q


class OfficerQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        """As the office sorted them."""
        return self.order_by("order", "name", "pk")

    def serving(self) -> Self:
        """Those whom people may meet at a counter, with their pictures; a constant number of statements."""
        return self.filter(active=True).select_related("portrait").prefetch_related("portrait__renditions").in_order()


class TurnQuerySet(models.QuerySet):
    def standing_between(self, first: date, last: date) -> Self:
        """Turns that hold on some day between the two, of officers who still serve."""
        begun = Q(starts_on=None) | Q(starts_on__lte=last)
        not_over = Q(ends_on=None) | Q(ends_on__gte=first)
        return self.filter(begun & not_over, officer__active=True)

    def at(self, places: Iterable[Any]) -> Self:
        """Turns at these places (or their keys), in the order of a week."""
        return self.filter(place__in=list(places)).in_order().select_related("officer")

    def in_order(self) -> Self:
        # By the words of their codes, the last first: morning, the whole day, afternoon.
        return self.order_by("place__order", "place__name", "weekday", "-part", "officer__order", "officer__name", "pk")


class SwapQuerySet(models.QuerySet):
    def between(self, first: date, last: date) -> Self:
        """Swaps of these days, with who stands in."""
        return self.filter(date__range=(first, last)).select_related("stand_in")

    def newest(self) -> Self:
        """The latest day first, with what a line shows."""
        return self.select_related("turn__place", "turn__officer", "stand_in").order_by("-date", "-pk")
