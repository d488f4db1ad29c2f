"""What was confirmed is kept: SIGKILL the moment after, and the case, its file, its mail and its code are there."""

import contextlib
import threading

import pytest
import requests

from tests.drills.citizen import BODY, TITLE, Citizen
from tests.waiting import wait_until

COUNT = """
from feedback.models import Attachment, Case
print(Case.objects.count(), Attachment.objects.count())
"""
# Every check that an app handed in, the chain of the ledger among them.
FAULTS = """
from cms.core.ports import integrity_checks
faults = [fault for check in integrity_checks for fault in check.run()]
print(faults, len(faults))
"""


@pytest.fixture
def citizen(portal):
    return Citizen(portal.start())


def counted(portal) -> tuple[int, int]:
    """Return how many cases and attachments there are."""
    return tuple(map(int, portal.manage("shell", "-v", "0", "-c", COUNT).split()[-2:]))


def test_a_confirmed_case_survives_a_kill(portal, citizen):
    answers = citizen.fill_up_to_review()
    confirmation = citizen.send(answers, follow=False)
    portal.kill()
    assert confirmation.status_code == 302
    portal.start()
    reference, code = citizen.receipt()
    assert reference.startswith("PA-")
    assert counted(portal) == (1, 1)
    stranger = Citizen(portal)
    said = stranger.follow(code)
    assert reference in said
    assert TITLE in said
    assert BODY in said


def test_the_attachment_can_still_be_opened_by_its_sender(portal, citizen):
    citizen.send(citizen.fill_up_to_review(), follow=False)
    portal.kill()
    portal.start()
    _reference, code = citizen.receipt()
    citizen.follow(code)
    link = citizen.page.select_one("a[href*='/tra-cuu/tep/']")["href"]
    assert citizen.session.get(portal.url + link, timeout=30).content.startswith(b"%PDF")


def test_the_same_form_sent_twice_is_one_case(portal, citizen):
    target, data = citizen.form(citizen.fill_up_to_review())
    replies = []
    senders = [
        threading.Thread(
            target=lambda: replies.append(
                requests.post(target, data, cookies=citizen.session.cookies, timeout=60, allow_redirects=False)
            )
        )
        for _press in range(2)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    first = citizen.receipt()
    assert [reply.status_code < 500 for reply in replies] == [True, True]
    assert counted(portal) == (1, 1)
    assert citizen.receipt() == first


def test_killed_while_the_form_is_on_its_way_a_second_try_gives_one_case(portal, citizen):
    target, data = citizen.form(citizen.fill_up_to_review())

    def press():
        # The server is killed under this request: no answer is as right as one, what is stored is asked below.
        with contextlib.suppress(requests.RequestException):
            requests.post(target, data, cookies=citizen.session.cookies, timeout=60, allow_redirects=False)

    sender = threading.Thread(target=press)
    sender.start()
    portal.kill()
    sender.join()
    portal.start()
    citizen.open("/phan-anh-kien-nghi/gui/xem-lai/")
    if citizen.page.select_one("input[name=captcha_0]"):
        citizen.send({"Mã xác nhận": citizen.captcha()}, follow=False)
    elif not citizen.page.select_one("[data-testid=tracking-code]"):
        citizen.send({}, follow=False)
    _reference, code = citizen.receipt()
    assert code
    assert counted(portal) == (1, 1)


def test_the_books_are_in_order_after_a_kill(portal, citizen):
    citizen.send(citizen.fill_up_to_review(), follow=False)
    portal.kill()
    portal.start()
    wait_until(lambda: portal.answers("/readyz"), "the worker goes on")
    assert portal.manage("shell", "-v", "0", "-c", FAULTS).split()[-1] == "0"
