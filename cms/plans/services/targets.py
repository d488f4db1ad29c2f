"""What was reached of a plan's targets: the only writer of values (S7)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.periods import read_period
from cms.core.services.ledger import event_record
from cms.plans.models import PlanPage, PlanTarget, TargetValue
from cms.plans.permissions import user_can_tell_value
from cms.plans.services.progress import checked_words

MAX_SOURCE = 300
LARGEST = Decimal(10) ** 12
_is_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def target_value_tell(
    *, target: PlanTarget, period: str, value: Decimal, source: str, source_url: str = "", actor: Any
) -> TargetValue:
    """Tell what was reached in one period; a second value of the same period corrects the first, which is kept.

    Raises:
        PermissionDenied: the officer's unit does not watch over this target.
        ValidationError: period, value or source cannot be.

    """
    page = target.page
    if not user_can_tell_value(actor, page, target):
        raise PermissionDenied
    if read_period(period) is None:
        raise ValidationError({"period": _("Hãy chọn một kỳ trong danh sách.")})
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValidationError({"value": _("Số này quá lớn hoặc không phải là số.")})
    if source_url:
        try:
            _is_address(source_url)
        except ValidationError as error:
            raise ValidationError({"source_url": _("Địa chỉ phải bắt đầu bằng https:// hoặc http://.")}) from error
    row = TargetValue.objects.create(
        page_id=page.pk,
        target_key=target.key,
        period=period,
        value=value,
        source=" ".join(checked_words(source, "source", MAX_SOURCE, required=True).split()),
        source_url=source_url,
        entered_by=actor,
        at=timezone.now(),
    )
    _note(page, row, actor, "plan.value_told")
    return row


@transaction.atomic
def target_value_remove(*, target: PlanTarget, value: TargetValue, actor: Any) -> TargetValue:
    """Take a value back; an earlier one of the same period holds again.

    Raises PermissionDenied when the officer's unit does not watch over this target.
    """
    if not user_can_tell_value(actor, target.page, target):
        raise PermissionDenied
    row = TargetValue.objects.select_for_update().of_target(target).get(pk=value.pk)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _note(target.page, row, actor, "plan.value_removed")
    return row


def _note(page: PlanPage, row: TargetValue, actor: Any, verb: str) -> None:
    event_record(
        subject_type="plan",
        subject_key=str(page.pk),
        verb=verb,
        actor=actor,
        unit_id=page.owner_unit_id,
        data={"target": str(row.target_key), "period": row.period, "value": str(row.value)},
    )
