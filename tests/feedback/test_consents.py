"""A sender takes back what they agreed to: what is public goes at once, the case goes on."""

from django.core import mail

import pytest

from cms.core.models import LedgerEvent
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.codes import code_digest
from feedback.enums import CaseState, NameShown
from feedback.models import Case, PublicCase
from feedback.services.consents import consents_held, consents_take_back
from feedback.services.handling import case_review
from feedback.services.publication import not_publishable_because
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
CODE = "KKKK-MMMM-PPPP"
BACK = f"{FOLLOW}dong-y/"
FORM = f'action="{BACK}"'


def with_code(case):
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE.replace("-", "")))
    return Case.objects.get(pk=case.pk)


def follow(client, second="0345"):
    return client.post(FOLLOW, {"code": CODE, "second": second, "reference": ""}).content.decode()


def test_what_was_published_goes_at_once_and_the_address_says_why(desk, client):
    copy = factories.published(desk)
    case = with_code(copy.case)
    assert FORM in follow(client)
    answer = client.post(BACK, {"back": ["publish"]})
    assert "Đã rút lại" in answer.content.decode()
    gone = client.get(copy.get_absolute_url())
    assert gone.status_code == 410
    assert "không còn đồng ý đăng công khai" in gone.content.decode()
    case = Case.objects.get(pk=case.pk)
    assert case.state == CaseState.ANSWERED
    assert "không đồng ý" in not_publishable_because(case)
    event = LedgerEvent.objects.about("case", case.reference).get(verb="case.consent_taken_back")
    assert event.data["purpose"] == "publish"
    assert event.data["notice"] == factories.ENTRY.notice_version
    assert consents_held(case) == ["contact"]


def test_no_more_news_but_the_answer_itself(desk):
    case = factories.answered(desk)
    consents_take_back(case=case, names=["contact"])
    mails_send_due()
    mail.outbox.clear()
    case_review(case=Case.objects.get(pk=case.pk), actor=desk.leader, reason="Xem lại.")
    mails_send_due()
    assert factories.ENTRY.email not in [letter.to[0] for letter in mail.outbox]


def test_a_name_is_shown_no_more_and_words_that_tell_it_take_the_copy_down(desk, client):
    plain = factories.published(desk, name_shown=NameShown.FULL)
    assert plain.shown_name == factories.ENTRY.name
    consents_take_back(case=plain.case, names=["named"])
    assert factories.ENTRY.name not in client.get(plain.get_absolute_url()).content.decode()
    assert PublicCase.objects.public().filter(pk=plain.pk).exists()
    told = factories.published(desk, name_shown=NameShown.FULL)
    PublicCase.objects.filter(pk=told.pk).update(answer=f"Cảm ơn bà {factories.ENTRY.name}.")
    consents_take_back(case=Case.objects.get(pk=told.case_id), names=["named"])
    assert client.get(told.get_absolute_url()).status_code == 410


def test_the_code_alone_takes_nothing_back(desk, client):
    case = with_code(factories.answered(desk))
    assert FORM not in follow(client, second="")
    assert client.post(BACK, {"back": ["publish"]}).status_code == 302
    assert client.get(BACK).status_code == 405
    assert consents_held(Case.objects.get(pk=case.pk)) == ["publish", "contact"]


@pytest.mark.parametrize("names", [[], ["handle"], ["named"], ["publish", "khac"], ["\x00"]])
def test_what_was_never_agreed_to_is_refused_beside_the_box(desk, client, names):
    case = with_code(factories.answered(desk))
    follow(client)
    answer = client.post(BACK, {"back": names})
    assert answer.status_code == 422
    assert 'id="rut-dong-y" open' in answer.content.decode()
    assert consents_held(Case.objects.get(pk=case.pk)) == ["publish", "contact"]


def test_who_kept_everything_back_is_offered_nothing(desk, client):
    with_code(factories.answered(desk, consents=("handle",)))
    assert FORM not in follow(client)
