"""A mail is queued with the change that causes it, leaves once, is tried again, and never is lost in silence."""

import logging
import smtplib
import socket
import threading
from datetime import timedelta

from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

import pytest
import time_machine

from cms.core import ports
from cms.core.enums import MailState
from cms.core.models import LedgerEvent, OutboxMail
from cms.core.ports import MailKind, RenderedMail
from cms.core.services import outbox
from cms.core.services.outbox import LEASE, MAX_TRIES, RETRY_AFTER, mail_queue, mails_retry_dead, mails_send_due
from tests.parallel import together

ADDRESS = "nguoi.gui.bi.mat@example.vn"
WORDS = "Nội dung riêng của người gửi"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Kinds of their own: a plain mail, one that lost its reason, one that cannot be made."""
    registry = ports.Registry("mail")
    registry.register(MailKind("answer", "Trả lời", render))
    registry.register(MailKind("gone", "Đã xoá địa chỉ", lambda _reference: None))
    registry.register(MailKind("broken", "Không lập được", fail))
    monkeypatch.setattr(outbox, "mail_kinds", registry)


def render(reference):
    return RenderedMail(
        to=ADDRESS,
        subject=f"Phản ánh {reference['case']}\r\nBcc: kẻ khác",
        text=WORDS,
        html=f"<p>{WORDS}</p>",
        attachments=(("thư.txt", b"x", "text/plain"),),
    )


def fail(_reference):
    raise ValueError(f"cannot send to {ADDRESS}: {WORDS}")


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("quantri")


class RefusingBackend(BaseEmailBackend):
    """A mail server that answers with what it was sent, as real ones do."""

    def send_messages(self, _messages):
        raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, WORDS.encode())})


class DataErrorBackend(BaseEmailBackend):
    def send_messages(self, _messages):
        raise smtplib.SMTPDataError(451, f"try later, {ADDRESS}".encode())


def queue(kind="answer", key="answer:1", **values):
    return mail_queue(kind=kind, reference={"case": "PA-2026-000001"}, dedupe_key=key, **values)


def send_later():
    """Let the time between two tries pass, then let a worker look once."""
    with time_machine.travel(timezone.now() + RETRY_AFTER + timedelta(seconds=1), tick=False):
        sent = mails_send_due()
    OutboxMail.objects.waiting().update(next_try_at=timezone.now() - timedelta(seconds=1))
    return sent


@pytest.mark.django_db(transaction=True)
class TestQueue:
    def test_a_rolled_back_change_leaves_no_mail(self, mailoutbox):
        with pytest.raises(RuntimeError), transaction.atomic():
            queue()
            raise RuntimeError
        assert not OutboxMail.objects.exists()
        assert mails_send_due() == 0
        assert mailoutbox == []

    def test_nothing_leaves_before_the_change_is_stored(self, mailoutbox):
        with transaction.atomic():
            queue()
            assert mailoutbox == []
        assert mails_send_due() == 1

    def test_several_requests_at_once_with_one_key_queue_one_mail(self):
        queued = together(*[queue] * 6)
        assert len({mail.pk for mail in queued}) == 1
        assert OutboxMail.objects.count() == 1

    def test_two_workers_never_send_the_same_mail(self, mailoutbox, settings):
        for number in range(40):
            queue(key=f"answer:{number}")
        sent = together(*[mails_send_due] * 4)
        assert sum(sent) == 40
        ids = [message.extra_headers["Message-ID"] for message in mailoutbox]
        assert len(ids) == len(set(ids)) == 40

    def test_a_mail_that_is_being_sent_is_not_taken_by_another(self, mailoutbox, monkeypatch):
        """The second worker looks while the first one talks to the server."""
        queue()
        talking, go_on = threading.Event(), threading.Event()

        def slow(self, _messages):
            talking.set()
            assert go_on.wait(timeout=30)
            return 1

        def second():
            assert talking.wait(timeout=30)
            try:
                return mails_send_due()
            finally:
                go_on.set()

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", slow)
        assert together(mails_send_due, second) == [1, 0]


@pytest.mark.django_db
class TestOneMail:
    def test_it_leaves_and_says_so(self, mailoutbox):
        mail = queue()
        assert mails_send_due() == 1
        mail.refresh_from_db()
        assert (mail.state, mail.tries, mail.last_error) == (MailState.SENT, 1, "")
        assert mail.finished_at is not None
        [message] = mailoutbox
        assert message.to == [ADDRESS]
        assert message.body == WORDS
        assert message.alternatives[0][0] == f"<p>{WORDS}</p>"
        assert message.attachments[0][0] == "thư.txt"

    def test_a_line_break_in_the_subject_makes_no_second_header(self, mailoutbox):
        queue()
        mails_send_due()
        headers = mailoutbox[0].message()
        assert headers["Bcc"] is None
        assert mailoutbox[0].subject == "Phản ánh PA-2026-000001 Bcc: kẻ khác"

    def test_once_sent_it_is_not_sent_again(self, mailoutbox):
        queue()
        assert [mails_send_due(), send_later()] == [1, 0]
        assert len(mailoutbox) == 1

    def test_the_same_key_again_is_the_same_mail_even_after_sending(self, mailoutbox):
        first = queue()
        mails_send_due()
        assert queue().pk == first.pk
        assert mails_send_due() == 0

    def test_not_before_its_time(self, mailoutbox):
        queue(not_before=timezone.now() + timedelta(hours=1))
        assert mails_send_due() == 0
        with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1), tick=False):
            assert mails_send_due() == 1

    def test_the_oldest_leaves_first_and_at_most_so_many_at_a_time(self, mailoutbox):
        now = timezone.now()
        for minutes in (1, 3, 2):
            queue(key=f"answer:{minutes}", not_before=now - timedelta(minutes=minutes))
        assert mails_send_due(limit=2) == 2
        assert list(OutboxMail.objects.waiting().values_list("dedupe_key", flat=True)) == ["answer:1"]

    def test_a_mail_that_lost_its_reason_is_cancelled(self, mailoutbox):
        mail = queue("gone")
        assert mails_send_due() == 0
        mail.refresh_from_db()
        assert mail.state == MailState.CANCELLED
        assert mail.finished_at is not None
        assert mailoutbox == []

    def test_an_unknown_kind_is_refused_at_once(self):
        with pytest.raises(KeyError):
            queue("nobody-registered-this")
        assert not OutboxMail.objects.exists()

    def test_a_kind_that_a_new_version_no_longer_knows_is_kept_and_shown(self):
        mail = queue()
        OutboxMail.objects.update(kind="old")
        assert mails_send_due() == 0
        mail.refresh_from_db()
        assert (mail.state, mail.last_error) == (MailState.WAITING, "KeyError")

    @pytest.mark.parametrize("sender", ["cong@so.example.vn", "Sở Giáo dục <cong@so.example.vn>"])
    def test_the_message_id_is_of_the_senders_domain(self, settings, sender):
        settings.DEFAULT_FROM_EMAIL = sender
        mail = queue()
        assert mail.message_id.startswith("<")
        assert mail.message_id.endswith("@so.example.vn>")
        assert mail.message_id.count(">") == 1


@pytest.mark.django_db
class TestTryingAgain:
    @pytest.fixture(autouse=True)
    def no_server(self, settings):
        settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"

    def test_a_failed_mail_waits_five_minutes(self):
        mail = queue()
        assert mails_send_due() == 0
        mail.refresh_from_db()
        assert (mail.state, mail.tries, mail.leased_until) == (MailState.WAITING, 1, None)
        assert abs(mail.next_try_at - timezone.now() - RETRY_AFTER) < timedelta(seconds=10)
        assert mails_send_due() == 0
        mail.refresh_from_db()
        assert mail.tries == 1

    def test_it_leaves_when_the_server_is_back_under_the_same_id(self, settings, mailoutbox):
        mail = queue()
        mails_send_due()
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_later() == 1
        assert mailoutbox[0].extra_headers["Message-ID"] == mail.message_id
        mail.refresh_from_db()
        assert (mail.state, mail.tries) == (MailState.SENT, 2)

    def test_after_48_tries_it_is_dead_and_visible(self):
        mail = queue()
        for turn in range(1, MAX_TRIES + 1):
            send_later()
            mail.refresh_from_db()
            assert (mail.tries, mail.state) == (turn, MailState.DEAD if turn == MAX_TRIES else MailState.WAITING)
        assert MAX_TRIES == 48
        assert mail.finished_at is not None
        assert list(OutboxMail.objects.dead()) == [mail]
        assert send_later() == 0
        mail.refresh_from_db()
        assert mail.tries == MAX_TRIES

    def test_dead_mails_get_another_round_when_somebody_says_so(self, settings, mailoutbox, administrator):
        mail = queue()
        OutboxMail.objects.update(state=MailState.DEAD, tries=MAX_TRIES, finished_at=timezone.now())
        assert mails_retry_dead(actor=administrator) == 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert mails_send_due() == 1
        mail.refresh_from_db()
        assert (mail.state, mail.tries) == (MailState.SENT, 1)
        event = LedgerEvent.objects.get()
        assert (event.verb, event.actor, event.data) == ("outbox.retried", administrator, {"count": 1})

    @pytest.mark.parametrize("state", [MailState.SENT, MailState.CANCELLED, MailState.WAITING])
    def test_only_dead_mails_are_revived(self, administrator, state):
        mail = queue()
        OutboxMail.objects.update(state=state, tries=5)
        assert mails_retry_dead(actor=administrator) == 0
        mail.refresh_from_db()
        assert (mail.state, mail.tries) == (state, 5)

    def test_whoever_may_not_see_the_outbox_revives_nothing(self, django_user_model):
        queue()
        OutboxMail.objects.update(state=MailState.DEAD)
        with pytest.raises(PermissionDenied):
            mails_retry_dead(actor=django_user_model.objects.create_user("canbo"))
        assert OutboxMail.objects.dead().count() == 1

    def test_a_broken_mail_does_not_hold_up_the_others(self, settings, mailoutbox):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        queue("broken", "broken:1", not_before=timezone.now() - timedelta(minutes=1))
        queue()
        assert mails_send_due() == 1

    def test_a_mail_whose_worker_died_is_taken_over_when_its_lease_ends(self, settings, mailoutbox):
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        queue()
        OutboxMail.objects.update(leased_until=timezone.now() + LEASE, tries=1)
        assert mails_send_due() == 0
        with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1), tick=False):
            assert mails_send_due() == 1

    def test_a_slow_worker_does_not_undo_what_the_next_one_did(self, settings, mailoutbox):
        """Its lease ended, another worker sent the mail, and only then did the first one fail."""
        queue()
        slow = outbox._take_next()
        OutboxMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert mails_send_due() == 1
        settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
        outbox._send(slow)
        slow.refresh_from_db()
        assert slow.state == MailState.SENT


@pytest.mark.django_db
class TestSecrecy:
    """The address is read and the text is made when the mail leaves; neither is kept anywhere."""

    @pytest.mark.parametrize(
        ("kind", "backend", "reason"),
        [
            ("answer", "django.core.mail.backends.locmem.EmailBackend", ""),
            ("answer", f"{__name__}.RefusingBackend", "SMTPRecipientsRefused"),
            ("answer", f"{__name__}.DataErrorBackend", "SMTPDataError 451"),
            ("broken", "django.core.mail.backends.locmem.EmailBackend", "ValueError"),
        ],
    )
    def test_neither_the_row_nor_the_log_tells(self, settings, caplog, kind, backend, reason):
        settings.EMAIL_BACKEND = backend
        with caplog.at_level(logging.DEBUG):
            mail = queue(kind)
            mails_send_due()
        row = str(OutboxMail.objects.values().get(pk=mail.pk))
        assert OutboxMail.objects.get(pk=mail.pk).last_error == reason
        for told in (row, caplog.text):
            assert ADDRESS not in told
            assert WORDS not in told

    def test_the_log_names_the_mail_the_fault_and_its_place(self, caplog):
        mail = queue("broken")
        with caplog.at_level(logging.WARNING):
            mails_send_due()
        assert f"mail {mail.pk} not sent, try 1: ValueError at " in caplog.text
        assert "test_outbox.py:" in caplog.text


@pytest.mark.django_db
def test_a_server_that_refuses_the_connection(settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, not listening: whoever connects is refused
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = nobody.getsockname()
        mail = queue()
        assert mails_send_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.WAITING, "ConnectionRefusedError")


@pytest.mark.django_db
def test_a_server_that_hangs_up_in_the_middle(settings):
    """It greets, and is gone before it takes the mail."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            connection, _address = server.accept()
            connection.sendall(b"220 xin chao\r\n")
            connection.close()

        thread = threading.Thread(target=greet)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 5
        mail = queue()
        assert mails_send_due() == 0
        thread.join(timeout=10)
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    assert mail.last_error.startswith(("SMTP", "Connection", "BrokenPipe"))
    assert django_mail.outbox == []
