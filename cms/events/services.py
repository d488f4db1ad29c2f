"""Writing the calendar beside Wagtail's own editor: a week as the beginning of another; the days of what repeats."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cms.core.permissions import can
from cms.events.models import EventOccurrence, EventPage, ScheduleEntry, WorkSchedulePage
from cms.events.models.weeks import TAKEN_WEEK
from cms.events.querysets import monday_of

# What a row takes along into another week; its key stays behind, since it is another thing to do.
_TAKEN = ("weekday", "part", "starts_at", "ends_at", "content", "kind", "leaders", "place", "prepared_by", "unit_id")


@transaction.atomic
def occurrences_write(*, page: EventPage) -> int:
    """Let the lists know every time of the published ``page``; return how many. None where it does not repeat."""
    EventPage.objects.select_for_update().get(pk=page.pk)  # published twice at once: one after the other
    EventOccurrence.objects.of_page(page).delete()
    times = page.times() if page.repeats else []
    made = [EventOccurrence(page=page, starts_on=first, ends_on=last) for first, last in times]
    EventOccurrence.objects.bulk_create(made)
    return len(made)


def event_went_live(sender: type[EventPage], instance: EventPage, **_rest: Any) -> None:
    """Follow Wagtail's ``page_published``."""
    occurrences_write(page=instance)


@transaction.atomic
def schedule_copy(*, source: WorkSchedulePage, week: date, actor: Any) -> WorkSchedulePage:
    """Make a draft for the week of ``week`` with the things of ``source`` on the same days, for the same; return it.

    What the editors see in ``source`` is copied, its newest draft too; what was cancelled stays behind. Raises
    PermissionDenied for who may not add pages there, ValidationError when that week has a schedule.
    """
    index = source.get_parent()
    if not can(actor, "page_edit") or not index.permissions_for_user(actor).can_add_subpage():
        raise PermissionDenied
    monday = monday_of(week)
    if WorkSchedulePage.objects.of_unit(source.unit).of_week(monday).exists():
        raise ValidationError({"week": TAKEN_WEEK})
    latest: Any = source.get_latest_revision_as_object()
    made = WorkSchedulePage(week_start=monday, unit=source.unit, note=latest.note, owner_unit=latest.owner_unit)
    made.live, made.owner = False, actor
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
