"""Questions to the routing of cases: default officers, named access, opinions of other units."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from feedback.enums import OPEN_STATES, AccessKind

# What a broken glass shows. Work on the case stays with those who are named.
READING = frozenset({"case_list", "case_view", "case_notes", "case_identity"})


class RoutingQuerySet(models.QuerySet):
    def active(self) -> "RoutingQuerySet":
        return self.filter(active=True, officer__is_active=True)

    def fitting(self, *, category: int, unit: int | None) -> "RoutingQuerySet":
        """Rules for this category and unit, the narrowest first: both, then the field of work, then the unit."""
        rows = self.active().filter(Q(category=category) | Q(category=None), Q(unit=unit) | Q(unit=None))
        narrow = models.F("category").asc(nulls_last=True), models.F("unit").asc(nulls_last=True)
        return rows.order_by(*narrow, "pk").select_related("officer")


class AccessQuerySet(models.QuerySet):
    def active(self, now: datetime) -> "AccessQuerySet":
        """What was not taken back and is not over."""
        return self.filter(Q(until=None) | Q(until__gt=now), revoked_at=None)

    def giving(self, capability: str, now: datetime) -> "AccessQuerySet":
        """Active access that opens ``capability``; a broken glass is for reading alone."""
        rows = self.active(now)
        return rows if capability in READING else rows.filter(kind=AccessKind.NAMED)

    def named(self) -> "AccessQuerySet":
        return self.filter(kind=AccessKind.NAMED, revoked_at=None)


class ConsultQuerySet(models.QuerySet):
    def asked_of(self, user: Any) -> "ConsultQuerySet":
        """Questions to the units of ``user``, as long as the case is open to others at all."""
        scope = scope_of(user, "case_opinion")
        if scope is None:
            return self.none()
        rows = self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)
        return rows.filter(case__confidential=False, withdrawn_at=None)

    def waiting(self) -> "ConsultQuerySet":
        """Not yet answered, in a case that still needs it."""
        return self.filter(given_at=None, withdrawn_at=None, case__state__in=OPEN_STATES, case__confidential=False)

    def due_by(self, day: date) -> "ConsultQuerySet":
        return self.filter(due_on__lte=day)

    def with_case(self) -> "ConsultQuerySet":
        return self.select_related("case__category", "case__unit", "case__sender", "unit", "asked_by", "given_by")

    def by_urgency(self) -> "ConsultQuerySet":
        """What waits first, then by date."""
        return self.order_by(models.F("given_at").asc(nulls_first=True), "due_on", "pk")
