"""A deadline that the calendar moves is told once, to the sender and the officer, with both dates and the reason."""

import re
from datetime import timedelta

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
import time_machine

from cms.core.models import CalendarDay, OutboxMail
from cms.core.services.calendar import calendar_day_delete, calendar_day_save
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.enums import ConsentPurpose
from feedback.models import Case, Consent, DeadlineProfile, Sender
from feedback.services.catalogue import catalogue_save
from feedback.services.deadlines import TELL_AFTER, deadlines_recompute

pytestmark = pytest.mark.django_db
KINDS = ("case_due_moved", "task_due_moved")


@pytest.fixture
def case(desk):
    case = factories.in_progress(desk)
    deadlines_recompute()
    OutboxMail.objects.all().delete()
    return Case.objects.get(pk=case.pk)


def working_day(after, number=1):
    day = after
    for _turn in range(number):
        day += timedelta(days=1)
        while day.weekday() > 4 or CalendarDay.objects.current().filter(date=day).exists():
            day += timedelta(days=1)
    return day


def close(day, label="Nghỉ vì bão"):
    return calendar_day_save(date=day, kind="holiday", label=label)


def told():
    return OutboxMail.objects.filter(kind__in=KINDS)


def sent_later(by=TELL_AFTER):
    with time_machine.travel(timezone.now() + by + timedelta(seconds=1), tick=False):
        mails_send_due()
    box, mail.outbox = mail.outbox, []
    return [letter for letter in box if "hạn trả lời" in letter.subject.lower()]


def test_both_are_told_once_with_old_date_new_date_and_reason(case, desk):
    old, day = case.due_on, working_day(timezone.localdate())
    close(day)
    case.refresh_from_db()
    assert case.due_on > old
    assert mails_send_due() == 0, "nothing leaves while the office may still be editing"
    letters = sent_later()
    assert {letter.to[0] for letter in letters} == {factories.ENTRY.email, desk.officer.email}
    assert len(letters) == 2
    for letter in letters:
        assert f"Hạn cũ: {old:%d/%m/%Y}." in letter.body
        assert f"Hạn mới: {case.due_on:%d/%m/%Y}." in letter.body
        assert f"lịch ngày làm việc thay đổi ({day:%d/%m/%Y}: Nghỉ vì bão)" in letter.body
        assert case.reference in letter.subject
        assert factories.ENTRY.name not in letter.subject + letter.body
    deadlines_recompute()
    assert sent_later() == []


def test_a_change_that_moves_nothing_tells_nobody(case):
    close(case.due_on + timedelta(days=60))
    deadlines_recompute()
    assert not told().exists()


def test_several_corrections_are_one_mail_of_where_they_ended(case):
    old, first = case.due_on, working_day(timezone.localdate())
    second = working_day(first)
    close(first)
    close(second, "Nghỉ bù")
    assert told().count() == 2
    case.refresh_from_db()
    letters = sent_later()
    assert len(letters) == 2
    for letter in letters:
        assert f"Hạn cũ: {old:%d/%m/%Y}." in letter.body
        assert f"Hạn mới: {case.due_on:%d/%m/%Y}." in letter.body
        assert f"{first:%d/%m/%Y}: Nghỉ vì bão" in letter.body
        assert f"{second:%d/%m/%Y}: Nghỉ bù" in letter.body
    close(working_day(second))
    assert len(sent_later()) == 2, "a move after the mail is a new one"


def test_a_date_that_is_back_where_it_was_is_no_news(case):
    row = close(working_day(timezone.localdate()))
    calendar_day_delete(day=row)
    assert sent_later() == []
    assert not OutboxMail.objects.waiting().filter(kind__in=KINDS).exists()


def test_days_that_the_catalogue_allows_are_a_reason_too(case, django_user_model):
    profile = DeadlineProfile.objects.get(pk=case.category.profile_id)
    profile.answer_days += 3
    profile.complex_answer_days = max(profile.complex_answer_days, profile.answer_days)
    catalogue_save(row=profile, actor=django_user_model.objects.create_superuser("quantri"))
    letters = sent_later()
    assert len(letters) == 2
    assert all("thời hạn xử lý của lĩnh vực được sửa" in letter.body for letter in letters)


@pytest.mark.parametrize("lost", ["address", "agreement", "agreement later", "sender", "officer", "answered"])
def test_who_left_nothing_or_lost_the_reason_hears_nothing(case, desk, lost):
    if lost == "address":
        Sender.objects.update(email="")
    elif lost == "agreement":
        Consent.objects.filter(purpose=ConsentPurpose.CONTACT).delete()
    close(working_day(timezone.localdate()))
    assert told().filter(kind="case_due_moved").exists() == (lost not in {"address", "agreement"})
    if lost == "agreement later":
        Consent.objects.filter(purpose=ConsentPurpose.CONTACT).delete()
    elif lost == "sender":
        Sender.objects.all().delete()
    elif lost == "officer":
        Case.objects.update(officer=desk.leader)
    elif lost == "answered":
        Case.objects.update(state="answered", answered_at=timezone.now())
    readers = {letter.to[0] for letter in sent_later()}
    assert (
        readers
        == {
            "address": {desk.officer.email},
            "agreement": {desk.officer.email},
            "agreement later": {desk.officer.email},
            "sender": {desk.officer.email},
            "officer": {factories.ENTRY.email},
            "answered": set(),
        }[lost]
    )


def test_mails_cost_the_same_however_many_cases_move(case, desk):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            close(working_day(timezone.localdate()))
        return len([query for query in captured if re.search("outbox|consent|sender", query["sql"].lower())])

    one = statements()
    for _turn in range(3):
        factories.in_progress(desk)
    assert statements() == one
