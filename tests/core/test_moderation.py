"""Moderation tells people through the outbox: those whose business it is, and never at the price of the step."""

from unittest import mock

from django.core import mail
from django.urls import reverse

from wagtail.models import Page

import pytest

from cms.core.enums import MailState, Role
from cms.core.models import OutboxMail
from cms.core.services.outbox import mails_send_due
from feedback import factories
from tests.feedback.conftest import make_desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def moderation_mails():
    return OutboxMail.objects.filter(kind__startswith="moderation_").order_by("pk")


@pytest.fixture
def page(site_tree, officer):
    """A page that an editor has handed in; a mail server is out of reach meanwhile."""
    page = Page.objects.get(slug="gioi-thieu").specific
    editor = officer(Role.EDITOR, username="soan")
    officer(Role.PUBLISHER, username="duyet")
    page.title = "Giới thiệu chung"
    page.save_revision(user=editor)
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.open", side_effect=OSError("no route")):
        page.get_workflow().start(page, editor)
    return page


def test_a_dead_mail_server_does_not_undo_the_step(page):
    assert page.workflow_in_progress
    assert [row.kind for row in moderation_mails()] == ["moderation_waiting"]
    assert mail.outbox == []


def test_the_publisher_reads_what_waits_and_where(page):
    mails_send_due()
    (letter,) = mail.outbox
    assert letter.to == ["duyet@so.example.vn"]
    assert letter.subject == "Chờ duyệt: Giới thiệu chung"
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in letter.body


def test_what_was_decided_meanwhile_waits_for_nobody(page, officer):
    page.current_workflow_task_state.reject(user=officer(Role.PUBLISHER), comment="Thiếu địa chỉ.")
    mails_send_due()
    (letter,) = mail.outbox
    assert letter.to == ["soan@so.example.vn"]
    assert letter.subject == "Trả lại để sửa: Giới thiệu chung"
    assert "Thiếu địa chỉ." in letter.body
    assert moderation_mails().first().state == MailState.CANCELLED


def test_who_asked_is_told_of_the_approval(page, officer):
    page.current_workflow_task_state.approve(user=officer(Role.PUBLISHER))
    mails_send_due()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["soan@so.example.vn"], "Đã duyệt: Giới thiệu chung")
    ]


def test_leaders_of_other_units_are_not_told_of_a_case(site_tree, client):
    desk, other = make_desk("truong-a", "Trường A"), make_desk("truong-b", "Trường B")
    copy = factories.public_draft(desk)
    OutboxMail.objects.all().delete()
    client.force_login(desk.officer, backend=BACKEND)
    texts = {"title": copy.title, "question": copy.question, "answer": copy.answer}
    client.post(reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk]), {**texts, "action-submit": "1"})
    mails_send_due()
    (letter,) = mail.outbox
    assert letter.to == [desk.leader.email]
    assert other.leader.email not in letter.to
    assert copy.reference in letter.subject
    assert copy.title not in letter.subject + letter.body
