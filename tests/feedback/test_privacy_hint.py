"""What looks personal is said while it is typed, by the finder's rules, and leaves no trace."""

import logging

from django.test import Client

import pytest

from cms.core.models import LedgerEvent, OutboxMail
from cms.core.services.limits import LIMITS
from feedback.models import CaseDraft
from tests.feedback import walk

pytestmark = pytest.mark.django_db
HINT = f"{walk.FORM}rieng-tu/"
TYPED = {"title": "Cháu Phượng Chim Ưng bị ngã", "body": "Ở lớp 7A3, gọi 0356 777 999. Căn cước 001190000123."}


def test_the_hint_names_what_the_review_names(client):
    answer = client.post(HINT, TYPED)
    text = answer.content.decode()
    for words in ("Phượng Chim Ưng", "0356 777 999", "lớp 7A3", "Trước khi đăng, cán bộ sẽ xem và che những chỗ này"):
        assert words in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post(HINT, {"title": "Sân trường ngập nước", "body": ""}).content.strip() == b""
    assert client.post(HINT, {}).content.strip() == b""
    assert client.post(HINT, {"body": "<b>0912 345 678</b>" * 2_000}).status_code == 200
    assert client.get(HINT, TYPED).status_code == 405


def test_no_log_no_row_no_mail_keeps_a_word(client, caplog, monkeypatch):
    with caplog.at_level(logging.DEBUG):
        assert client.post(HINT, TYPED).status_code == 200
        assert Client(enforce_csrf_checks=True).post(HINT, TYPED).status_code == 403
        monkeypatch.setattr("feedback.views.privacy.personal_words", lambda *_texts: 1 / 0)
        client.raise_request_exception = False
        assert client.post(HINT, TYPED).status_code == 500
    for words in ("Chim", "356 777", "7A3", "001190000123"):
        assert words not in caplog.text
    assert not CaseDraft.objects.exists()
    assert not LedgerEvent.objects.exists()
    assert not OutboxMail.objects.exists()


def test_it_is_limited_and_says_so_in_the_usual_way(client):
    answers = {client.post(HINT, {"title": "x"}).status_code for _turn in range(LIMITS["form_hint"].count + 1)}
    assert answers == {200, 429}


def test_the_step_knows_where_to_ask_and_works_without(client):
    walk.post(client, "linh-vuc", walk.subject())
    page = client.get(f"{walk.FORM}noi-dung/").content.decode()
    assert f'data-privacy="{HINT}" aria-live="polite"' in page
    assert "feedback/privacy.js" in page
    assert "data-privacy" not in client.get(f"{walk.FORM}linh-vuc/").content.decode()
