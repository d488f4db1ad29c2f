"""Surveys before the public: the list, the page of each, and addresses that stay."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent, SearchEntry
from surveys import factories
from surveys.enums import SurveyState
from surveys.models import Question, Survey, SurveyIndexPage, SurveyPage, SurveyTarget
from surveys.services.education import LEVELS, education_slug
from surveys.services.faults import plan_faults
from surveys.services.pages import survey_page_publish, survey_pages_setup
from surveys.services.plan import plan_of, rows_of
from surveys.services.questionnaires import survey_close, survey_create, survey_delete, survey_open
from surveys.services.seed import surveys_seed
from surveys.services.sipas import SIPAS
from tests.feedback.conftest import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def surveyor(site_tree, officer):
    return officer(Role.SURVEYOR)


def text_of(url, status=200):
    answer = Client().get(url)
    assert answer.status_code == status
    return BeautifulSoup(answer.content.decode(), "html.parser").find("main").get_text(" ", strip=True)


class TestPage:
    def test_it_is_a_draft_with_the_survey_and_public_once_opened(self, surveyor):
        survey = survey_create(actor=surveyor, slug="do-choi", title="Đồ chơi ở sân trường", kind="poll")
        page = SurveyPage.objects.get(survey=survey)
        assert (page.live, page.url) == (False, "/khao-sat/do-choi/")
        assert Client().get(page.url).status_code == 404
        assert "Đồ chơi" not in text_of("/khao-sat/")
        survey_open(survey=survey, actor=surveyor, open_link=True)
        assert "Bắt đầu trả lời" in text_of(page.url)
        assert "Đồ chơi ở sân trường" in text_of("/khao-sat/")
        assert SearchEntry.objects.filter(kind="survey", object_id=page.pk).exists()
        survey_close(survey=survey, actor=surveyor)
        assert "Khảo sát đã kết thúc" in text_of(page.url)
        # Posters and mails of a closed survey lead to the page that says so.
        answer = Client().get("/khao-sat/do-choi/tra-loi/")
        assert (answer.status_code, answer.url) == (302, page.url)

    def test_its_days_decide_without_anybody(self, surveyor):
        survey = factories.survey(open_link=True, slug="theo-ngay")
        survey_page_publish(survey=survey)
        today = timezone.localdate()
        for opens, closes, words in (
            (today + timedelta(days=1), None, "Khảo sát nhận phiếu từ ngày"),
            (today, today, "Nhận phiếu đến hết ngày"),
            (None, today - timedelta(days=1), "Khảo sát đã kết thúc"),
        ):
            Survey.objects.filter(pk=survey.pk).update(opens_on=opens, closes_on=closes)
            assert words in text_of("/khao-sat/theo-ngay/")
            taken = Client().get("/khao-sat/theo-ngay/tra-loi/").status_code == 200
            assert taken == ("Nhận phiếu đến" in words)

    def test_places_are_chosen_on_the_page(self, surveyor):
        survey = factories.survey(slug="chon-noi")
        for code, name in (("hoa-mai", "Trường Hoa Mai"), ("hoa-cuc", "Trường Hoa Cúc")):
            unit = make_unit(code, name)
            factories.place(survey, unit.slug, unit=unit)
        survey_page_publish(survey=survey)
        assert "Ông/bà trả lời về nơi nào?" in text_of("/khao-sat/chon-noi/")
        found = Client().get("/khao-sat/chon-noi/tra-loi/diem/", {"diem": unit.slug})
        assert found.url == f"/khao-sat/chon-noi/tra-loi/diem/{unit.slug}/"
        assert Client().get("/khao-sat/chon-noi/tra-loi/diem/?diem=khong-co").url == "/khao-sat/chon-noi/"

    def test_addresses_are_refused_another_name_with_the_reason(self, surveyor):
        survey = factories.survey(slug="giu-dia-chi")
        survey_page_publish(survey=survey)
        for page in (SurveyPage.objects.get(survey=survey), SurveyIndexPage.objects.get()):
            page.slug = "ten-khac"
            with pytest.raises(ValidationError, match="QR"):
                page.full_clean()

    def test_a_page_is_not_copied_and_the_editor_is_told_why(self, officer, site_tree):
        survey = factories.survey(slug="mot-trang")
        survey_page_publish(survey=survey)
        client = Client()
        client.force_login(officer(Role.EDITOR))
        page = SurveyPage.objects.get(survey=survey)
        answer = client.get(reverse("wagtailadmin_pages:copy", args=[page.pk]), follow=True)
        assert "Mỗi khảo sát chỉ có một trang" in answer.content.decode()

    def test_a_draft_goes_with_its_page(self, surveyor):
        survey = survey_create(actor=surveyor, slug="bo-di", title="Bỏ đi", kind="poll")
        survey_delete(survey=survey, actor=surveyor)
        assert not SurveyPage.objects.exists()

    def test_a_page_of_a_draft_that_an_editor_published_shows_no_question(self, surveyor):
        survey = factories.survey(slug="chua-mo", state=SurveyState.DRAFT, open_link=True)
        survey_page_publish(survey=survey)
        assert "Khảo sát này chưa mở" in text_of("/khao-sat/chua-mo/")
        assert "Khảo sát mẫu" not in text_of("/khao-sat/")
        assert not SearchEntry.objects.filter(kind="survey").exists()


class TestFirstSurveys:
    def test_sipas_has_five_factors_and_twenty_two_criteria(self, db):
        surveys_seed()
        survey = Survey.objects.get(slug=SIPAS)
        plan = plan_of(survey.versions.get())
        factors = [(section.key, len(asked)) for section, asked in plan.sections if section.in_index]
        assert [count for _key, count in factors] == [4, 5, 6, 3, 4]
        scores = [question.key for question in plan.questions if question.kind == "score"]
        assert scores == [f"TC{number:02d}" for number in range(1, 23)]
        assert not survey.confirmed
        assert "cần xác nhận" in survey.source
        assert SurveyTarget.objects.get(survey=survey).value == 95

    def test_every_level_of_schools_has_five_blocks_with_the_same_keys(self, db):
        surveys_seed()
        keys = set()
        for level, *_rest in LEVELS:
            survey = Survey.objects.get(slug=education_slug(level))
            plan = plan_of(survey.versions.get())
            assert plan_faults(plan) == []
            assert [len(asked) for section, asked in plan.sections if section.in_index] == [5, 5, 5, 5, 4]
            keys.add(tuple(plan.by_key))
            assert not survey.confirmed
        assert len(keys) == 1

    def test_they_come_once_and_what_was_removed_stays_away(self, site_tree, surveyor):
        survey_delete(survey=Survey.objects.get(slug=education_slug("gdtx")), actor=surveyor)
        assert surveys_seed() == 0
        assert LedgerEvent.objects.filter(verb="survey.seeded").count() == 1

    def test_setup_gives_each_a_page_and_only_open_ones_to_the_public(self, site_tree):
        survey_pages_setup()
        survey_pages_setup()
        assert SurveyPage.objects.count() == 1 + len(LEVELS)
        assert not SurveyPage.objects.live().exists()

    def test_words_fit_their_columns(self, db):
        surveys_seed()
        for question in Question.objects.all():
            for row in rows_of(question):
                assert 0 < len(row.label) < 300
            question.clean_fields()
