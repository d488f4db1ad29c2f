"""Writing the calendar beside Wagtail's own editor: a week as the beginning of another."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms.core.permissions import can
from cms.events.models import ScheduleEntry, WorkSchedulePage
from cms.events.querysets import monday_of

# What a row takes along into another week; its key stays behind, since it is another thing to do.
_TAKEN = ("weekday", "part", "starts_at", "ends_at", "content", "kind", "leaders", "place", "prepared_by", "unit_id")


@transaction.atomic
def schedule_copy(*, source: WorkSchedulePage, week: date, actor: Any) -> WorkSchedulePage:
    """Make a draft for the week of ``week`` with the things of ``source`` on the same days; return it.

    What the editors see in ``source`` is copied, its newest draft too; what was cancelled stays behind. Raises
    PermissionDenied for who may not add pages there, ValidationError when that week has a schedule.
    """
    index = source.get_parent()
    if not can(actor, "page_edit") or not index.permissions_for_user(actor).can_add_subpage():
        raise PermissionDenied
    monday = monday_of(week)
    if WorkSchedulePage.objects.of_week(monday).exists():
        raise ValidationError({"week": _("Tuần này đã có lịch, có thể còn là bản nháp; hãy sửa lịch ấy.")})
    latest: Any = source.get_latest_revision_as_object()
    made = WorkSchedulePage(week_start=monday, note=latest.note, owner_unit=latest.owner_unit, live=False, owner=actor)
    made.entries = [
        ScheduleEntry(sort_order=place, participants=row.participants, **{name: getattr(row, name) for name in _TAKEN})
        for place, row in enumerate(row for row in latest.entries.all() if not row.cancelled)
    ]
    try:
        index.add_child(instance=made)
    except ValidationError as error:  # of whatever field of the new page: here only the week was asked for
        raise ValidationError({"week": error.messages}) from error
    made.save_revision(user=actor, log_action=True)
    return made
