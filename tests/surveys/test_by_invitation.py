"""Ratings asked after an answer or a dossier: nobody else gets in, by no place, link or slip."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from surveys import factories
from surveys.enums import ChannelKind, SurveyKind, SurveyState
from surveys.models import Invitation, Response, Survey
from surveys.services.batches import batch_make
from surveys.services.places import place_save, places_make
from surveys.services.questionnaires import SurveyRefusedError, survey_open, survey_save
from surveys.services.responses import NotTakenError, response_store_by_token, response_store_open
from tests.screens import values_on

pytestmark = pytest.mark.django_db
ASKED = [SurveyKind.ANSWER_RATING, SurveyKind.DOSSIER_RATING]


@pytest.fixture
def surveyor(site_tree, officer):
    Survey.objects.filter(kind__in=ASKED).update(state=SurveyState.CLOSED)
    return officer(Role.SURVEYOR)


@pytest.fixture
def draft(surveyor):
    return factories.survey(slug="nhap", state=SurveyState.DRAFT)


def handed_out(draft, actor, how):
    if how == "place":
        place_save(survey=draft, actor=actor, code="quay", kind=ChannelKind.PAPER, counter="Quầy 1")
    elif how == "link":
        factories.place(draft, "", ChannelKind.WEB)
    else:
        last = timezone.localdate() + timedelta(days=9)
        batch_make(survey=draft, actor=actor, label="Họp", count=10, expires_on=last)


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("how", ["place", "link", "slips"])
def test_what_was_handed_out_does_not_become_asked_by_invitation_only(draft, surveyor, how, kind):
    handed_out(draft, surveyor, how)
    client, url = Client(), reverse("survey:edit", args=[draft.pk])
    client.force_login(surveyor)
    answer = client.post(url, values_on(client.get(url)) | {"kind": kind, "title": "Tên đã gõ"})
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    beside = page.find("select", {"name": "kind"}).find_parent(class_="w-field")
    assert "rồi chọn loại ở bản sao" in beside.get_text()
    assert values_on(answer)["title"] == "Tên đã gõ"
    draft.refresh_from_db()
    assert (draft.kind, draft.title) == (SurveyKind.POLL, "Khảo sát mẫu")


def test_a_place_made_while_the_form_was_read_is_told_beside_the_field(draft, surveyor, monkeypatch):
    handed_out(draft, surveyor, "place")
    monkeypatch.setattr("surveys.forms.keeping.kind_refused", lambda *_given: "")
    client, url = Client(), reverse("survey:edit", args=[draft.pk])
    client.force_login(surveyor)
    answer = client.post(url, values_on(client.get(url)) | {"kind": SurveyKind.DOSSIER_RATING})
    assert answer.status_code == 200
    assert "Hãy sao chép thành khảo sát mới" in answer.content.decode()


def test_one_without_any_may_and_other_changes_stay_free(draft, surveyor):
    survey_save(survey=draft, actor=surveyor, kind=SurveyKind.DOSSIER_RATING)
    # What was stored so before is still put right in everything else.
    factories.place(draft, "quay", ChannelKind.WEB, counter="Quầy")
    assert survey_save(survey=draft, actor=surveyor, title="Tên mới").title == "Tên mới"
    assert survey_save(survey=draft, actor=surveyor, kind=SurveyKind.POLL).kind == SurveyKind.POLL


@pytest.mark.parametrize("kind", ASKED)
def test_no_way_leads_in_whatever_is_stored(surveyor, kind):
    survey = factories.survey(slug="hoi-rieng", kind=kind, open_link=True)
    web = survey.channels.get()
    factories.place(survey, "cho-mo", ChannelKind.WEB, counter="Quầy")
    factories.place(survey, "may", ChannelKind.KIOSK, counter="Máy")
    client = Client()
    for way in ("tra-loi/", "tra-loi/diem/cho-mo/", "quay/may/"):
        url = f"/khao-sat/hoi-rieng/{way}"
        assert client.get(url).status_code in {302, 404}
        assert client.post(url, {"c-muc": "1", "da_hien": "muc loi"}).status_code in {302, 404}
    assert client.get("/khao-sat/hoi-rieng/phieu-giay/").status_code == 404
    with pytest.raises(NotTakenError):
        response_store_open(channel_id=web.pk, version_id=survey.current_id, answers={"muc": "1"})
    assert not Survey.objects.open_link().filter(pk=survey.pk).exists()
    assert not Response.objects.exists()


def test_slips_open_nothing_and_the_invitation_after_a_dossier_does(surveyor):
    survey = factories.survey(slug="hoi-rieng", kind=SurveyKind.DOSSIER_RATING)
    slip, own = factories.invited(survey), factories.invited(survey)
    batch = factories.batch(survey, "Họp")
    Invitation.objects.filter(pk=Invitation.objects.order_by("pk")[0].pk).update(batch=batch)
    assert Client().get(f"/khao-sat/hoi-rieng/tra-loi/{slip}/").status_code == 404
    with pytest.raises(NotTakenError):
        response_store_by_token(token=slip, version_id=survey.current_id, answers={"muc": "1"})
    assert Client().get(f"/khao-sat/hoi-rieng/tra-loi/{own}/").status_code == 200
    response_store_by_token(token=own, version_id=survey.current_id, answers={"muc": "1"})
    assert Response.objects.count() == 1


def test_the_kind_that_counts_is_the_stored_one(draft, surveyor):
    """Somebody else has made it a rating since this person opened the screen."""
    Survey.objects.filter(pk=draft.pk).update(kind=SurveyKind.DOSSIER_RATING)
    last = timezone.localdate() + timedelta(days=9)
    with pytest.raises(SurveyRefusedError):
        place_save(survey=draft, actor=surveyor, code="quay", kind=ChannelKind.WEB, counter="Quầy 1")
    with pytest.raises(SurveyRefusedError):
        places_make(survey=draft, actor=surveyor, units=[], kind=ChannelKind.QR)
    with pytest.raises(SurveyRefusedError):
        batch_make(survey=draft, actor=surveyor, label="Họp", count=10, expires_on=last)
    survey_open(survey=draft, actor=surveyor, open_link=True)
    assert not draft.channels.exists()
