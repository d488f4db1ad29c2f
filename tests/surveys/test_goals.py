"""Targets and sizes of groups: set on a screen, set again, taken away, and what results make of them."""

import json
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Stratum
from surveys.services.goals import stratum_save, target_remove, target_save
from tests.feedback.conftest import make_unit
from tests.surveys.test_results import give

pytestmark = pytest.mark.django_db
TARGET = {"t-unit_kind": "primary", "t-year": "2026", "t-measure": "top2", "t-value": "95", "t-source": "Kế hoạch 12"}
GROUP = {"n-code": "web", "n-quarter": "2026-Q1", "n-population": "800", "n-source": "Sổ tiếp nhận"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey(site_tree):
    return factories.survey(
        [{"key": "TC01", "label": "Tiêu chí", "kind": QuestionKind.SCORE}], slug="muc-tieu", results_public=True
    )


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer(Role.SURVEYOR))
    return client


def goals(survey):
    return reverse("survey:goals", args=[survey.pk])


def data(query):
    return json.loads(Client().get(f"/khao-sat/muc-tieu/ket-qua/du-lieu.json?{query}").content)


def test_a_target_stands_beside_what_was_reached(survey, desk):
    school = make_unit("th-mot", "Trường Một", make_unit("so", "Sở"))
    give(survey, {"TC01": "5"}, 9, unit=school)
    give(survey, {"TC01": "1"}, 1, unit=school)
    assert desk.post(goals(survey), TARGET).status_code == 302
    line = data("ky=2026")["targets"][0]
    assert (line["code"], line["target"], line["actual"], line["reached"]) == ("primary", 0.95, 0.9, False)
    # The same kind, year and measure once more is the same target.
    desk.post(goals(survey), TARGET | {"t-value": "90"})
    assert survey.targets.get().value == Decimal(90)
    assert data("ky=2026")["targets"][0]["reached"] is True
    desk.post(goals(survey), {"remove_target": survey.targets.get().pk})
    assert data("ky=2026")["targets"] == []
    verbs = list(LedgerEvent.objects.filter(verb__startswith="survey.target").values_list("verb", flat=True))
    assert verbs == ["survey.target_set", "survey.target_set", "survey.target_removed"]


def test_sizes_of_groups_give_weights(survey, desk):
    for kind, satisfied, others in ((ChannelKind.WEB, 36, 4), (ChannelKind.PAPER, 45, 15)):
        give(survey, {"TC01": "4"}, satisfied, kind=kind)
        give(survey, {"TC01": "2"}, others, kind=kind)
    assert data("ky=2026-Q1")["cells"][0]["top2_weighted"] is None
    desk.post(goals(survey), GROUP)
    desk.post(goals(survey), GROUP | {"n-code": "paper", "n-population": "200"})
    assert data("ky=2026-Q1")["cells"][0]["top2_weighted"] == 0.87  # 0.8·0.9 + 0.2·0.75
    assert Stratum.objects.get(code="web").quarter == date(2026, 1, 1)
    desk.post(goals(survey), GROUP | {"n-population": "200"})
    assert data("ky=2026-Q1")["cells"][0]["top2_weighted"] == 0.825
    for stratum in Stratum.objects.all():
        assert desk.post(goals(survey), {"remove_group": stratum.pk}).status_code == 302
    assert data("ky=2026-Q1")["cells"][0]["top2_weighted"] is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (TARGET | {"t-value": ""}, "Ghi mức phải đạt"),
        (TARGET | {"t-value": "nhiều"}, "Ghi một số, ví dụ 95"),
        (TARGET | {"t-value": "101"}, "từ 0 đến 100"),
        (TARGET | {"t-measure": "mean", "t-value": "95"}, "từ 1 đến 5"),
        (TARGET | {"t-year": "26"}, "từ 2000 đến 2100"),
        (TARGET | {"t-unit_kind": "khong-co"}, "Chọn"),
        (GROUP | {"n-population": "-3"}, "không thể âm"),
        (GROUP | {"n-population": "vài"}, "Ghi một số nguyên"),
        (GROUP | {"n-quarter": "2026-Q9"}, "Chọn"),
        (GROUP | {"n-code": "khong-co"}, "Chọn"),
    ],
)
def test_what_is_no_target_is_told_beside_the_field_and_kept(survey, desk, given, words):
    answer = desk.post(goals(survey), given)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content.decode(), "html.parser").find("main")
    assert words.lower() in page.get_text(" ", strip=True).lower()
    assert given.get("t-source", given.get("n-source")) in answer.content.decode()
    assert not survey.targets.exists()
    assert not survey.strata.exists()


def test_a_mean_is_written_with_a_comma(survey, desk):
    desk.post(goals(survey), TARGET | {"t-measure": "mean", "t-value": "4,2", "t-year": "", "t-unit_kind": ""})
    assert survey.targets.get().value == Decimal("4.2")
    assert "4,20" in desk.get(goals(survey)).content.decode()


def test_nobody_else_sets_anything_and_no_other_survey_is_touched(survey, desk, officer, unit):
    other = factories.survey()
    target = target_save(
        survey=other, actor=officer(Role.SURVEYOR), unit_kind="", year=None, measure="top2", value=Decimal(80)
    )
    assert desk.post(goals(survey), {"remove_target": target.pk}).status_code == 404
    assert desk.post(goals(survey), {"remove_group": "x"}).status_code == 404
    for role in (Role.LEADER, Role.REPORTER, Role.INTAKE, Role.ADMIN):
        user = officer(role, unit=unit)
        client = Client()
        client.force_login(user)
        assert client.post(goals(survey), TARGET).status_code in {302, 403}
        with pytest.raises(PermissionDenied):
            target_remove(target=target, actor=user)
        with pytest.raises(PermissionDenied):
            stratum_save(survey=survey, actor=user, code="web", quarter=date(2026, 1, 1), population=1)
    assert list(other.targets.all()) == [target]
    assert not survey.targets.exists()


def test_the_service_itself_refuses_a_mean_that_is_none(survey, officer):
    with pytest.raises(ValidationError):
        target_save(
            survey=survey, actor=officer(Role.SURVEYOR), unit_kind="", year=None, measure="mean", value=Decimal(7)
        )
