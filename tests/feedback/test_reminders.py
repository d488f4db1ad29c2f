"""What time brings: half, four fifths, the last day, too late; each once, and never what is no longer so."""

from datetime import date, datetime, timedelta

from django.core import mail
from django.utils import timezone

import pytest

from cms.core.enums import CalendarDayKind
from cms.core.models import OutboxMail
from cms.core.services.outbox import mails_send_due
from cms.core.working_days import SpecialDay, WorkCalendar
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Case, ClockPause
from feedback.services.deadlines import spent_share
from feedback.services.reminders import reminders_send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# A Monday; with fifteen working days the last is Monday three weeks on.
MONDAY = date(2026, 6, 1)
PLAIN = WorkCalendar({}, None, None)


def at(day, hour=9):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def kinds():
    return sorted(OutboxMail.objects.values_list("kind", flat=True))


def started(desk, day=MONDAY, **changes):
    case = factories.in_progress(desk, **changes)
    case.clock_started_at, case.due_on = at(day), day + 21 * DAY
    case.save()
    OutboxMail.objects.all().delete()
    return case


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (9, []),
        (10, ["task_due_soon"]),
        (16, ["task_due_soon"]),
        (21, ["task_due_today"]),
        (22, ["task_late", "task_late_leader"]),
        (60, ["task_late", "task_late_leader"]),
    ],
)
def test_each_part_of_the_time_has_its_mail(desk, days, told):
    started(desk)
    reminders_send(now=at(MONDAY + days * DAY))
    assert kinds() == told


def test_every_step_is_told_once_on_the_whole_road(desk):
    started(desk)
    for days in range(40):
        for hour in (8, 14):
            reminders_send(now=at(MONDAY + days * DAY, hour))
    assert kinds() == ["task_due_soon", "task_due_soon", "task_due_today", "task_late", "task_late_leader"]


def test_the_days_of_waiting_belong_to_nobody(desk):
    case = started(desk)
    before = spent_share(case, MONDAY + 4 * DAY, PLAIN)
    ClockPause.objects.create(case=case, began_at=at(MONDAY + 4 * DAY), ended_at=at(MONDAY + 11 * DAY))
    case.due_on += 7 * DAY
    case.save()
    case = Case.objects.get()
    assert spent_share(case, MONDAY + 11 * DAY, PLAIN) == before == 26
    reminders_send(now=at(MONDAY + 11 * DAY))
    assert kinds() == []


def test_a_paused_case_reminds_no_officer(desk):
    case = factories.waiting(desk)
    Case.objects.filter(pk=case.pk).update(due_on=MONDAY)
    OutboxMail.objects.all().delete()
    reminders_send()
    assert not [kind for kind in kinds() if kind.startswith("task_")]


def test_calendar_days_are_counted_as_such(desk):
    case = started(desk)
    case.category.profile.working = False
    assert spent_share(case, MONDAY + 7 * DAY, PLAIN) == 33
    holiday = {MONDAY + DAY: SpecialDay(CalendarDayKind.HOLIDAY, "Ngày nghỉ thử", "", True)}
    assert spent_share(case, MONDAY + 7 * DAY, WorkCalendar(holiday, None, None)) == 33


def test_a_date_that_moved_is_late_again_only_when_it_comes(desk):
    case = started(desk)
    late = at(MONDAY + 22 * DAY)
    reminders_send(now=late)
    Case.objects.filter(pk=case.pk).update(due_on=MONDAY + 28 * DAY)
    reminders_send(now=late + DAY)
    assert kinds().count("task_late") == 1
    reminders_send(now=at(MONDAY + 29 * DAY))
    assert kinds().count("task_late") == kinds().count("task_late_leader") == 2


def test_what_is_no_longer_so_does_not_leave(desk):
    case = started(desk, timezone.localdate() - 60 * DAY)
    reminders_send()
    assert kinds() == ["task_late", "task_late_leader"]
    # The calendar, or a pause, gave the case another date before the mails left.
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() + 5 * DAY)
    mails_send_due()
    assert mail.outbox == []
    assert not OutboxMail.objects.waiting().exists()


def test_what_nobody_has_in_hand_is_told_to_the_leaders(desk):
    case = factories.accepted(desk)
    Case.objects.filter(pk=case.pk).update(clock_started_at=at(MONDAY), due_on=MONDAY + 21 * DAY)
    OutboxMail.objects.all().delete()
    reminders_send(now=at(MONDAY + 10 * DAY))
    assert [row.reference["user"] for row in OutboxMail.objects.all()] == [str(desk.leader.pk)]


def test_subjects_say_the_reference_and_nothing_of_the_case(desk):
    case = started(desk, timezone.localdate() - 60 * DAY, title="Bí mật trong tiêu đề", name="Trần Bí Mật")
    reminders_send()
    mails_send_due()
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert case.reference in letter.subject
        assert "Bí" not in letter.subject + letter.body


def test_an_answered_case_is_left_alone(desk):
    factories.answered(desk)
    OutboxMail.objects.all().delete()
    Case.objects.update(due_on=MONDAY)
    reminders_send()
    assert Case.objects.get().state == CaseState.ANSWERED
    assert kinds() == []
