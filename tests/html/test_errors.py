"""Error pages speak plain Vietnamese, say what to do next, and the worst of them need no database."""

from django.template.loader import render_to_string
from django.test import RequestFactory

import pytest

BARE = ["400.html", "403_csrf.html", "500.html", "errors/503.html"]
FRAMED = [
    "403.html",
    "404.html",
    "errors/405.html",
    "errors/413.html",
    "errors/429.html",
    "errors/lockout.html",
]


@pytest.mark.parametrize("name", BARE)
def test_stands_without_request_and_database(name, read):
    page = read(render_to_string(name))
    assert page.html["lang"] == "vi"
    assert len(page.select("main h1")) == 1
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert page.select_one('link[rel="stylesheet"]')


@pytest.mark.parametrize("name", FRAMED)
@pytest.mark.django_db
def test_stands_in_the_frame(name, read):
    page = read(render_to_string(name, request=RequestFactory().get("/khong-co/")))
    assert len(page.select("h1")) == 1
    assert page.select_one("main .button")["href"] == "/"
    assert page.select_one("header.masthead")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"


def test_a_missing_page_is_told_kindly(client, site_tree, read):
    response = client.get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert read(response).h1.get_text() == "Không tìm thấy trang"


def test_an_address_is_not_repeated_unescaped(client, site_tree):
    assert b"<script>alert" not in client.get("/<script>alert(1)</script>/").content
