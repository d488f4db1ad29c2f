"""Confirming that a unit has read a notice, and reminding those that have not."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import Unit
from cms.core.services.ledger import event_record
from cms.core.services.outbox import mail_queue
from cms.internal.models import InternalNoticePage, NoticeReceipt, addressed_units
from cms.internal.notifications import LATE, officers_of
from cms.internal.permissions import user_can_confirm, user_can_take_back


@transaction.atomic
def receipt_give(*, page: InternalNoticePage, unit: Unit, actor: Any) -> NoticeReceipt:
    """Say for ``unit`` that it has read ``page``; pressed again, the first receipt stands.

    Raises:
        PermissionDenied: the officer does not work in the unit, or the notice is not theirs to read.
        ValidationError: the notice asks for no receipt, or not for one of this unit.

    """
    if not user_can_confirm(actor, page, unit.pk):
        raise PermissionDenied
    if not page.needs_receipt or not addressed_units(page).filter(pk=unit.pk).exists():
        raise ValidationError(_("Thông báo này không cần đơn vị ông/bà xác nhận."))
    receipt, is_new = NoticeReceipt.objects.get_or_create(
        page=page, unit=unit, defaults={"given_by": actor, "given_at": timezone.now()}
    )
    if is_new:
        _note(receipt, actor, "internal_notice.read")
    return receipt


@transaction.atomic
def receipt_take_back(*, page: InternalNoticePage, unit: Unit, actor: Any) -> bool:
    """Take the unit's receipt back, when it was pressed by mistake; False when there is none.

    Raises PermissionDenied unless the officer gave it.
    """
    receipt = NoticeReceipt.objects.select_for_update().filter(page=page, unit=unit).first()
    if receipt is None:
        return False
    if not user_can_take_back(actor, receipt):
        raise PermissionDenied
    _note(receipt, actor, "internal_notice.unread")
    receipt.delete()
    return True


def reminders_queue() -> int:
    """Have a mail leave to the officers of every unit that let the last day pass; once a unit and day.

    Returns how many mails are new. A notice costs the same few statements whatever the number of units.
    """
    queued = 0
    for page in InternalNoticePage.objects.overdue(timezone.localdate()).defer("body"):
        with transaction.atomic():
            queued += _remind(page)
    return queued


def _remind(page: InternalNoticePage) -> int:
    read = NoticeReceipt.objects.filter(page=page).values("unit")
    units = list(addressed_units(page).exclude(pk__in=read))
    people: dict[int, list[Any]] = defaultdict(list)
    for unit_id, user_id in officers_of(unit.pk for unit in units):
        people[unit_id].append(user_id)
    queued = 0
    for unit in units:
        # A unit without an account hears of it by its own letter box, when it has one.
        for user_id in people[unit.pk] or ([""] if unit.email else []):
            reference = {"page": str(page.pk), "unit": str(unit.pk), "user": str(user_id)}
            key = f"{LATE}:{page.pk}:{unit.pk}:{user_id}:{page.read_by:%Y%m%d}"
            queued += mail_queue(kind=LATE, reference=reference, dedupe_key=key).is_new
    return queued


def _note(receipt: NoticeReceipt, actor: Any, verb: str) -> None:
    event_record(
        subject_type="internal_notice",
        subject_key=str(receipt.page_id),
        verb=verb,
        actor=actor,
        unit_id=receipt.unit_id,
    )
