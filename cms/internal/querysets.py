"""Questions to internal notices: who may read them, which unit has not read them yet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from cms.core.enums import Scope
from cms.core.models import Unit
from cms.core.permissions import scope_of
from cms.core.querysets.pages import BasePageQuerySet
from cms.internal.enums import Audience

# Nobody is reminded of what was due longer ago than this.
REMIND_DAYS = 30


class InternalNoticeQuerySet(BasePageQuerySet):
    def addressed_to(self, unit_ids: Iterable[int]) -> "InternalNoticeQuerySet":
        """Notices for one of these units: for everybody, for the unit itself, or for all below a unit above it."""
        units = sorted(set(unit_ids))
        if not units:
            return self.none()
        rows = self.model.addressees.rel.related_model.objects
        named = rows.filter(Q(unit__in=units) | Q(with_units_below=True, unit__in=Unit.objects.with_ids_above(units)))
        return self.filter(Q(audience=Audience.EVERYBODY) | Q(pk__in=named.values("page")))

    def readable_by(self, user: Any) -> "InternalNoticeQuerySet":
        """Published notices that this officer may read; a stranger reads none."""
        scope = scope_of(user, "internal_read")
        if scope is None:
            return self.none()
        return self.live() if scope is Scope.ALL else self.live().addressed_to(user.unit_ids)

    def asking(self) -> "InternalNoticeQuerySet":
        """Published notices whose reading the units are to confirm."""
        return self.live().filter(needs_receipt=True)

    def unread_by(self, unit_ids: Iterable[int]) -> "InternalNoticeQuerySet":
        """Notices that one of these units is still to confirm; what a unit sends it need not confirm itself.

        A notice for two of them counts until both have read it.
        """
        units = sorted(set(unit_ids))
        waiting = Q(pk__in=[])
        for unit in units:
            to_read = self.asking().addressed_to([unit]).exclude(owner_unit=unit).exclude(receipts__unit=unit)
            waiting |= Q(pk__in=to_read.values("pk"))
        return self.filter(waiting)

    def overdue(self, today: date) -> "InternalNoticeQuerySet":
        """Notices whose last day to confirm is over, though not for long."""
        return self.asking().filter(read_by__lt=today, read_by__gte=today - timedelta(days=REMIND_DAYS))

    def sought(self, words: str) -> "InternalNoticeQuerySet":
        """By a piece of the title or the number."""
        return self.filter(Q(title__icontains=words) | Q(number__icontains=words)) if words else self

    def newest(self) -> "InternalNoticeQuerySet":
        return self.order_by("-issued_on", "-pk")

    def soonest(self) -> "InternalNoticeQuerySet":
        """What is to be confirmed first comes first."""
        return self.order_by(models.F("read_by").asc(nulls_last=True), "-issued_on", "-pk")


class NoticeFileQuerySet(models.QuerySet):
    def in_use(self) -> "NoticeFileQuerySet":
        return self.filter(removed_at=None)

    def in_order(self) -> "NoticeFileQuerySet":
        return self.order_by("added_at", "pk")


class NoticeReceiptQuerySet(models.QuerySet):
    def of(self, page: Any, unit_ids: Iterable[int]) -> "NoticeReceiptQuerySet":
        """Receipts that these units gave for one notice, with who gave them."""
        return self.filter(page=page, unit__in=list(unit_ids)).select_related("given_by")
