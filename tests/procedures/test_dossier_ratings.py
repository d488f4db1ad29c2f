"""Rating how a dossier was handled: asked once, by mail and at the look-up, told only as counts of many."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.services.outbox import mails_send_due
from procedures import factories
from procedures.enums import DossierState
from procedures.models import ProcedureField
from procedures.services.dossier_ratings import about_of, dossier_rating_url
from surveys import factories as surveys
from surveys.models import Invitation, Response, Survey
from surveys.services.questionnaires import survey_close
from surveys.services.seed import DOSSIER_RATING, SCORE_KEY
from tests.officers import make_officer
from tests.procedures.desk import PHONE, make_desk
from tests.site import build_site
from tests.surveys.test_answering import fill, page_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^/\s]+(/khao-sat/\S+\?diem=(\d))")
LOOKUP, JSON = "/tra-cuu-ho-so/", "/thong-ke-ho-so/du-lieu.json"


@pytest.fixture
def desk(db):
    build_site()
    return make_desk()


def returned(desk, **facts):
    return factories.dossier_in(DossierState.RETURNED, desk.page, desk.unit, desk.clerk, phone=PHONE, **facts)


def rate(path, level):
    """Answer on the page that ``path`` opens, as a browser would."""
    client = Client()
    page = page_of(client.get(path))
    return client.post(page.find("form", method="post")["action"], fill(page, **{SCORE_KEY: level}))


def test_the_mail_of_the_result_carries_a_link_a_level_and_nothing_of_the_dossier(desk, settings):
    dossier = returned(desk)
    mails_send_due()
    letter = next(each for each in mail.outbox if "đã trả kết quả" in each.subject)
    links = {level: path for path, level in LINK.findall(letter.body)}
    assert sorted(links) == ["1", "2", "3", "4", "5"]
    assert dossier.code not in "".join(links.values())
    page = Client().get(links["4"]).content.decode()
    assert Response.objects.count() == 0, "nothing changes on a GET"
    assert re.search(r'value="4"[^>]*checked|checked[^>]*value="4"', page)
    invitation = Invitation.objects.get()
    assert (invitation.unit, invitation.about) == (desk.unit, about_of(dossier.field_id))


def test_the_look_up_asks_only_whoever_handed_it_in_and_only_once(desk):
    dossier = returned(desk)
    path = dossier_rating_url(dossier)
    alone = Client().post(LOOKUP, {"code": dossier.code}).content.decode()
    assert path not in alone
    asked = Client().post(LOOKUP, {"code": dossier.code, "second": PHONE[-4:]}).content.decode()
    assert path in asked
    assert rate(f"{path}?diem=5", "5").status_code == 302
    assert dossier_rating_url(dossier) == ""
    assert Client().get(path).status_code == 404


def test_without_a_survey_nobody_is_asked_and_the_result_is_returned(desk):
    surveyor = make_officer(Role.SURVEYOR, username="khaosat")
    survey_close(survey=Survey.objects.get(slug=DOSSIER_RATING), actor=surveyor)
    dossier = returned(desk)
    assert (dossier.state, dossier_rating_url(dossier)) == (DossierState.RETURNED, "")
    mails_send_due()
    assert not LINK.search(" ".join(letter.body for letter in mail.outbox))


def test_a_few_ratings_stay_hidden_and_many_are_told(desk, client):
    returned(desk)
    survey, field = Survey.objects.get(slug=DOSSIER_RATING), ProcedureField.objects.first()
    # The month that runs is not told yet.
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    query = f"?ky={day.year}"
    for level in "554":
        surveys.answered(survey, {SCORE_KEY: level}, unit=desk.unit, about=about_of(field.pk), today=day)
    assert client.get(JSON + query).json()["totals"]["rating_mean"] is None
    for level in "554":
        surveys.answered(survey, {SCORE_KEY: level}, unit=desk.unit, about=about_of(field.pk), today=day)
    assert client.get(JSON + query).json()["totals"]["rating_mean"] == 4.67
    assert "4,67" in client.get(reverse("dossier_figures") + query).content.decode()
