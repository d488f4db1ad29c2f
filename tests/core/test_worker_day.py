"""A worker as it really runs, loop and all: a page goes live at its hour, a mail leaves, a failed one leaves later."""

import dataclasses
import threading
from datetime import timedelta

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

import pytest

from cms.core import ports
from cms.core.enums import MailState
from cms.core.models import JobState, OutboxMail
from cms.core.ports import MailKind, RenderedMail
from cms.core.services import outbox, schedule
from cms.core.services.outbox import mail_queue
from cms.core.worker import PortalWorker
from cms.pages.models import StandardPage
from tests.waiting import wait_until

SOON = timedelta(seconds=0.5)


class SometimesRefusing(EmailBackend):
    """A mail server that is away the first time it is asked."""

    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        if type(self).asked == 1:
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def impatient_jobs(monkeypatch):
    """The house's own jobs, every half second instead of every few."""
    registry = ports.Registry("job")
    for job in ports.jobs:
        registry.register(dataclasses.replace(job, every=SOON))
    monkeypatch.setattr(schedule, "jobs", registry)


@pytest.fixture
def a_mail(monkeypatch):
    """Return a function that queues one mail."""
    kinds = ports.Registry("mail")
    kinds.register(MailKind("note", "Thư", lambda _reference: RenderedMail("a@so.example.vn", "Thư", "Chữ")))
    monkeypatch.setattr(outbox, "mail_kinds", kinds)
    return lambda key: mail_queue(kind="note", reference={}, dedupe_key=key)


@pytest.fixture
def working(impatient_jobs, transactional_db):
    """Return a function that starts workers; they are stopped at the end, and must have stopped by themselves."""
    workers, threads = [], []

    def start(count=1):
        for number in range(count):
            worker = PortalWorker(name=f"w{number}", interval=0.05)
            thread = threading.Thread(target=run, args=[worker])
            workers.append(worker)
            threads.append(thread)
            thread.start()

    def run(worker):
        try:
            worker.run()
        finally:
            connection.close()

    yield start
    for worker in workers:
        worker.running = False
    for thread in threads:
        thread.join(timeout=30)
    assert not [thread for thread in threads if thread.is_alive()]


@pytest.mark.django_db(transaction=True)
class TestDay:
    def test_a_page_goes_live_at_its_hour(self, site_tree, working, client):
        page = StandardPage(title="Hẹn giờ", slug="hen-gio", intro="x", live=False)
        page.go_live_at = timezone.now() + timedelta(seconds=2)
        site_tree.add_child(instance=page)
        page.save_revision().publish()
        assert client.get("/hen-gio/").status_code == 404
        working()
        wait_until(lambda: client.get("/hen-gio/").status_code == 200, "the page is live", seconds=60)
        assert timezone.now() >= page.go_live_at

    def test_and_comes_down_at_its_hour(self, site_tree, working, client):
        page = StandardPage(title="Hết hạn", slug="het-han", intro="x")
        page.expire_at = timezone.now() + timedelta(seconds=2)
        site_tree.add_child(instance=page)
        page.save_revision().publish()
        assert client.get("/het-han/").status_code == 200
        working()
        wait_until(lambda: client.get("/het-han/").status_code == 404, "the page is gone", seconds=60)

    def test_mails_leave_once_though_two_workers_look(self, working, a_mail, mailoutbox):
        mails = [a_mail(str(number)) for number in range(10)]
        working(count=2)
        wait_until(lambda: not OutboxMail.objects.waiting().exists(), "all mails left", seconds=60)
        ids = sorted(message.extra_headers["Message-ID"] for message in mailoutbox)
        assert ids == sorted(mail.message_id for mail in mails)

    def test_a_mail_that_failed_is_sent_when_the_server_is_back(
        self, working, a_mail, mailoutbox, settings, monkeypatch
    ):
        monkeypatch.setattr(SometimesRefusing, "asked", 0)
        monkeypatch.setattr(outbox, "RETRY_AFTER", SOON)
        settings.EMAIL_BACKEND = f"{__name__}.SometimesRefusing"
        mail = a_mail("one")
        working()
        wait_until(lambda: OutboxMail.objects.get().state == MailState.SENT, "the mail left", seconds=60)
        mail.refresh_from_db()
        assert (mail.tries, len(mailoutbox)) == (2, 1)
        assert mailoutbox[0].extra_headers["Message-ID"] == mail.message_id

    def test_after_an_hour_without_a_worker_the_backlog_is_drained(self, working, a_mail, mailoutbox):
        past = timezone.now() - timedelta(hours=1)
        for number in range(5):
            a_mail(str(number))
        OutboxMail.objects.update(next_try_at=past, created_at=past)
        schedule.schedule_sync()
        JobState.objects.update(next_run_at=past, leased_until=past, lease_owner="dead")
        working()
        wait_until(lambda: len(mailoutbox) == 5, "the backlog is drained", seconds=60)
        wait_until(
            lambda: not JobState.objects.filter(lease_owner="dead").exists(), "every job was taken over", seconds=60
        )
