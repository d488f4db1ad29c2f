"""How often: a computer room and a school get through, a flood and whoever changes names do not."""

from datetime import timedelta

from django.test import Client

import pytest

from cms.core.services.limits import LIMITS, Limit, limit_hit
from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import Response, ResponseDraft
from tests.surveys.test_answering import fill, page_of, said, send, url_of

pytestmark = pytest.mark.django_db
PUPILS, PAGES = 50, 10


@pytest.fixture
def client(site_tree):
    return Client()


def few(monkeypatch, limit, count):
    monkeypatch.setitem(LIMITS, limit, Limit(count, LIMITS[limit].window))


def spend(limit, visitor, *, but=0):
    for _turn in range(LIMITS[limit].count - but):
        limit_hit(limit=limit, visitor=visitor)


class TestPages:
    def test_a_class_behind_one_address_is_asked_ten_pages(self, site_tree):
        survey = factories.survey(*[[factories.SCORE | {"key": f"c{page}"}] for page in range(PAGES)])
        read = None
        for _pupil in range(PUPILS):
            client, url = Client(), url_of(survey, factories.invited(survey))
            # What the pages carry is the same for all: only the first pupil looks at them.
            read = read or [fill(page_of(client.get(url)))]
            part = url
            for page in range(PAGES):
                if page == len(read):
                    read.append(fill(page_of(client.get(part))))
                form = read[page] | {"to": f"{_pupil} {page}", f"c-c{page}": "5"}
                answer = client.post(part, form)
                assert answer.status_code == 302
                part = answer.url
        assert Response.objects.count() == PUPILS

    def test_a_flood_is_bounded_on_the_way_and_at_the_beginning(self, client, monkeypatch):
        few(monkeypatch, "survey_page", 3)
        few(monkeypatch, "survey_answer", 2)
        survey = factories.survey([factories.SCORE], [factories.WORDS])
        url = url_of(survey, factories.invited(survey))
        assert send(client, url, muc="4").status_code == 302
        assert [send(client, url, muc="4").status_code for _turn in range(4)] == [302, 302, 302, 429]
        begun = [send(Client(), url, muc="4").status_code for _turn in range(3)]
        assert (begun, ResponseDraft.objects.count()) == ([302, 429, 429], 2)


class TestWrongLinks:
    def test_they_shut_out_nobody_who_has_a_right_one(self, client):
        survey = factories.survey()
        token, used = factories.invited(survey), factories.invited(survey)
        send(Client(), url_of(survey, used), muc="4")
        spend("survey_wrong_token", "127.0.0.1")
        wrong = "khong-co-ma-nay-trong-kho"
        refused = [Client().get(url_of(survey, each)) for each in (wrong, used)]
        assert [answer.status_code for answer in refused] == [429, 429]
        assert said(refused[0], survey, wrong) == said(refused[1], survey, used)
        assert send(client, url_of(survey, token), muc="5").status_code == 302
        assert Response.objects.count() == 2

    def test_whoever_looks_back_at_what_they_sent_tries_nothing(self, client):
        survey = factories.survey()
        url = url_of(survey, factories.invited(survey))
        send(client, url, muc="4")
        assert {client.get(url).status_code for _turn in range(3)} == {200}
        spend("survey_wrong_token", "127.0.0.1", but=1)
        assert Client().get(url).status_code == 404


class TestOpenLink:
    def vote(self, survey, number, code=""):
        client = Client(headers={"user-agent": f"trinh-duyet-{number}"})
        return send(client, f"/khao-sat/{survey.slug}/tra-loi/{code}", muc="4")

    def test_other_names_do_not_go_round_the_figures_of_a_picture(self, site_tree, monkeypatch):
        few(monkeypatch, "survey_address", 3)
        survey = factories.survey(open_link=True)
        factories.place(survey, "cong-sau")
        assert [self.vote(survey, number).status_code for number in range(3)] == [302] * 3
        for place in ("", "diem/cong-sau/"):
            asked = self.vote(survey, 99, place)
            assert asked.status_code == 200
            assert page_of(asked).find("input", attrs={"name": "captcha_1"})
        assert Response.objects.count() == 3
        other = factories.survey(open_link=True)
        assert self.vote(other, 1).status_code == 302

    def test_a_class_goes_free_and_far_beyond_no_more_are_taken(self, site_tree):
        survey = factories.survey(open_link=True)
        network = f"{survey.pk}  127.0.0.1"
        spend("survey_address", network, but=1)
        assert (LIMITS["survey_address"].count, self.vote(survey, 1).status_code) == (50, 302)
        assert self.vote(survey, 2).status_code == 200
        free = factories.survey(open_link=True, captcha="never")
        spend("survey_address_most", f"{free.pk}  127.0.0.1", but=1)
        assert [self.vote(free, number).status_code for number in range(2)] == [302, 429]
        assert Response.objects.filter(version__survey=free).count() == 1

    def test_pictures_are_bounded_whatever_the_browsers_are_called(self, site_tree, monkeypatch):
        few(monkeypatch, "survey_captcha", 2)
        survey = factories.survey(open_link=True, captcha="always")
        assert [self.vote(survey, number).status_code for number in range(3)] == [200, 200, 429]

    def test_a_counter_is_one_machine_whatever_it_is_called(self, site_tree, monkeypatch):
        monkeypatch.setitem(LIMITS, "survey_kiosk", Limit(2, timedelta(hours=1)))
        survey = factories.survey()
        factories.place(survey, "so-3", ChannelKind.KIOSK)
        factories.place(survey, "so-4", ChannelKind.KIOSK)
        sent = []
        for number, place in enumerate(("so-3", "so-3", "so-3", "so-4")):
            client = Client(headers={"user-agent": f"may-{number}"})
            sent.append(send(client, f"/khao-sat/{survey.slug}/quay/{place}/", muc="4").status_code)
        assert sent == [302, 302, 429, 302]
