"""Invitations that are handed out: links shown once, used once, counted without names, taken back."""

import csv
import io
import re
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup
from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.models import AgencySettings, LedgerEvent
from surveys import factories
from surveys.models import Invitation, InvitationBatch, Response, Survey
from surveys.services.batches import batch_make, batch_revoke, invitations_sweep
from surveys.services.invitations import token_digest
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.seed import ANSWER_RATING
from tests.feedback.conftest import make_unit
from tests.surveys.test_answering import send

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
GIVEN = {"label": "Khối một, họp đầu năm", "count": "6", "expires_on": "15/12/2026", "kind": "csv"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey(site_tree):
    return factories.survey(slug="phat-phieu", title="Bữa ăn ở trường")


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


@pytest.fixture
def desk(surveyor):
    client = Client()
    client.force_login(surveyor)
    return client


def screen(name, survey, *keys):
    return reverse(f"survey:{name}", args=[survey.pk, *keys])


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def shown(desk, survey):
    soup = BeautifulSoup(desk.get(screen("invitations", survey)).content.decode(), "html.parser")
    cells = soup.select("table.listing tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in cells]


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def test_links_are_shown_once_and_kept_as_digests(survey, desk):
    school = make_unit("th-mot", "Trường Một")
    answer = desk.post(screen("invitations", survey), GIVEN | {"unit": school.pk})
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    heading, *rows = rows_of(answer)
    # Nothing that would name a slip but its link.
    assert heading == ["Liên kết, dùng một lần", "Đến hết ngày", "Trả lời về", "Phát cho"]
    urls = [row[0] for row in rows]
    assert len(set(urls)) == 6
    tokens = [url.rstrip("/").rsplit("/", 1)[1] for url in urls]
    assert {each.token_digest for each in Invitation.objects.all()} == set(map(token_digest, tokens))
    assert {each.unit for each in Invitation.objects.all()} == {school}
    page = desk.get(screen("invitations", survey)).content.decode()
    events = [str(event.data) for event in LedgerEvent.objects.filter(verb="survey.invitations_made")]
    assert len(events) == 1
    for token in tokens:
        assert token not in page
        assert token not in events[0]
    # Neither the order of the rows nor that of their digests is the order of the slips.
    stored = list(Invitation.objects.order_by("pk").values_list("token_digest", flat=True))
    assert stored == sorted(stored)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("29/11/2026", "từ hôm nay trở đi"),
        ("02/12/2027", "đến hết ngày 01/12/2027"),
        ("31/12/9998", "nhiều nhất một năm"),
    ],
)
def test_the_last_day_lies_within_a_year(survey, desk, day, words):
    refused = desk.post(screen("invitations", survey), GIVEN | {"expires_on": day})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not InvitationBatch.objects.exists()
    assert rows_of(desk.post(screen("invitations", survey), GIVEN | {"expires_on": "01/12/2027"}))


def test_a_link_is_used_once_and_nobody_learns_which(survey, desk):
    urls = [path_of(row[0]) for row in rows_of(desk.post(screen("invitations", survey), GIVEN))[1:]]
    assert send(Client(), urls[3], muc="5").status_code == 302
    assert Client().get(urls[3]).status_code == 404
    assert Client().post(urls[3], {"c-muc": "1"}).status_code == 404
    assert Response.objects.count() == 1
    line = shown(desk, survey)[0]
    # One used link is one person: until there are five the screen says only that there are fewer.
    assert line[4:7] == ["6", "dưới 5", "–"]
    for url in (*urls[:3], *urls[4:]):
        send(Client(), url, muc="4")
    assert shown(desk, survey)[0][4:7] == ["6", "6", "0"]
    assert Response.objects.count() == 6


def test_slips_are_ten_on_a_page_each_with_its_own_link(survey, desk):
    answer = desk.post(screen("invitations", survey), GIVEN | {"count": "12", "kind": "pdf"})
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 2
    text = "".join("".join(page.extract_text().split()) for page in pages)
    tokens = re.findall(r"/khao-sat/phat-phieu/tra-loi/([\w-]{22})/", text)
    assert {token_digest(token) for token in tokens} == set(Invitation.objects.values_list("token_digest", flat=True))
    assert len(tokens) == 12
    assert "Đếnhếtngày15/12/2026" in text


