"""What was changed after it went out is said to be changed: when and which part, never what stood there."""

from datetime import timedelta

from django.utils import timezone

import pytest

from feedback import factories
from feedback.models import PublicCase
from feedback.services.publication import public_case_withdraw

pytestmark = pytest.mark.django_db


def publish(copy, desk, **words):
    draft = PublicCase.objects.get(pk=copy.pk).get_latest_revision_as_object()
    for name, text in words.items():
        setattr(draft, name, text)
    draft.save_revision(user=desk.officer).publish(user=desk.leader, skip_permission_checks=True)
    return PublicCase.objects.get(pk=copy.pk)


def read(client, copy):
    return client.get(copy.get_absolute_url()).content.decode()


def test_a_later_change_is_told_without_the_words_that_went(desk, client):
    copy = factories.published(desk)
    assert copy.changes == []
    assert "Các lần sửa" not in read(client, copy)
    before = copy.answer
    copy = publish(copy, desk, answer="Nhà trường đã thay cả bốn quạt.")
    assert [each["parts"] for each in copy.changes] == [["answer"]]
    page = read(client, copy)
    assert "Các lần sửa" in page
    assert f"{timezone.localdate():%d/%m/%Y}" in page
    assert "sửa câu trả lời" in page
    assert before not in page


def test_publishing_the_same_words_again_is_no_change(desk):
    copy = publish(factories.published(desk), desk)
    assert copy.changes == []


def test_coming_back_after_it_was_taken_down_is_told(desk, client):
    copy = factories.published(desk)
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Đăng nhầm.")
    copy = publish(copy, desk, title="Lớp học thiếu quạt trần")
    assert copy.changes[-1]["parts"] == ["title", "again"]
    assert "đăng lại sau khi gỡ" in read(client, copy)


def test_what_waits_for_its_hour_has_not_changed_yet(desk, client):
    copy = factories.published(desk)
    draft = copy.get_latest_revision_as_object()
    draft.answer, draft.go_live_at = "Nhà trường đã thay cả bốn quạt.", timezone.now() + timedelta(days=1)
    draft.save_revision(user=desk.officer).publish(user=desk.leader, skip_permission_checks=True)
    assert PublicCase.objects.get(pk=copy.pk).changes == []
    assert "Các lần sửa" not in read(client, copy)
