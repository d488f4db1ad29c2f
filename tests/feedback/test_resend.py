"""“Send me my codes again”: whoever reads the mailbox gets new codes, and nobody else learns anything."""

import re
import secrets

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest
from captcha.models import CaptchaStore
from django_tasks_db.models import DBTaskResult

from cms.core.models import LedgerEvent, OutboxMail, RateWindow
from cms.core.services.limits import LIMITS
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.codes import grouped
from feedback.models import Case
from feedback.services.resend import codes_ask, codes_send
from feedback.services.submission import case_submit
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
RESEND = f"{FOLLOW}gui-lai-ma/"
ADDRESS = factories.ENTRY.email
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


def sent(unit=None, **changes) -> tuple[Case, str]:
    made = case_submit(form_token=secrets.token_urlsafe(24), entry=factories.entry(unit, **changes))
    OutboxMail.objects.all().delete()
    return made.case, grouped(made.code)


def codes_mailed() -> list[str]:
    work_through()
    mail.outbox.clear()
    mails_send_due()
    return [CODE.search(letter.body)[0] for letter in mail.outbox if CODE.search(letter.body)]


def work_through() -> None:
    """Do what the worker would: every wish for codes that was handed over."""
    for row in DBTaskResult.objects.filter(task_path="feedback.tasks.send_codes").order_by("enqueued_at"):
        codes_send(reference=row.args_kwargs["args"][0], token=row.args_kwargs["args"][1])
        row.delete()


def codes_resend(*, email, network="192.0.2.1") -> int:
    """Ask for codes and let the worker send them at once."""
    asked = codes_ask(email=email, network=network)
    return codes_send(reference=asked.reference, token=asked.token) if asked else 0


def press(client, email=ADDRESS, *, right=True):
    """Open the page, read the picture, press."""
    sealed = re.search(r'name="giay" value="([^"]+)"', client.get(RESEND).content.decode())[1]
    answer = CaptchaStore.objects.order_by("-pk").first().response if right else "0"
    return client.post(RESEND, {"giay": sealed, "email": email, "captcha_1": answer})


def opens(client, code) -> bool:
    RateWindow.objects.all().delete()
    return client.post(FOLLOW, {"code": code, "second": "", "reference": ""}).status_code == 200


def test_every_case_of_the_address_gets_a_letter_with_a_code_that_opens_it(client, desk):
    sent(desk.unit)
    sent(desk.unit, title="Cổng trường ngập nước")
    other, _code = sent(desk.unit, email="nguoi.khac@thu.example.vn")
    assert press(client, ADDRESS.upper()).url == f"{RESEND}da-gui/"
    codes = codes_mailed()
    assert len(set(codes)) == 2
    assert all(letter.to == [ADDRESS] for letter in mail.outbox)
    assert all(opens(client, code) for code in codes)
    other.refresh_from_db()
    assert other.next_code_digest is None


def test_the_old_code_lives_until_the_new_one_is_used(client, desk):
    case, old = sent(desk.unit)
    codes_resend(email=ADDRESS)
    (new,) = codes_mailed()
    assert opens(client, old)
    assert opens(client, new)
    assert not opens(client, old)
    assert opens(client, new)
    assert LedgerEvent.objects.about("case", case.reference).filter(verb="case.code_changed").count() == 1


def test_of_two_letters_only_the_last_one_counts(client, desk):
    sent(desk.unit)
    codes_resend(email=ADDRESS)
    (first,) = codes_mailed()
    codes_resend(email=ADDRESS)
    (second,) = codes_mailed()
    assert not opens(client, first)
    assert opens(client, second)


def test_a_letter_that_a_later_one_made_worthless_does_not_leave(desk):
    sent(desk.unit)
    codes_resend(email=ADDRESS)
    codes_resend(email=ADDRESS)
    assert len(codes_mailed()) == 1


def test_known_and_unknown_addresses_are_answered_alike(client, desk):
    sent(desk.unit)
    known, unknown = press(client), press(client, "khong.ai@thu.example.vn")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert client.get(known.url).content == client.get(unknown.url).content


def test_no_code_stands_in_the_outbox_nor_in_the_ledger(desk):
    _case, _old = sent(desk.unit)
    codes_resend(email=ADDRESS)
    (new,) = codes_mailed()
    kept = str(list(OutboxMail.objects.values())) + str(list(LedgerEvent.objects.values()))
    assert new not in kept
    assert new.replace("-", "") not in kept
    assert ADDRESS not in kept
    assert new not in mail.outbox[0].subject