@pytest.mark.parametrize("is_of_school", [True, False])
def test_every_slip_says_what_it_is_about(survey, desk, is_of_school):
    school = make_unit("th-ba", "Trường Tiểu học Ba Vì")
    name = school.name if is_of_school else AgencySettings.load().name
    given = GIVEN | {"count": "12", "unit": school.pk if is_of_school else ""}
    answer = desk.post(screen("invitations", survey), given | {"kind": "pdf"})
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert text.count("".join(f"Trả lời về: {name}".split())) == 12
    heading, *rows = rows_of(desk.post(screen("invitations", survey), given))
    assert heading[2:] == ["Trả lời về", "Phát cho"]
    assert {tuple(row[2:]) for row in rows} == {(name, "Khối một, họp đầu năm")}


def test_taken_back_no_link_opens_and_what_came_in_stays(survey, desk):
    urls = [path_of(row[0]) for row in rows_of(desk.post(screen("invitations", survey), GIVEN))[1:]]
    send(Client(), urls[0], muc="5")
    batch = InvitationBatch.objects.get()
    for _twice in range(2):
        assert desk.post(screen("revoke", survey, batch.pk)).status_code == 302
    assert [Client().get(url).status_code for url in urls] == [404] * 6
    assert Response.objects.count() == 1
    assert LedgerEvent.objects.filter(verb="survey.invitations_revoked").count() == 1
    assert "Đã thu hồi" in shown(desk, survey)[0][7]


def test_when_they_are_over_the_number_stays(survey, desk):
    urls = [path_of(row[0]) for row in rows_of(desk.post(screen("invitations", survey), GIVEN))[1:]]
    for url in urls[:5]:
        send(Client(), url, muc="5")
    assert invitations_sweep(today=date(2026, 12, 15)) == 0
    assert invitations_sweep(today=date(2026, 12, 16)) == 6
    assert not Invitation.objects.exists()
    assert invitations_sweep(today=date(2026, 12, 17)) == 0
    assert shown(desk, survey)[0][4:7] == ["6", "5", "1"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"count": "4"}, "từ 5 đến 300"),
        ({"count": "301"}, "từ 5 đến 300"),
        ({"count": "nhiều"}, "Ghi một số, ví dụ 35."),
        ({"label": ""}, "Ghi phát cho nhóm nào"),
        ({"expires_on": "29/11/2026"}, "từ hôm nay trở đi"),
        ({"expires_on": "mai"}, "Ghi ngày theo"),
        ({"unit": "999999"}, "Chọn"),
        ({"kind": "exe"}, "Chọn"),
    ],
)
def test_what_cannot_be_handed_out_is_told_and_nothing_is_lost(survey, desk, given, words):
    answer = desk.post(screen("invitations", survey), GIVEN | given)
    assert answer.status_code == 422
    text = BeautifulSoup(answer.content.decode(), "html.parser").find("main").get_text(" ", strip=True)
    assert words.lower() in text.lower()
    if given.get("label") != "":
        assert "Khối một, họp đầu năm" in answer.content.decode()
    assert not Invitation.objects.exists()
    assert not InvitationBatch.objects.exists()


def test_a_closed_survey_and_one_that_invites_itself_hand_out_nothing(survey, desk, surveyor):
    Survey.objects.filter(pk=survey.pk).update(state="closed")
    refused = desk.post(screen("invitations", survey), GIVEN)
    assert refused.status_code == 422
    assert "đã đóng" in refused.content.decode()
    rating = Survey.objects.get(slug=ANSWER_RATING)
    assert desk.get(screen("invitations", rating)).status_code == 404
    with pytest.raises(SurveyRefusedError):
        batch_make(survey=rating, actor=surveyor, label="x", count=9, expires_on=TODAY)
    assert not Invitation.objects.exists()


def test_nobody_else_hands_out_or_takes_back(survey, officer, unit):
    batch = factories.batch(survey, "Khối hai")
    for role in (Role.LEADER, Role.REPORTER, Role.INTAKE, Role.ONE_STOP, Role.ADMIN, Role.PUBLISHER):
        user = officer(role, unit=unit)
        client = Client()
        client.force_login(user)
        assert client.post(screen("invitations", survey), GIVEN).status_code in {302, 403}
        with pytest.raises(PermissionDenied):
            batch_make(survey=survey, actor=user, label="x", count=9, expires_on=TODAY + timedelta(days=1))
        with pytest.raises(PermissionDenied):
            batch_revoke(batch=batch, actor=user)
    assert not Invitation.objects.exists()


def test_a_batch_so_small_that_it_names_somebody_is_refused_by_the_service(survey, surveyor):
    with pytest.raises(ValidationError):
        batch_make(survey=survey, actor=surveyor, label="Một người", count=1, expires_on=TODAY)


def test_statements_do_not_grow_with_batches(survey, desk):
    counts = []
    for more in (1, 9):
        for number in range(more):
            factories.batch(survey, f"Lớp {number}")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(screen("invitations", survey)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
