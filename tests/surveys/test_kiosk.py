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


def later(seconds):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


@pytest.mark.parametrize("part", ["1", "2"])
def test_the_server_forgets_by_itself(survey, part):
    client = Client()
    first_page(client)
    page = page_of(client.get(f"{START}?phan=2"))
    with later(61):
        assert client.get(f"{START}?phan={part}").url == f"{START}?lai=1"
        assert ResponseDraft.objects.count() == 0
        assert client.post(f"{START}?phan=2", fill(page, loi="Của người trước")).url == f"{START}?lai=1"
        told = client.get(f"{START}?lai=1")
        assert "Phiếu trước chưa gửi mà để quá lâu" in told.content.decode()
        assert not page_of(told).select("input[checked]")
    assert Response.objects.count() == 0


def test_nothing_that_was_left_for_long_is_sent(survey):
    client = Client()
    first_page(client)
    page = page_of(client.get(f"{START}?phan=2"))
    with later(31 * 60):
        assert client.post(f"{START}?phan=2", fill(page, loi="Của người trước")).url == f"{START}?lai=1"
    assert (Response.objects.count(), ResponseDraft.objects.count()) == (0, 0)


@pytest.mark.parametrize("touched", [{"cham": "1"}, {}])
def test_whoever_takes_long_over_a_page_loses_nothing(survey, touched):
    """With scripts the screen itself says that it was touched; without them the one who sends is there."""
    client = Client()
    first_page(client)
    page = page_of(client.get(f"{START}?phan=2"))
    with later(95):
        done = client.post(f"{START}?phan=2", fill(page, loi="Từ từ mới viết xong") | touched)
        assert done.url == f"{START}cam-on/"
    assert Response.objects.get().items.get().choice == "4"


class TestThreeParts:
    @pytest.fixture(autouse=True)
    def survey(self, site_tree):
        parts = [factories.SCORE], [{**factories.SCORE, "key": "hai"}], [{**factories.SCORE, "key": "ba"}]
        survey = factories.survey(*parts, slug="o-quay", kiosk_seconds=60)
        factories.place(survey, "so-3", ChannelKind.KIOSK, counter="Quầy số 3")
        return survey

    def second_page(self, client, **more):
        page = page_of(client.get(f"{START}?phan=2"))
        with later(95):
            assert client.post(f"{START}?phan=2", fill(page, hai="2") | more).url == f"{START}?phan=3"
            return page_of(client.get(f"{START}?phan=1"))

    def test_who_comes_after_a_pause_sees_nothing_of_the_one_before(self):
        """Without scripts nobody knows who sends: it may be the slow one, it may be the next one."""
        client = Client()
        first_page(client)
        assert not self.second_page(client).select("input[checked]")
        with later(96):
            assert page_of(client.get(f"{START}?phan=2")).select_one("input[checked]")["value"] == "2"
            # What is theirs they may send; what they cannot see is not lost for the slow one.
            done = client.post(f"{START}?phan=3", fill(page_of(client.get(f"{START}?phan=3")), ba="3"))
        assert done.url == f"{START}cam-on/"
        assert dict(Response.objects.get().items.values_list("key", "choice")) == {"muc": "4", "hai": "2", "ba": "3"}

    def test_who_touched_the_screen_all_along_may_look_back(self):
        client = Client()
        first_page(client)
        assert self.second_page(client, cham="1").select_one("input[checked]")["value"] == "4"
        with later(95 + 70):
            assert page_of(client.get(f"{START}?phan=2&cham=1")).select_one("input[checked]")["value"] == "2"
            assert client.get(f"{START}?phan=2").url == f"{START}?lai=1"

    def test_what_the_next_one_answers_takes_the_place_of_what_was_left(self):
        client = Client()
        first_page(client)
        page = self.second_page(client)
        with later(96):
            client.post(f"{START}?phan=1", fill(page, muc="1"))
            assert page_of(client.get(f"{START}?phan=1")).select_one("input[checked]")["value"] == "1"


def test_without_scripts_the_browser_begins_anew_when_the_slowest_had_time(survey):
    def refresh(url):
        return page_of(client.get(url)).select_one("noscript meta[http-equiv=refresh]")["content"]

    client = Client()
    assert refresh(START) == f"90;url={START}"
    first_page(client)
    assert refresh(f"{START}?phan=2") == f"180;url={START}"
    assert "ở lại 180 giây" in client.get(f"{START}?phan=2").content.decode()
    many = factories.survey([{**factories.SCORE, "key": f"c{n}"} for n in range(90)], slug="dai", kiosk_seconds=20)
    factories.place(many, "so-4", ChannelKind.KIOSK)
    # No page stays longer than what is sent from it is taken.
    assert refresh("/khao-sat/dai/quay/so-4/") == "1800;url=/khao-sat/dai/quay/so-4/"


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
