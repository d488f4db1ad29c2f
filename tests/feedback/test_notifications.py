"""Mails: to the right reader, once, and silent about everything that is nobody's business."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

import pytest

from cms.core.models import OutboxMail
from cms.core.ports import mail_kinds
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.enums import CaseState, ConsentPurpose
from feedback.models import Case, ClockPause, Sender
from feedback.notifications import NOTICES
from feedback.services import answers, handling, triage
from feedback.services.notices import notices_queue
from feedback.services.reminders import reminders_send
from feedback.services.submission import case_submit

pytestmark = pytest.mark.django_db

SENDER_MAIL = factories.ENTRY.email
SECRETS = (factories.ENTRY.name, factories.ENTRY.phone, factories.ENTRY.address, factories.ENTRY.title)


def kinds():
    return sorted(OutboxMail.objects.values_list("kind", flat=True))


def sent():
    mails_send_due()
    box, mail.outbox = mail.outbox, []
    return box


STANDS = {
    "task_due": lambda: {"state": CaseState.IN_PROGRESS, "due_on": timezone.localdate()},
    "task_late": lambda: {"state": CaseState.IN_PROGRESS, "due_on": timezone.localdate() - timedelta(days=1)},
    "task_unreceived": lambda: {"state": CaseState.SUBMITTED},
}


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda notice: notice.name)
def test_every_kind_is_registered_and_its_text_is_whole(notice, desk):
    case = factories.answered(desk)
    OutboxMail.objects.all().delete()
    # What time brings is told only while it is so.
    for name, stands in STANDS.items():
        if notice.name.startswith(name):
            Case.objects.update(**stands())
    notices_queue(case=case, kinds=[notice.name], turn="x")
    letters = sent()
    assert mail_kinds.get(notice.name)
    assert len(letters) >= 1
    for letter in letters:
        assert case.reference in letter.subject
        assert not any(secret in letter.subject + letter.body for secret in SECRETS)
        assert "{{" not in letter.body
        assert "None" not in letter.body
    assert not OutboxMail.objects.waiting().exists()


def test_the_whole_road_sends_each_reader_one_mail_a_step(desk):
    case = factories.answered(desk)
    letters = sent()
    by_reader = {}
    for letter in letters:
        by_reader.setdefault(letter.to[0], []).append(letter.subject)
    assert len(by_reader[SENDER_MAIL]) == 3
    assert len(by_reader[desk.officer.email]) == 1
    assert len(by_reader[desk.leader.email]) == 1
    assert set(by_reader) == {SENDER_MAIL, desk.officer.email, desk.leader.email}
    assert factories.ANSWER in next(letter.body for letter in letters if "Trả lời phản ánh" in letter.subject)
    assert case.state == CaseState.ANSWERED
    assert sent() == []


def test_the_tracking_code_is_in_no_mail_and_in_no_row_of_the_outbox(desk):
    code = case_submit(form_token="a", entry=factories.entry(desk.unit)).code
    letter = sent()[0]
    assert code not in letter.body + letter.subject + str(OutboxMail.objects.values_list())
    assert code.lower() not in letter.body.replace("-", "").lower()


def test_news_goes_only_to_those_who_asked_but_the_answer_to_everybody_who_gave_an_address(desk):
    only = (ConsentPurpose.HANDLE,)
    factories.answered(desk, consents=only)
    assert [name for name in kinds() if name.startswith("case_")] == ["case_answer", "case_receipt"]


def test_a_mail_that_lost_its_reason_does_not_leave(desk):
    factories.submitted(desk.unit)
    Sender.objects.all().delete()
    assert sent() == []
    assert not OutboxMail.objects.waiting().exists()


def test_a_reader_who_lost_the_right_gets_nothing(desk):
    factories.assigned(desk)
    sent()
    triage.case_assign(case=Case.objects.get(), actor=desk.clerk, officer=desk.leader)
    desk.leader.memberships.all().delete()
    assert sent() == []


def test_approving_twice_sends_one_answer(desk):
    case = factories.proposed(desk)
    seen = case.version
    answers.answer_approve(case=case, actor=desk.leader, expected_version=seen)
    with pytest.raises(Exception, match="vừa cập nhật"):
        answers.answer_approve(case=Case.objects.get(), actor=desk.leader, expected_version=seen)
    with pytest.raises(Exception, match="Đã trả lời"):
        answers.answer_approve(case=Case.objects.get(), actor=desk.leader)
    assert kinds().count("case_answer") == 1


def test_the_comment_of_the_leader_reaches_the_author(desk):
    case = factories.proposed(desk)
    sent()
    answers.answer_return(case=case, actor=desk.leader, comment="Nêu rõ ngày sửa xong.")
    letter = sent()[0]
    assert letter.to == [desk.officer.email]
    assert "Nêu rõ ngày sửa xong." in letter.body


def test_the_comment_still_comes_when_the_author_was_faster_than_the_mail_and_never_in_the_subject(desk):
    case = factories.proposed(desk)
    sent()
    answers.answer_return(case=case, actor=desk.leader, comment="Nêu rõ ngày sửa xong.")
    answers.answer_save(case=case, actor=desk.officer, body="Bản sau, đang viết.")
    letter = sent()[0]
    assert "Nêu rõ ngày sửa xong." in letter.body
    assert "Nêu rõ" not in letter.subject
    assert "Nêu rõ" not in str(list(OutboxMail.objects.values())), "the outbox keeps keys, the words are read late"


@pytest.mark.parametrize("lost", ["unit", "confidential", "account"])
def test_the_comment_does_not_reach_an_author_who_lost_the_right(desk, lost):
    case = factories.proposed(desk)
    sent()
    answers.answer_return(case=case, actor=desk.leader, comment="Nêu rõ ngày sửa xong.")
    if lost == "unit":
        desk.officer.memberships.all().delete()
    elif lost == "account":
        type(desk.officer).objects.filter(pk=desk.officer.pk).update(is_active=False)
    else:
        Case.objects.update(officer=desk.leader, confidential=True)
    assert sent() == []
    assert not OutboxMail.objects.waiting().exists()


# --- what time alone brings -------------------------------------------------------------------------


def days_ago(case, days, **more):
    then = timezone.now() - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(clock_started_at=then, accepted_at=then, **more)


def test_reminders_come_once_a_step_however_often_the_job_runs(desk):
    case = factories.in_progress(desk)
    OutboxMail.objects.all().delete()
    today = timezone.localdate()
    days_ago(case, 20, due_on=today + timedelta(days=1))
    for _turn in range(3):
        reminders_send()
    assert kinds() == ["task_due_soon"]
    days_ago(case, 20, due_on=today - timedelta(days=3))
    for _turn in range(3):
        reminders_send()
    assert kinds() == ["task_due_soon", "task_late", "task_late_leader"]


def test_a_paused_case_reminds_the_sender_and_then_ends(desk):
    case = factories.waiting(desk)
    OutboxMail.objects.all().delete()
    ClockPause.objects.update(began_at=timezone.now() - timedelta(days=10))
    reminders_send()
    reminders_send()
    assert kinds() == ["case_question_reminder"]
    ClockPause.objects.update(began_at=timezone.now() - timedelta(days=40))
    assert reminders_send().lapsed == 1
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert not case.pauses.filter(ended_at=None).exists()


def test_an_unreceived_case_reminds_those_who_receive(desk):
    factories.submitted(desk.unit)
    Case.objects.update(received_at=timezone.now() - timedelta(days=20))
    OutboxMail.objects.all().delete()
    reminders_send()
    reminders_send()
    assert set(kinds()) == {"task_unreceived"}
    assert {letter.to[0] for letter in sent()} == {desk.clerk.email, desk.leader.email}


def test_an_answered_case_closes_when_nobody_may_ask_again(desk):
    case = factories.answered(desk)
    assert reminders_send().closed == 0
    Case.objects.update(answered_at=timezone.now() - timedelta(days=60))
    assert reminders_send().closed == 1
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    with pytest.raises(Exception, match="Kết thúc"):
        handling.case_reopen(case=case, reason="Muộn.")
