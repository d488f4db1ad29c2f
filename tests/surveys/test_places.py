"""Places at which people answer: made one by one and for many, put right, taken out of use, with posters."""

from io import BytesIO

from django.test import Client
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from cms.core.enums import Role
from surveys import factories
from surveys.models import Channel, Response, Survey
from surveys.services.seed import ANSWER_RATING, surveys_seed
from tests.feedback.conftest import make_unit
from tests.surveys.test_answering import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(site_tree):
    return factories.survey(slug="nhieu-noi", title="Nhiều nơi")


@pytest.fixture
def desk(site_tree, officer):
    client = Client()
    client.force_login(officer(Role.SURVEYOR))
    return client


def screen(name, survey, *keys):
    return reverse(f"survey:{name}", args=[survey.pk, *keys])


def test_a_place_about_a_procedure_has_an_address_and_a_poster(survey, desk):
    given = {"kind": "qr", "about_label": "Chuyển trường tiểu học", "code": "chuyen-truong"}
    assert desk.post(screen("places", survey), given).status_code == 302
    place = survey.channels.get(code="chuyen-truong")
    assert place.about == "chuyen-truong-tieu-hoc"
    url = "/khao-sat/nhieu-noi/tra-loi/diem/chuyen-truong/"
    client = Client()
    page = client.get(url).content.decode()
    assert "Chuyển trường tiểu học" in page
    assert send(client, url, muc="5").status_code == 302
    response = Response.objects.get()
    assert (response.about, response.stratum, response.unit) == ("chuyen-truong-tieu-hoc", "qr", None)
    pdf = PdfReader(BytesIO(desk.get(screen("poster", survey, place.pk)).content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert "Chuyển trường tiểu học" in text
    assert url in text.replace(" ", "")


@pytest.mark.parametrize(("kind", "asked"), [("poll", "Nhiều nơi"), ("sipas", "Ông/bà có hài lòng không?")])
def test_a_poster_asks_what_its_survey_asks(site_tree, desk, kind, asked):
    place = factories.place(factories.survey(title="Nhiều nơi", kind=kind), "cong-truong", "qr")
    pdf = PdfReader(BytesIO(desk.get(screen("poster", place.survey, place.pk)).content))
    assert asked in " ".join(pdf.pages[0].extract_text().split())


def test_many_units_get_one_each_and_not_twice(survey, desk):
    above = make_unit("so", "Sở")
    for number in range(3):
        make_unit(f"th-{number}", f"Trường {number}", above)
    for _turn in range(2):
        assert desk.post(screen("places", survey), {"way": "qr", "unit_kind": "primary"}).status_code == 302
    made = survey.channels.filter(unit__code__startswith="th-").order_by("code")
    assert [place.code for place in made] == ["th-0-qr", "th-1-qr", "th-2-qr"]
    assert len(PdfReader(BytesIO(desk.get(screen("posters", survey)).content)).pages) >= 3


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "qr"}, "Chọn đơn vị, hoặc ghi quầy"),
        ({"kind": "qr", "counter": "Quầy 1", "code": "da-co"}, "đã có điểm mang mã ấy"),
        ({"kind": "qr", "counter": "Quầy 1", "code": "Quầy!"}, "không dấu"),
        ({"kind": "invitation", "counter": "Quầy 1"}, ""),
        ({"way": "qr", "unit_kind": "khong-co"}, ""),
    ],
)
def test_what_is_no_place_is_told_beside_the_field(survey, desk, given, words):
    factories.place(survey, "da-co", counter="Quầy 9")
    answer = desk.post(screen("places", survey), given)
    assert answer.status_code == 422
    assert words in BeautifulSoup(answer.content.decode(), "html.parser").get_text()
    assert Channel.objects.filter(survey=survey).count() == 1


def test_it_is_put_right_but_keeps_its_code_and_goes_out_of_use_and_back(survey, desk):
    place = factories.place(survey, "quay-1", counter="Quầy 1")
    url = screen("place", survey, place.pk)
    assert desk.post(url, {"kind": "web", "counter": "Quầy số 1", "code": "khac"}).status_code == 302
    place.refresh_from_db()
    assert (place.counter, place.code) == ("Quầy số 1", "quay-1")
    public = "/khao-sat/nhieu-noi/tra-loi/diem/quay-1/"
    for active, status in (("0", 404), ("1", 200)):
        desk.post(url, {"active": active})
        assert Client().get(public).status_code == status
    send(Client(), public, muc="4")
    answer = desk.post(url, {"kind": "kiosk", "counter": "Quầy số 1"})
    assert answer.status_code == 422
    assert "cách trả lời được giữ" in answer.content.decode()


def test_the_survey_after_an_answer_has_no_place(site_tree, desk):
    surveys_seed()
    rating = Survey.objects.get(slug=ANSWER_RATING)
    answer = desk.post(screen("places", rating), {"kind": "qr", "counter": "Quầy 1"})
    assert answer.status_code == 422
    assert "chỉ đến bằng liên kết" in answer.content.decode()
