"""One key asks one thing in every version that is answered; what differs needs a new key, and is told so."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from surveys import factories
from surveys.enums import QuestionKind, SurveyState
from surveys.models import SurveyVersion
from surveys.services.keys import key_faults
from surveys.services.plan import plan_of
from surveys.services.questionnaires import SurveyRefusedError, survey_copy, version_draft, version_save, version_use
from tests.screens import values_on

pytestmark = pytest.mark.django_db
YES_NO = {"key": "Q1", "label": "Ông/bà đã nhận giấy?", "kind": QuestionKind.ONE_OF, "choices": "Có\nKhông"}
LEVEL = {"key": "Q1", "label": "Mức hài lòng?", "kind": QuestionKind.SCORE}
NUMBER = {"key": "Q1", "label": "Chờ mấy phút?", "kind": QuestionKind.NUMBER, "least": 0, "most": 60}
WORST_LAST = "Rất hài lòng\nHài lòng\nBình thường\nKhông hài lòng\nRất không hài lòng"


@pytest.fixture
def surveyor(site_tree, officer):
    return officer(Role.SURVEYOR)


def answered(question, answer):
    survey = factories.survey([question])
    factories.answered(survey, {"Q1": answer})
    return survey


def faults_of(survey, *questions):
    version = factories.version(survey, questions)
    return key_faults(version, plan_of(version))


@pytest.mark.parametrize(
    ("then", "answer", "now", "words"),
    [
        (YES_NO, "co", LEVEL, "theo cách “Chọn một”, ở đây là “Mức hài lòng, 1 đến 5”"),
        ({**LEVEL, "kind": QuestionKind.SCORE_10}, "9", LEVEL, "theo cách “Thang điểm, 0 đến 10”"),
        (YES_NO, "co", {**YES_NO, "kind": QuestionKind.SOME_OF}, "ở đây là “Chọn nhiều”"),
        (LEVEL, "5", {**LEVEL, "choices": WORST_LAST}, "“Rất hài lòng” bị đếm chung với “Rất không hài lòng”"),
        (YES_NO, "co", {**YES_NO, "choices": "Cô\nKhông"}, "“Cô” bị đếm chung với “Có”"),
        (NUMBER, "5", {**NUMBER, "most": 600}, "số nhỏ nhất, số lớn nhất khác"),
        (
            {**LEVEL, "key": "bang", "kind": QuestionKind.MATRIX, "rows": "Q1: Nơi chờ"},
            "4",
            YES_NO,
            "theo cách “Mức hài lòng, 1 đến 5”",
        ),
    ],
)
def test_what_means_something_else_needs_a_new_key(surveyor, then, answer, now, words):
    (told,) = faults_of(answered(then, answer), now)
    assert told.startswith("Mã “Q1”:")
    assert "bản 1 đã có phiếu trả lời" in told
    assert words in told
    assert "mã mới cho câu" in told


@pytest.mark.parametrize(
    ("then", "answer", "now"),
    [
        (YES_NO, "co", {**YES_NO, "label": "Đã nhận giấy mời chưa?", "choices": "có.\nKhông\nKhông nhớ"}),
        (YES_NO, "co", {**LEVEL, "key": "Q2"}),
        (LEVEL, "5", {**LEVEL, "key": "bang", "kind": QuestionKind.MATRIX, "rows": "Q1: Nơi chờ"}),
        ({**LEVEL, "key": "bang", "kind": QuestionKind.MATRIX, "rows": "Q1: Nơi chờ"}, "4", LEVEL),
        ({**LEVEL, "kind": QuestionKind.LINE}, "Tốt", {**LEVEL, "kind": QuestionKind.TEXT}),
        (NUMBER, "5", {**NUMBER, "label": "Chờ bao nhiêu phút?"}),
    ],
)
def test_what_means_the_same_keeps_its_key(surveyor, then, answer, now):
    assert faults_of(answered(then, answer), now) == []


def test_what_nobody_answered_binds_nobody_and_a_copy_starts_afresh(surveyor):
    survey = factories.survey([YES_NO], state=SurveyState.DRAFT)
    assert faults_of(survey, LEVEL) == []
    copy = survey_copy(survey=answered(YES_NO, "co"), actor=surveyor, title="Bản sao", slug="ban-sao")
    assert faults_of(copy, LEVEL) == []


def test_older_versions_are_read_in_one_statement(surveyor):
    survey = answered(YES_NO, "co")
    for _turn in range(3):
        survey.current = factories.version(survey, [YES_NO])
        survey.save()
        factories.answered(survey, {"Q1": "co"})
    version = factories.version(survey, [LEVEL])
    plan = plan_of(version)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        (told,) = key_faults(version, plan)
    assert len(asked) == 1
    assert "bản 4" in told


class TestScreens:
    def test_the_builder_says_so_and_nothing_is_lost(self, surveyor):
        survey = answered(YES_NO, "co")
        version = version_draft(survey=survey, actor=surveyor)
        client, url = Client(), reverse("survey:version", args=[version.pk])
        client.force_login(surveyor)
        typed = {"sections-0-questions-0-kind": "score", "sections-0-questions-0-choices": ""}
        answer = client.post(url, values_on(client.get(url)) | typed)
        assert "Mã “Q1”: bản 1 đã có phiếu trả lời" in BeautifulSoup(answer.content.decode(), "html.parser").get_text()
        assert values_on(answer)["sections-0-questions-0-kind"] == "score"
        assert version.sections.get().questions.get().kind == QuestionKind.ONE_OF
        assert client.post(url, values_on(answer) | {"sections-0-questions-0-key": "Q2"}).status_code == 302

    def test_it_is_not_stored_nor_put_into_use(self, surveyor):
        survey = answered(YES_NO, "co")
        faulty = factories.version(survey, [LEVEL])
        with pytest.raises(SurveyRefusedError, match="Đặt mã mới"):
            version_use(version=faulty, actor=surveyor)
        with pytest.raises(SurveyRefusedError, match="Đặt mã mới"):
            version_save(version=SurveyVersion.objects.get(pk=faulty.pk), actor=surveyor)
        survey.refresh_from_db()
        assert survey.current.number == 1
        client = Client()
        client.force_login(surveyor)
        screen = client.get(reverse("survey:open", args=[survey.pk])).content.decode()
        assert "Đặt mã mới cho câu “Mức hài lòng?”" in screen
