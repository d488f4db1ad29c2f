"""A paper says from which questions it was printed; they do not change under whoever keys it in; two hands are two."""

import io

from django.test import Client
from django.urls import reverse

import pytest
from pypdf import PdfReader

from cms.core.enums import Role
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import PaperEntry, Response, ResponseItem, SurveyVersion
from surveys.services.papers import Keyed, paper_key
from surveys.services.questionnaires import SurveyRefusedError, version_save, version_undo
from tests.feedback.conftest import make_unit
from tests.screens import values_on
from tests.surveys.test_papers import TODAY, screen, words_of

pytestmark = pytest.mark.django_db
YES_NO = {"key": "G", "label": "Ông/bà đã nhận giấy?", "kind": QuestionKind.ONE_OF, "choices": "Có\nKhông"}
MANY = [YES_NO, *({"key": f"M{n}", "label": f"Việc {n}", "kind": QuestionKind.TEXT} for n in range(40))]


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


@pytest.fixture
def school(site_tree):
    return make_unit("th-mot", "Trường Một")


@pytest.fixture
def survey(school):
    made = factories.survey(MANY, slug="giay", open_link=True, paper_twice=True)
    factories.place(made, "hop-thu", ChannelKind.PAPER, unit=school)
    return made


@pytest.fixture
def desk(surveyor):
    return desk_of(surveyor)


def desk_of(user):
    client = Client()
    client.force_login(user)
    return client


def swap(survey, actor):
    """Turn the two choices round, as their author may while nobody has answered."""
    version = SurveyVersion.objects.get(pk=survey.current_id)
    section = version.sections.get()
    questions = list(section.questions.all())
    questions[0].choices = "Không\nCó"
    section.questions, version.sections = questions, [section]
    version_save(version=version, actor=actor)


def keyed(survey, sheet="P1", answer="khong", **more):
    return Keyed(survey.current, survey.channels.get(code="hop-thu"), sheet, TODAY, {"G": answer}, **more)


def pages(answer):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


class TestEditions:
    def test_every_sheet_and_the_screen_name_the_edition(self, survey, desk, surveyor):
        url = f"/khao-sat/{survey.slug}/phieu-giay/"
        for edition in (0, 1):
            printed = pages(desk.get(screen("sheet", survey)))
            wanted = f"Bản câu hỏi số 1, lần sửa {edition}"
            assert len(printed) > 1
            assert all(wanted in page for page in printed)
            assert wanted in words_of(Client().get(url))
            assert f"“{wanted}”" in words_of(desk.get(screen("key", survey)))
            assert f"“{wanted}”" in words_of(desk.get(screen("papers", survey)))
            swap(survey, surveyor)

    def test_the_screen_says_that_older_prints_may_mean_something_else(self, survey, desk, surveyor):
        assert "in trước lần sửa cuối" not in words_of(desk.get(screen("key", survey)))
        assert "sửa xong phải in lại" in words_of(desk.get(screen("papers", survey)))
        swap(survey, surveyor)
        assert "đã được sửa 1 lần" in words_of(desk.get(screen("key", survey)))
        assert "in trước lần sửa cuối" in words_of(desk.get(screen("key", survey)))
        paper_key(survey=survey, actor=surveyor, keyed=keyed(survey))
        assert "sửa xong phải in lại" not in words_of(desk.get(screen("papers", survey)))

    def test_whoever_changes_questions_that_are_asked_is_told_to_print_again(self, survey, desk):
        url = reverse("survey:version", args=[survey.current_id])
        told = desk.post(url, values_on(desk.get(url)) | {"sections-0-title": "Phần mới"}, follow=True)
        assert "in lại, phiếu mới ghi “Bản câu hỏi số 1, lần sửa 1”" in told.content.decode()
        undo = {"version": survey.current_id, "expected": "1"}
        told = desk.post(reverse("survey:step", args=[survey.pk, "undo"]), undo, follow=True)
        assert "in lại, phiếu mới ghi “Bản câu hỏi số 1, lần sửa 2”" in told.content.decode()

    def test_questions_that_change_under_the_hands_of_who_types_are_told(self, survey, desk, surveyor):
        values = values_on(desk.get(screen("key", survey)), "form.survey-keying")
        place = survey.channels.get(code="hop-thu").pk
        typed = values | {"sheet": "P1", "channel": place, "p-G": "2"}
        swap(survey, surveyor)
        answer = desk.post(screen("key", survey), typed)
        assert answer.status_code == 422
        assert "vừa được sửa trong lúc nhập" in words_of(answer)
        assert "“Bản câu hỏi số 1, lần sửa 1”" in words_of(answer)
        assert not PaperEntry.objects.exists()
        again = values_on(answer, "form.survey-keying")
        assert (again["p-G"], again["edition"]) == ("2", "1")
        assert desk.post(screen("key", survey), again).status_code == 302
        assert PaperEntry.objects.get().first == {"G": "co"}

    def test_from_the_first_paper_on_nobody_changes_what_its_numbers_mean(self, survey, surveyor):
        paper_key(survey=survey, actor=surveyor, keyed=keyed(survey))
        assert not Response.objects.exists()
        with pytest.raises(SurveyRefusedError, match="giữ nguyên"):
            swap(survey, surveyor)
        version = SurveyVersion.objects.get(pk=survey.current_id)
        with pytest.raises(SurveyRefusedError, match="giữ nguyên"):
            version_undo(version=version, actor=surveyor)

    def test_a_paper_that_is_refused_freezes_nothing(self, survey, desk, surveyor):
        with pytest.raises(SurveyRefusedError, match="vừa được sửa"):
            paper_key(survey=survey, actor=surveyor, keyed=keyed(survey, edition=7))
        assert SurveyVersion.objects.get(survey=survey).frozen_on is None

    @pytest.mark.parametrize("given", ["", "x", "-1", "9" * 40, "²"])
    def test_whatever_the_form_carries(self, survey, desk, given):
        place = survey.channels.get(code="hop-thu").pk
        typed = {"sheet": "P1", "channel": place, "day": TODAY.strftime("%d/%m/%Y"), "p-G": "2", "edition": given}
        assert desk.post(screen("key", survey), typed).status_code in {302, 422}


