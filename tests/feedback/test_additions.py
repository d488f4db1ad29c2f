"""What a sender writes of their own accord while the case is open."""

from django.core import mail

import pytest

from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.codes import code_digest
from feedback.enums import CaseState
from feedback.models import Case
from feedback.services.answers import answer_approve
from feedback.services.handling import MOST_ADDED, case_add
from feedback.services.moves import CaseChangedError, TransitionRefusedError
from feedback.services.triage import case_quarantine
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
CODE, WORDS = "KKKK-MMMM-PPPP", "Hôm qua quạt thứ tư cũng hỏng."
ADD = f"{FOLLOW}viet-them/"
FORM = f'action="{ADD}"'


def with_code(case):
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE.replace("-", "")))
    return Case.objects.get(pk=case.pk)


def follow(client, second="0345"):
    return client.post(FOLLOW, {"code": CODE, "second": second, "reference": ""}).content.decode()


@pytest.mark.parametrize("make", [lambda desk: factories.submitted(desk.unit), factories.accepted, factories.proposed])
def test_the_sender_adds_words_while_the_case_is_open(desk, client, make):
    case = with_code(make(desk))
    before = (case.state, case.due_on)
    assert FORM in follow(client)
    answer = client.post(ADD, {"more": WORDS})
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.due_on) == before
    assert case.messages.get().body == WORDS
    assert "Bạn viết thêm thông tin" in answer.content.decode()


def test_the_officer_is_told_without_the_words(desk):
    case = factories.in_progress(desk)
    mails_send_due()
    mail.outbox.clear()
    case_add(case=case, text=WORDS)
    mails_send_due()
    (letter,) = mail.outbox
    assert letter.to == [desk.officer.email]
    assert WORDS not in letter.subject + letter.body


def test_an_answer_made_without_them_is_not_approved_unseen(desk):
    case = factories.proposed(desk)
    seen = case.version
    case_add(case=case, text=WORDS)
    with pytest.raises(CaseChangedError):
        answer_approve(case=case, actor=desk.leader, expected_version=seen)


def test_sent_twice_it_is_one_message_and_there_is_an_end(desk):
    case = factories.in_progress(desk)
    for _press in range(2):
        case_add(case=case, text=WORDS)
    assert case.messages.count() == 1
    for number in range(MOST_ADDED - 1):
        case_add(case=case, text=f"Thêm điều thứ {number}.")
    with pytest.raises(TransitionRefusedError, match="nhiều lần"):
        case_add(case=case, text="Thêm nữa.")


def test_when_it_is_over_or_the_office_asks_there_is_no_such_door(desk, client):
    for case in (factories.answered(desk), factories.declined(desk)):
        with_code(case)
        assert FORM not in follow(client)
        assert client.post(ADD, {"more": WORDS}).status_code == 409
        Case.objects.filter(pk=case.pk).update(code_digest=code_digest(case.reference))
    with_code(factories.waiting(desk))
    assert FORM not in follow(client)


def test_the_code_alone_and_nobody_at_all_add_nothing(desk, client):
    case = with_code(factories.in_progress(desk))
    assert client.post(ADD, {"more": WORDS}).status_code == 302
    assert FORM not in follow(client, second="")
    assert client.post(ADD, {"more": WORDS}).status_code == 302
    assert client.get(ADD).status_code == 405
    assert not case.messages.exists()


@pytest.mark.parametrize("words", ["", "\u200b \u3164", "a", "x" * 5_001, "\x00" * 9])
def test_words_that_say_nothing_are_refused_beside_the_field(desk, client, words):
    case = with_code(factories.in_progress(desk))
    follow(client)
    answer = client.post(ADD, {"more": words})
    assert answer.status_code == 422
    assert 'href="#id_more"' in answer.content.decode()
    assert not case.messages.exists()


def test_spam_is_not_told_that_it_is_spam(desk, client):
    case = with_code(factories.submitted(desk.unit))
    case_quarantine(case=case, actor=desk.clerk)
    assert FORM in follow(client)
    assert client.post(ADD, {"more": WORDS}).status_code == 200
    case.refresh_from_db()
    assert case.state == CaseState.QUARANTINED
