"""A reader who writes below a page, with Django's test client."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone

from captcha.models import CaptchaStore

from cms.core.services import passes
from cms.home.models import HomePage
from cms.pages.models import StandardPage
from feedback.factories import comment
from tests.site import build_site

WORDS = {
    "body": "Đề nghị đăng thêm lịch tiếp dân.\n\nXin cảm ơn <b>nhà trường</b>.",
    "shown_name": "Mẹ bé Na",
    "email": "na@thu.example.vn",
}


def small_site():
    """The home page of the tree that stands in every test database: what readers say of pages needs no more."""
    return HomePage.objects.first() or build_site()


def page_with_comments(home, **values):
    """A live page below ``home`` that takes comments unless ``values`` say otherwise."""
    page = StandardPage(**{"title": "Dự thảo quy chế", "comments": "open", "intro": "Lời đầu.", **values})
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def address(page) -> str:
    return f"/y-kien/?trang={page.pk}"


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def filled(answer, **changes) -> dict:
    """What a person would send from the form in ``answer``, the digits read from the picture."""
    key = hidden(answer, "captcha_0") if b"captcha_0" in answer.content else ""
    store = CaptchaStore.objects.filter(hashkey=key).first()
    return {**WORDS, "giay": hidden(answer, "giay"), "captcha_1": store.response if store else "", **changes}


def unhurried():
    """The form was opened a while ago."""
    return patch.object(passes, "FASTEST_HAND", timedelta(0))


def send(client, page, **changes):
    """Open the form and send it; return the answer to the press."""
    with unhurried():
        return client.post(address(page), filled(client.get(address(page)), **changes))


def comments(page, number: int, **values) -> list:
    """Comments of ``page``, a minute apart, the oldest first."""
    now = timezone.now()
    return [comment(page, received_at=now - timedelta(minutes=number - place), **values) for place in range(number)]
