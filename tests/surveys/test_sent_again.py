"""Back and the button once more: told that it was sent, thanked, never stored twice; others learn nothing from it."""

from django.test import Client

import pytest

from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import Response, ResponseDraft
from tests.surveys.test_answering import fill, page_of, said, send, url_of

pytestmark = pytest.mark.django_db
ASKED = ([factories.SCORE], [{**factories.SCORE, "key": "muc-hai"}])
SAID = "Phiếu này đã được gửi rồi, cảm ơn ông/bà"


@pytest.fixture
def client(site_tree):
    return Client()


def is_told(answer):
    return answer.status_code == 200 and SAID in answer.content.decode()


def walk(client, url):
    """Answer both parts; return the address of the last one and what was sent from it."""
    part = send(client, url, muc="4").url
    data = fill(page_of(client.get(part)), **{"muc-hai": "5"})
    assert client.post(part, data).status_code == 302
    return part, data


def open_url(survey):
    return f"/khao-sat/{survey.slug}/tra-loi/"


def kiosk_url(survey):
    factories.place(survey, "so-3", ChannelKind.KIOSK, counter="Quầy số 3")
    return f"/khao-sat/{survey.slug}/quay/so-3/"


class TestOpenLink:
    def test_the_last_button_again_is_told_and_stores_nothing(self, client):
        url = open_url(factories.survey(*ASKED, open_link=True))
        part, data = walk(client, url)
        again = client.post(part, data)
        assert is_told(again)
        assert "Chọn một mức" not in again.content.decode()
        assert (Response.objects.count(), ResponseDraft.objects.count()) == (1, 0)

    def test_a_page_that_the_browser_asks_for_again_is_told_too(self, client):
        url = open_url(factories.survey(*ASKED, open_link=True))
        part, data = walk(client, url)
        assert is_told(client.get(part))
        # The page stood open in another window: its letters are its own.
        assert is_told(client.post(part, data | {"to": "o-cua-so-khac"}))
        assert Response.objects.count() == 1

    def test_one_page_alone_is_stored_once_however_often_its_button_is_pressed(self, client):
        url = open_url(factories.survey(open_link=True))
        data = fill(page_of(client.get(url)), muc="4")
        assert client.post(url, data).url.endswith("/cam-on/")
        assert is_told(client.post(url, data))
        assert is_told(Client().post(url, data))
        assert Response.objects.count() == 1

    def test_another_one_is_begun_by_a_link_and_is_counted(self, client):
        url = open_url(factories.survey(*ASKED, open_link=True))
        walk(client, url)
        told = client.get(url)
        assert is_told(told)
        new = page_of(told).find("a", string="điền một phiếu mới")["href"]
        walk(client, new)
        assert Response.objects.count() == 2

    def test_a_form_that_was_open_before_is_no_repetition(self, client):
        url = open_url(factories.survey(open_link=True))
        other = fill(page_of(client.get(url)), muc="2")
        send(client, url, muc="4")
        assert client.post(url, other).status_code == 302
        assert Response.objects.count() == 2

    def test_others_and_other_places_are_asked_as_ever(self, client):
        survey = factories.survey(open_link=True)
        factories.place(survey, "san-sau")
        send(client, open_url(survey), muc="4")
        assert page_of(Client().get(open_url(survey))).select("input[type=radio]")
        assert page_of(client.get(f"{open_url(survey)}diem/san-sau/")).select("input[type=radio]")

    def test_what_cannot_be_stored_does_not_spend_the_form(self, client):
        url = open_url(factories.survey(*ASKED, open_link=True))
        page = page_of(client.get(f"{url}?phan=2"))
        data = fill(page, **{"muc-hai": "5"})
        assert client.post(f"{url}?phan=2", data).status_code == 409  # what comes before it is not there
        assert client.post(f"{url}?phan=2", data).status_code == 422


class TestInvitation:
    def test_the_browser_that_sent_is_told(self, client):
        survey = factories.survey(*ASKED)
        url = url_of(survey, factories.invited(survey))
        part, data = walk(client, url)
        for answer in (client.post(part, data), client.get(part), client.get(url), client.post(url, {})):
            assert is_told(answer)
            assert "no-store" in answer.headers["Cache-Control"]
        assert Response.objects.count() == 1

    def test_nobody_else_learns_that_it_was_used(self, client):
        survey = factories.survey()
        token, wrong = factories.invited(survey), "khong-co-ma-nay-trong-kho"
        other = Client()
        form = fill(page_of(other.get(url_of(survey, token))), muc="2")
        send(client, url_of(survey, token), muc="4")
        used = [other.get(url_of(survey, token)), other.post(url_of(survey, token), form)]
        asked = other.get(url_of(survey, wrong))
        assert {answer.status_code for answer in [*used, asked]} == {404}
        assert {said(answer, survey, token) for answer in used} == {said(asked, survey, wrong)}
        assert not other.cookies.get("khao_sat_gui")

    def test_the_server_keeps_nothing_of_the_browser(self, client):
        survey = factories.survey()
        token = factories.invited(survey)
        send(client, url_of(survey, token), muc="4")
        kept = client.cookies["khao_sat_gui"]
        assert token not in kept.value
        assert (kept["httponly"], kept["path"], kept["max-age"]) == (True, "/khao-sat/", 86_400)
        assert not client.session.items()


class TestCounter:
    def test_going_back_is_told_and_makes_room_for_the_next_one(self, client):
        start = kiosk_url(factories.survey(*ASKED, kiosk_seconds=60))
        part, data = walk(client, start)
        for answer in (client.post(part, data), client.get(part)):
            assert is_told(answer)
            page = page_of(answer)
            assert page.select_one("[data-kiosk]")["data-start"] == start
            assert page.select_one("noscript meta[http-equiv=refresh]")["content"] == f"10;url={start}"
        assert page_of(client.get(start)).select("input[type=radio]:not([checked])")
        assert Response.objects.count() == 1

    def test_the_next_one_who_is_late_is_not_told_that_they_sent(self, client):
        start = kiosk_url(factories.survey(*ASKED, kiosk_seconds=60))
        part, data = walk(client, start)
        client.get(start)
        assert client.cookies["khao_sat_gui"].value == ""
        assert client.post(part, data | {"to": "cua-nguoi-sau"}).url == f"{start}?lai=1"

    def test_one_page_alone_is_stored_once(self, client):
        start = kiosk_url(factories.survey())
        data = fill(page_of(client.get(start)), muc="4")
        assert [client.post(start, data).status_code for _turn in range(2)] == [302, 200]
        assert Response.objects.count() == 1
        send(client, start, muc="2")
        assert Response.objects.count() == 2


def test_a_cookie_that_somebody_made_up_breaks_nothing(client):
    survey = factories.survey(open_link=True)
    client.cookies["khao_sat_gui"] = "..x" * 500
    assert page_of(client.get(open_url(survey))).select("input[type=radio]")
    assert send(client, open_url(survey), muc="4").status_code == 302
    assert client.cookies["khao_sat_gui"].value.count(".") < 8
