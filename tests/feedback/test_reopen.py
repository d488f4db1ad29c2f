"""A second look: the citizen's door to it, its mails, and that it goes to hands that were not in it before."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.codes import code_digest
from feedback.enums import CaseState
from feedback.models import Case
from feedback.services import answers, handling, triage
from feedback.services.deadlines import reopen_until
from feedback.services.moves import TransitionRefusedError
from feedback.viewsets.forms import AssignForm
from tests.feedback.conftest import make_officer
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
CODE, PHONE = "KKKK-MMMM-PPPP", "0345"
REOPEN = f"{FOLLOW}xem-xet-lai/"
FORM = f'action="{REOPEN}"'
REASON = "Hai trong ba quạt vẫn chưa chạy được."
DOOR = "Đề nghị xem xét lại"


def with_code(case):
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE.replace("-", "")))
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def case(desk):
    return with_code(factories.answered(desk))


def follow(client, second=PHONE):
    return client.post(FOLLOW, {"code": CODE, "second": second, "reference": ""})


def press(client, case, reason=REASON, version=None):
    return client.post(REOPEN, {"reason": reason, "version": version or case.version})


def later(case, **changes):
    Case.objects.filter(pk=case.pk).update(**changes)


def test_the_sender_asks_for_a_second_look_and_reads_what_comes_next(client, desk, case):
    until = reopen_until(case)
    page = follow(client).content.decode()
    assert DOOR in page
    assert FORM in page
    assert f"{until:%d/%m/%Y}" in page
    answer = press(client, case)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Đã nhận đề nghị xem xét lại" in page
    assert "Câu trả lời lần trước" in page
    assert factories.ANSWER in page
    assert REASON in page
    assert FORM not in page
    case.refresh_from_db()
    assert (case.state, case.reopen_count) == (CaseState.REOPENED, 1)
    assert case.messages.get().body == REASON


def test_the_sender_and_the_leader_are_told_by_mail_without_words_of_the_case(client, desk, case):
    mails_send_due()
    mail.outbox.clear()
    follow(client)
    press(client, case)
    mails_send_due()
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {factories.ENTRY.email, desk.leader.email}
    case.refresh_from_db()
    assert f"{case.due_on:%d/%m/%Y}" in told[factories.ENTRY.email].body
    for letter in mail.outbox:
        assert case.reference in letter.subject
        assert [word for word in (REASON, case.title, CODE) if word in letter.subject + letter.body] == []


def test_the_mail_with_the_answer_says_that_one_may_ask_again(client, desk, case):
    mails_send_due()
    (letter,) = [letter for letter in mail.outbox if factories.ANSWER in letter.body]
    assert f"trong {case.category.profile.reopen_days} ngày làm việc" in letter.body
    assert "xem xét lại một lần" in letter.body


def test_the_code_alone_says_there_is_a_door_and_opens_none(client, desk, case):
    page = follow(client, second="").content.decode()
    assert "người gửi được đề nghị xem xét lại một lần" in page
    assert FORM not in page
    assert press(client, case).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED


@pytest.mark.parametrize("reason", ["", "\u200b  ", "ngắn", "\x00" * 20, "x" * 5_001])
def test_a_reason_that_says_nothing_is_refused_beside_the_field(client, desk, case, reason):
    follow(client)
    answer = press(client, case, reason=reason)
    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED
    assert not case.messages.exists()


def test_a_page_from_before_a_change_keeps_the_words(client, desk, case):
    follow(client)
    answer = press(client, case, version=case.version + 7)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert REASON in page
    assert "<details" in page.split(DOOR)[0][-200:]
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED


def test_it_is_asked_once(client, desk, case):
    follow(client)
    press(client, case)
    case.refresh_from_db()
    assert press(client, case).status_code == 409
    later(case, state=CaseState.ANSWERED, answered_at=timezone.now())
    case.refresh_from_db()
    assert FORM not in follow(client).content.decode()
    answer = press(client, case)
    assert answer.status_code == 409
    assert "đã được xem xét lại một lần" in answer.content.decode()


def test_the_door_closes_with_the_days(client, desk, case):
    later(case, answered_at=timezone.now() - timedelta(days=60))
    page = follow(client).content.decode()
    assert FORM not in page
    answer = press(client, case)
    assert answer.status_code == 409
    assert "Đã hết thời gian đề nghị" in answer.content.decode()


def test_a_case_without_an_answer_has_no_such_door(client, desk):
    with_code(factories.in_progress(desk))
    assert FORM not in follow(client).content.decode()


# --- to other hands -------------------------------------------------------------------------------


@pytest.fixture
def second(desk):
    return make_officer("xuly-hai", Role.HANDLER, unit=desk.unit)


def test_assigning_twice_does_not_bring_it_back_to_who_answered(desk, case, second):
    handling.case_reopen(case=case, reason=REASON)
    triage.case_assign(case=case, actor=desk.clerk, officer=second)
    with pytest.raises(TransitionRefusedError, match="chưa từng xử lý"):
        triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer)
    third = make_officer("xuly-ba", Role.HANDLER, unit=desk.unit)
    triage.case_assign(case=case, actor=desk.clerk, officer=third)
    assert triage.case_assign(case=case, actor=desk.clerk, officer=second).officer == second


def test_who_had_it_in_hand_or_wrote_the_answer_counts_though_another_was_officer_last(desk, second):
    """The leader wrote what was approved, the officer had it first; the last officer is a third person."""
    boss = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    case = factories.in_progress(desk)
    triage.case_assign(case=case, actor=desk.clerk, officer=second)
    answers.answer_save_and_submit(case=case, actor=desk.leader, body="Đã sửa.", outcome="explained")
    answers.answer_approve(case=case, actor=boss)
    handling.case_review(case=case, actor=boss, reason="Xem lại.")
    for former in (desk.officer, second, desk.leader):
        with pytest.raises(TransitionRefusedError, match="chưa từng xử lý"):
            triage.case_assign(case=case, actor=desk.clerk, officer=former)
    third = make_officer("xuly-ba", Role.HANDLER, unit=desk.unit)
    assert triage.case_assign(case=case, actor=desk.clerk, officer=third).officer == third


def test_a_correction_does_not_bring_it_back_either(desk, case):
    handling.case_reopen(case=case, reason=REASON)
    for target in (CaseState.IN_PROGRESS, CaseState.ASSIGNED):
        with pytest.raises(TransitionRefusedError, match="chưa từng xử lý"):
            triage.case_correct(case=case, actor=desk.leader, target=target, reason="Nhầm")
    triage.case_correct(case=case, actor=desk.leader, target=CaseState.ACCEPTED, reason="Nhầm")
    with pytest.raises(TransitionRefusedError, match="chưa từng xử lý"):
        triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer)


def test_an_answer_of_the_second_round_does_not_bar_its_own_officer(desk, case, second):
    """Answered, then corrected back into work: who works on it now goes on."""
    handling.case_reopen(case=case, reason=REASON)
    triage.case_assign(case=case, actor=desk.clerk, officer=second)
    answers.answer_save_and_submit(case=case, actor=second, body="Đã sửa cả.", outcome="explained")
    answers.answer_approve(case=case, actor=desk.leader)
    boss = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    triage.case_correct(case=case, actor=boss, target=CaseState.IN_PROGRESS, reason="Gửi nhầm bản")
    assert triage.case_assign(case=case, actor=desk.clerk, officer=second).officer == second


def test_the_desk_does_not_offer_who_would_be_refused(desk, case, second):
    def offered(case):
        return set(AssignForm(case=case, actor=desk.clerk).fields["officer"].queryset)

    assert desk.officer in offered(case)
    handling.case_reopen(case=case, reason=REASON)
    assert offered(case) == {second, desk.leader}