def test_an_erased_sender_gets_no_letter(desk):
    case, _old = sent(desk.unit)
    codes_resend(email=ADDRESS)
    case.sender.delete()
    assert codes_mailed() == []
    assert codes_resend(email=ADDRESS) == 0


def test_a_wrong_captcha_sends_nothing_and_keeps_the_address(client, desk):
    sent(desk.unit)
    answer = press(client, right=False)
    assert answer.status_code == 422
    assert ADDRESS in answer.content.decode()
    assert codes_mailed() == []


@pytest.mark.parametrize("email", ["", "không phải thư", "a@b", "\x00@x.vn", "a" * 400 + "@x.vn"])
def test_a_bad_address_is_told_beside_its_field(client, email):
    answer = press(client, email)
    assert answer.status_code == 422
    assert 'id="id_email_loi"' in answer.content.decode()


def test_nobody_floods_a_mailbox_from_one_network_nor_from_many(desk):
    sent(desk.unit)
    most, in_all = LIMITS["code_resend_same"].count, LIMITS["code_resend_mailbox"].count
    assert [codes_resend(email=ADDRESS) for _turn in range(most + 2)] == [1] * most + [0, 0]
    RateWindow.objects.all().delete()
    tried = [codes_resend(email=ADDRESS, network=f"192.0.2.{turn}") for turn in range(in_all + 2)]
    assert tried == [1] * in_all + [0, 0]


def test_a_stranger_uses_up_nothing_of_the_senders(desk):
    sent(desk.unit)
    for _turn in range(LIMITS["code_resend_same"].count + 3):
        codes_resend(email=ADDRESS, network="198.51.100.7")
    assert codes_resend(email=ADDRESS.upper(), network="192.0.2.1") == 1


def test_who_used_them_up_has_sent_a_code_that_works(client, desk):
    sent(desk.unit)
    for turn in range(LIMITS["code_resend_mailbox"].count + 5):
        codes_resend(email=ADDRESS, network=f"198.51.100.{turn}")
    (last,) = codes_mailed()
    assert opens(client, last)


def statements(client, email) -> list[str]:
    """Every statement of one press, without the values in it."""
    sealed = re.search(r'name="giay" value="([^"]+)"', client.get(RESEND).content.decode())[1]
    answer = CaptchaStore.objects.order_by("-pk").first().response
    with CaptureQueriesContext(connection) as asked:
        client.post(RESEND, {"giay": sealed, "email": email, "captcha_1": answer})
    return [re.sub(r"'[^']*'|\b\d+\b|\bs\d+_x\d+\b", "?", query["sql"]) for query in asked]


def test_known_and_unknown_addresses_cost_the_same_work(client, desk):
    for number in range(4):
        sent(desk.unit, title=f"Việc thứ {number}")
    sent(desk.unit, email="mot.viec@thu.example.vn")
    statements(client, "lan.dau@thu.example.vn")  # what is asked once a process
    many, one, none = (statements(client, f"{name}@thu.example.vn") for name in ("sen.mau", "mot.viec", "khong.ai"))
    assert many == one == none
    assert DBTaskResult.objects.filter(task_path="feedback.tasks.send_codes").count() == 4
    assert not OutboxMail.objects.exists()
    assert len(codes_mailed()) == 5


def test_what_waits_for_the_worker_is_nobodys_address(client, desk):
    sent(desk.unit)
    press(client)
    assert ADDRESS not in str(list(DBTaskResult.objects.values()))
    (code,) = codes_mailed()
    assert code.replace("-", "") not in str(list(OutboxMail.objects.values()))


def test_a_worker_that_does_it_twice_sends_nothing_twice(desk):
    case, _old = sent(desk.unit)
    asked = codes_ask(email=ADDRESS, network="192.0.2.1")
    for _turn in range(2):
        codes_send(reference=asked.reference, token=asked.token)
    assert asked.reference == case.reference
    assert len(codes_mailed()) == 1


def test_an_old_page_keeps_the_address(client):
    answer = client.post(RESEND, {"giay": "cu", "email": ADDRESS, "captcha_1": "1"})
    assert answer.status_code == 422
    assert ADDRESS in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_one_solved_captcha_sends_once(client, desk):
    sent(desk.unit)
    sent(desk.unit, email="nguoi.khac@thu.example.vn")
    page = press(client, "").content.decode()
    sealed = re.search(r'name="giay" value="([^"]+)"', page)[1]
    for email in (ADDRESS, "nguoi.khac@thu.example.vn"):
        assert client.post(RESEND, {"giay": sealed, "email": email}).url == f"{RESEND}da-gui/"
    assert len(codes_mailed()) == 1