class TestHands:
    def test_the_second_time_is_for_another_person_of_the_place(self, survey, school, officer, desk, surveyor):
        clerk, other = (officer(Role.INTAKE, unit=school, username=name) for name in ("mot", "hai"))
        for first in (clerk, surveyor):
            sheet = f"P-{first.pk}"
            paper_key(survey=survey, actor=first, keyed=keyed(survey, sheet))
            with pytest.raises(SurveyRefusedError, match="phải để người khác ở nơi ấy nhập"):
                paper_key(survey=survey, actor=first, keyed=keyed(survey, sheet))
            assert PaperEntry.objects.get(sheet=sheet).second is None
            paper_key(survey=survey, actor=other, keyed=keyed(survey, sheet))
        assert Response.objects.count() == 2
        assert "một người nhập cả hai lần" not in words_of(desk.get(screen("papers", survey)))

    def test_who_is_alone_may_and_the_list_and_the_comparison_say_so(self, survey, school, officer, desk):
        clerk = officer(Role.INTAKE, unit=school)
        for sheet, second in (("P1", "khong"), ("P2", "co")):
            paper_key(survey=survey, actor=clerk, keyed=keyed(survey, sheet))
            paper_key(survey=survey, actor=clerk, keyed=keyed(survey, sheet, second))
        assert ResponseItem.objects.get().choice == "khong"
        listed = words_of(desk.get(screen("papers", survey)))
        assert listed.count("(một người nhập cả hai lần)") == 2
        entry = PaperEntry.objects.get(sheet="P2")
        compared = desk_of(clerk).get(screen("compare", survey, entry.pk))
        assert "Cả hai lần do một người nhập" in words_of(compared)

    def test_of_two_hands_nothing_is_said(self, survey, school, officer, surveyor):
        clerk = officer(Role.INTAKE, unit=school)
        paper_key(survey=survey, actor=clerk, keyed=keyed(survey))
        entry = paper_key(survey=survey, actor=surveyor, keyed=keyed(survey, answer="co"))
        compared = desk_of(surveyor).get(screen("compare", survey, entry.pk))
        assert "Cả hai lần do một người nhập" not in words_of(compared)

    def test_somebody_of_another_school_or_who_has_left_is_not_at_hand(self, survey, school, officer):
        clerk, gone = (officer(Role.INTAKE, unit=school, username=name) for name in ("mot", "hai"))
        officer(Role.INTAKE, unit=make_unit("th-hai", "Trường Hai"), username="ba")
        gone.is_active = False
        gone.save()
        paper_key(survey=survey, actor=clerk, keyed=keyed(survey))
        assert paper_key(survey=survey, actor=clerk, keyed=keyed(survey)).response is not None

    def test_papers_of_no_place_are_the_offices_own(self, survey, officer, surveyor):
        plain = Keyed(survey.current, None, "P1", TODAY, {"G": "co"})
        paper_key(survey=survey, actor=surveyor, keyed=plain)
        officer(Role.SURVEYOR, username="nguoi-hai")
        with pytest.raises(SurveyRefusedError, match="người khác"):
            paper_key(survey=survey, actor=surveyor, keyed=plain)
