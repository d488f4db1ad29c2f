"""Where each unit stands with a notice; computed from the units it is for and the receipts they gave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, OuterRef, Subquery, Value, When
from django.utils import timezone

from cms.core.models import Unit
from cms.internal.enums import Audience, ReadStanding
from cms.internal.models.parts import NoticeReceipt

if TYPE_CHECKING:
    from cms.internal.models.pages import InternalNoticePage


@dataclass(frozen=True)
class ReceiptLine:
    """One unit that is to confirm a notice. ``is_older``: the notice was changed after the unit confirmed it."""

    unit: Unit
    receipt: NoticeReceipt | None
    standing: ReadStanding
    is_older: bool


def addressed_units(page: "InternalNoticePage") -> Any:
    """Return the units that are to confirm ``page``, in their order; the unit that sends it is not among them."""
    units = Unit.objects.active().in_order()
    if page.audience != Audience.EVERYBODY:
        rows = list(page.addressees.all())
        whole = [row.unit_id for row in rows if row.with_units_below]
        units = units.filter(pk__in={row.unit_id for row in rows} | Unit.objects.with_ids_below(whole))
    return units.exclude(pk=page.owner_unit_id) if page.owner_unit_id else units


def receipt_lines(
    page: "InternalNoticePage", among: Collection[int] | None = None, standing: str = ""
) -> list[ReceiptLine]:
    """Return the line of each unit that is to confirm ``page``: the same few queries whatever their number.

    Args:
        page: the notice as it is published.
        among: only these units, where the reader has no business with the others.
        standing: only units that stand so.

    """
    rows = _standing_units(page, among)
    units = list(rows.filter(standing=standing) if standing else rows)
    receipts = {row.unit_id: row for row in NoticeReceipt.objects.of(page, [unit.pk for unit in units])}
    changed = page.last_published_at
    lines = []
    for unit in units:
        receipt = receipts.get(unit.pk)
        older = bool(receipt and changed and receipt.given_at < changed)
        lines.append(ReceiptLine(unit, receipt, ReadStanding(unit.standing), older))
    return lines


def receipt_counts(page: "InternalNoticePage", among: Collection[int] | None = None) -> dict[str, int]:
    """Return how many units stand how, by ``ReadStanding``; the database counts, no row is read."""
    counted = _standing_units(page, among).order_by().values_list("standing").annotate(units=Count("pk"))
    return dict.fromkeys(ReadStanding.values, 0) | dict(counted)


def _standing_units(page: "InternalNoticePage", among: Collection[int] | None) -> Any:
    """Return the units that are to confirm ``page`` with ``standing``; the last day counts as in time."""
    units = addressed_units(page)
    if among is not None:
        units = units.filter(pk__in=list(among))
    given = NoticeReceipt.objects.filter(page=page, unit=OuterRef("pk")).values("given_at")[:1]
    unread = ReadStanding.LATE if page.read_by and page.read_by < timezone.localdate() else ReadStanding.WAITING
    ways = [When(given_at=None, then=Value(unread.value))]
    if page.read_by:
        over = timezone.make_aware(datetime.combine(page.read_by + timedelta(days=1), time.min))
        ways.append(When(given_at__gte=over, then=Value(ReadStanding.AFTER.value)))
    standing = Case(*ways, default=Value(ReadStanding.IN_TIME.value), output_field=CharField())
    return units.annotate(given_at=Subquery(given)).annotate(standing=standing)
