"""A machine at a counter: one after the other, and nobody sees or sends what the one before chose."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from cms.core.services.limits import LIMITS
from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import Response, ResponseDraft
from tests.feedback.conftest import make_unit
from tests.surveys.test_answering import fill, page_of

pytestmark = pytest.mark.django_db
START = "/khao-sat/o-quay/quay/so-3/"


@pytest.fixture
def survey(site_tree):
    survey = factories.survey([factories.SCORE], [factories.WORDS], slug="o-quay", kiosk_seconds=60)
    factories.place(survey, "so-3", ChannelKind.KIOSK, counter="Quầy số 3", unit=make_unit("mot-cua", "Một cửa"))
    return survey


def first_page(client, level="4"):
    return client.post(f"{START}?phan=1", fill(page_of(client.get(START)), muc=level))


def test_a_response_is_about_the_counter_and_the_next_one_finds_nothing(survey):
    client = Client()
    assert first_page(client).url == f"{START}?phan=2"
    page = page_of(client.get(f"{START}?phan=2"))
    assert not page.select("header a[href='/'], .menu")
    done = client.post(f"{START}?phan=2", fill(page, loi="Nhanh"))
    assert done.url == f"{START}cam-on/"
    assert client.get(done.url).status_code == 200
    response = Response.objects.get()
    assert (response.channel.code, response.unit.code, response.stratum) == ("so-3", "mot-cua", "kiosk")
    assert not page_of(client.get(START)).select("input[checked]")
    assert ResponseDraft.objects.count() == 0


def test_to_begin_anew_forgets_who_was_here(survey):
    client = Client()
    first_page(client)
    assert ResponseDraft.objects.count() == 1
    assert not page_of(client.get(START)).select("input[checked]")
    assert ResponseDraft.objects.count() == 0


def test_the_server_forgets_by_itself(survey):
    client = Client()
    first_page(client)
    page = page_of(client.get(f"{START}?phan=2"))
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        for answer in (
            client.get(f"{START}?phan=2"),
            client.post(f"{START}?phan=2", fill(page, loi="Của người trước")),
        ):
            assert answer.url == f"{START}?lai=1"
        assert "phiếu trước đã được bỏ" in client.get(f"{START}?lai=1").content.decode()
    assert Response.objects.count() == 0


def test_without_scripts_the_browser_begins_anew(survey):
    page = page_of(Client().get(START))
    assert page.select_one("noscript meta[http-equiv=refresh]")["content"] == f"60;url={START}"


def test_one_machine_takes_many_but_not_any_number(survey, monkeypatch):
    monkeypatch.setitem(LIMITS, "survey_kiosk", type(LIMITS["survey_kiosk"])(7, timedelta(hours=1)))
    client = Client()
    answers = []
    for _turn in range(8):
        first_page(client)
        answers.append(client.post(f"{START}?phan=2", fill(page_of(client.get(f"{START}?phan=2")))).status_code)
    assert answers == [302] * 7 + [429]


def test_its_address_is_for_the_machine_alone(survey):
    factories.place(survey, "tren-mang")
    client = Client()
    assert client.get("/khao-sat/o-quay/tra-loi/diem/so-3/").status_code == 404
    assert client.get("/khao-sat/o-quay/quay/tren-mang/").status_code == 404
    assert client.get("/khao-sat/o-quay/tra-loi/diem/tren-mang/").status_code == 200
