"""From an approved answer to a figure: invited once an answer, told only as counts, nothing of the case goes over."""

import json
import re
from datetime import date

from django.core import mail
from django.test import Client
from django.urls import reverse

import pytest
import time_machine

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.services.outbox import mails_send_due
from feedback import factories as cases
from feedback.codes import code_for, rating_token
from feedback.services.answer_ratings import about_of, answer_rating_url
from feedback.services.answers import answer_approve, answer_save, answer_submit
from feedback.services.handling import case_reopen, case_start
from feedback.services.submission import case_submit
from feedback.services.triage import case_accept, case_assign
from surveys import factories
from surveys.models import Invitation, Response, ResponseItem, Survey
from surveys.services.faults import plan_faults
from surveys.services.plan import plan_of
from surveys.services.questionnaires import survey_close
from surveys.services.seed import ANSWER_RATING, surveys_seed
from tests.feedback.conftest import make_desk, make_officer, make_unit
from tests.surveys.test_answering import fill, page_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+?(/khao-sat/\S+/tra-loi/\S+/\?diem=(\d))")


@pytest.fixture
def desk(site_tree):
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


def letter():
    """The mail that carries the answer, newest first."""
    mails_send_due()
    return [each for each in mail.outbox if each.subject.startswith("Trả lời phản ánh")][-1]


def rate(client, path, **answers):
    page = page_of(client.get(path))
    return client.post(page.find("form", method="post")["action"], fill(page, **answers))


class TestSeed:
    def test_setup_brings_an_open_survey_that_an_office_may_edit_and_brings_it_once(self, site_tree):
        survey = Survey.objects.get(slug=ANSWER_RATING)
        assert survey.is_open
        assert surveys_seed() == 0
        survey.title = "Của cơ quan"
        survey.save()
        surveys_seed()
        assert Survey.objects.get(slug=ANSWER_RATING).title == "Của cơ quan"

    def test_sipas_is_a_draft_of_five_factors_that_waits_to_be_confirmed(self, site_tree):
        survey = Survey.objects.get(slug="sipas")
        assert (survey.state, survey.confirmed) == ("draft", False)
        assert "cần xác nhận" in survey.source
        plan = plan_of(survey.versions.get())
        criteria = [[each.key for each in asked if each.kind == "score"] for _section, asked in plan.sections]
        assert [len(each) for each in criteria] == [4, 5, 6, 3, 4, 0]
        assert [key for keys in criteria for key in keys] == [f"TC{number:02d}" for number in range(1, 23)]
        assert plan_faults(plan) == []


class TestMail:
    def test_it_carries_a_link_a_level_and_the_button_there_stores(self, desk):
        case = cases.answered(desk)
        links = {level: path for path, level in LINK.findall(letter().body)}
        assert sorted(links) == ["1", "2", "3", "4", "5"]
        client = Client()
        page = page_of(client.get(links["4"]))
        assert [each["value"] for each in page.select("input[type=radio][checked]")] == ["4"]
        assert Response.objects.count() == 0
        assert rate(client, links["4"], **{"muc-hai-long": "4"}).status_code == 302
        response = Response.objects.get()
        assert response.unit == desk.unit
        assert response.about == about_of(case.category.code)
        assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc-hai-long", "4")]

    def test_neither_mail_nor_link_names_the_case_and_no_row_leads_back(self, desk):
        case = cases.answered(desk)
        token = rating_token(case.answers.get().pk)
        assert case.reference not in "".join(path for path, _level in LINK.findall(letter().body))
        factories.answered(Survey.objects.get(slug=ANSWER_RATING), {"muc-hai-long": "5"})
        stored = " ".join(str(row) for model in (Invitation, Response, ResponseItem) for row in model.objects.values())
        assert case.reference not in stored
        assert token not in stored
        rated = LedgerEvent.objects.filter(subject_type__startswith="survey").exclude(verb="survey.seeded")
        assert not rated.exists()

    def test_a_rated_answer_is_not_asked_about_again(self, desk):
        cases.answered(desk)
        body = letter().body
        rate(Client(), LINK.findall(body)[0][0], **{"muc-hai-long": "5"})
        answers = [Client().get(path).status_code for path, _level in LINK.findall(body)]
        assert answers == [404] * 5

    def test_without_an_open_survey_there_is_no_link_and_the_answer_goes_out(self, desk, officer):
        survey_close(survey=Survey.objects.get(slug=ANSWER_RATING), actor=officer(Role.SURVEYOR))
        cases.answered(desk)
        assert not LINK.findall(letter().body)
        assert Invitation.objects.count() == 0


class TestFollowing:
    def submit(self, desk):
        token = "mot-ma-cua-bieu-mau-dai-hon"
        case = case_submit(form_token=token, entry=cases.entry(desk.unit)).case
        return case, code_for(token)

    def answer(self, desk, case):
        case = case_accept(case=case, actor=desk.clerk)
        case = case_start(case=case_assign(case=case, actor=desk.clerk, officer=desk.officer), actor=desk.officer)
        answer_save(case=case, actor=desk.officer, body=cases.ANSWER, outcome="accepted_and_fixed")
        return answer_approve(case=answer_submit(case=case, actor=desk.officer), actor=desk.leader)

    def test_the_code_leads_to_it_until_it_is_rated(self, desk):
        case, code = self.submit(desk)
        client = Client()
        before = client.post(reverse("feedback:follow"), {"code": code})
        assert "Chấm câu trả lời" not in before.content.decode()
        case = self.answer(desk, case)
        page = page_of(client.post(reverse("feedback:follow"), {"code": code}))
        link = page.find("a", string="Chấm câu trả lời")["href"]
        assert "them=1" in rate(client, link, **{"muc-hai-long": "3"}).url  # opens “what was not right?”
        page = page_of(client.get(f"{link}?diem=3"))
        assert client.post(link, fill(page, **{"muc-hai-long": "3"})).status_code == 302
        after = client.post(reverse("feedback:follow"), {"code": code})
        assert "Chấm câu trả lời" not in after.content.decode()

    def test_the_second_answer_of_a_reopened_case_is_rated_anew(self, desk):
        case = cases.answered(desk)
        first = answer_rating_url(case)
        assert rate(Client(), f"{first}?diem=1", **{"muc-hai-long": "1"}).status_code == 302
        assert answer_rating_url(case) == ""
        case = case_reopen(case=case, reason="Câu trả lời chưa nói đến quạt ở phòng bên cạnh.")
        assert answer_rating_url(case) == ""
        officer, leader = (make_officer(f"{role}-hai", role, unit=desk.unit) for role in (Role.HANDLER, Role.LEADER))
        case = case_start(case=case_assign(case=case, actor=desk.clerk, officer=officer), actor=officer)
        answer_save(case=case, actor=officer, body="Đã thay nốt quạt.", outcome="accepted_and_fixed")
        case = answer_approve(case=answer_submit(case=case, actor=officer), actor=leader)
        second = answer_rating_url(case)
        assert second
        assert second != first
        assert rate(Client(), f"{second}?diem=5", **{"muc-hai-long": "5"}).status_code == 302
        assert Response.objects.count() == 2


class TestFigures:
    PAGE = "/phan-anh-kien-nghi/thong-ke/"

    @pytest.fixture(autouse=True)
    def today(self):
        with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
            yield

    def give(self, unit, levels, day=date(2026, 10, 3), category="khac"):
        survey = Survey.objects.get(slug=ANSWER_RATING)
        for level in levels:
            factories.answered(survey, {"muc-hai-long": level}, unit=unit, about=about_of(category), today=day)

    def data(self, query="ky=2026"):
        return json.loads(Client().get(f"{self.PAGE}du-lieu.json?{query}").content)

    def test_means_by_unit_and_category_and_small_numbers_hidden_with_company(self, site_tree):
        first, second, third = (make_unit(f"truong-{name}", f"Trường {name}") for name in ("a", "b", "c"))
        self.give(first, "55544", category="tuyen-sinh")
        self.give(second, "111", category="hoc-phi")
        self.give(third, "4444444", category="tuyen-sinh")
        found = self.data()
        assert found["totals"]["rating_mean"] == 3.6
        units = {row["code"]: row for row in found["by_unit"]}
        # Three ratings are hidden, and so many others with them that not even their sum is small.
        hidden = {code for code, row in units.items() if "rating_mean" in row["hidden"]}
        assert hidden >= {"truong-a", "truong-b"}
        assert units["truong-c"]["rating_mean"] == 4.0
        assert all(units[code]["rating_mean"] is None for code in hidden)
        page = Client().get(f"{self.PAGE}?ky=2026").content.decode()
        assert "Điểm người gửi chấm" in page

    def test_a_rating_of_the_month_that_runs_moves_no_figure_before_the_month_is_over(self, site_tree):
        unit = make_unit("truong-a", "Trường a")
        self.give(unit, "55555")
        before = self.data()["totals"]
        self.give(unit, "1", day=date(2026, 11, 30))
        assert self.data()["totals"] == before
        with time_machine.travel("2026-12-01 09:00 +0700", tick=False):
            assert self.data()["totals"]["rating_mean"] == 4.33

    def test_few_ratings_are_hidden_whole(self, site_tree):
        self.give(make_unit("truong-a", "Trường a"), "5544")
        found = self.data()
        assert found["totals"]["rating_mean"] is None
        page = Client().get(f"{self.PAGE}?ky=2026").content.decode()
        assert "4,5" not in page

    def test_two_periods_do_not_subtract_to_a_few(self, site_tree):
        unit = make_unit("truong-a", "Trường a")
        self.give(unit, "55555", day=date(2026, 1, 5))
        self.give(unit, "1", day=date(2026, 2, 5))
        year, quarter = self.data("ky=2026"), self.data("ky=2026-Q1")
        month = self.data("ky=2026-01")
        assert year["totals"]["rating_mean"] == quarter["totals"]["rating_mean"] == 4.33
        assert month["totals"]["rating_mean"] is None

    def test_of_part_of_a_month_nothing_is_told(self, site_tree):
        self.give(make_unit("truong-a", "Trường a"), "5555555")
        assert self.data("tu=2026-10-02&den=2026-10-20")["totals"]["rating_mean"] is None

    def test_a_kept_copy_is_known_to_be_old_after_a_rating(self, site_tree):
        url, unit = f"{self.PAGE}du-lieu.json?ky=2026", make_unit("truong-a", "Trường a")
        etag = Client().get(url).headers["ETag"]
        assert Client().get(url, headers={"If-None-Match": etag}).status_code == 304
        self.give(unit, "5")
        assert Client().get(url, headers={"If-None-Match": etag}).status_code == 200

    def test_the_desk_tells_an_officer_of_the_own_unit_alone(self, site_tree):
        mine, other = make_desk("truong-a", "Trường Mẫu A"), make_desk("truong-b", "Trường Mẫu B")
        self.give(mine.unit, "55544")
        self.give(other.unit, "222222")
        client = Client()
        client.force_login(mine.officer)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Trường Mẫu A: 4,60 trên 5, 5 phiếu" in home
        assert "Trường Mẫu B: " not in home
        client.force_login(mine.clerk)
        assert "Toàn cơ quan: 3,18 trên 5, 11 phiếu" in client.get(reverse("wagtailadmin_home")).content.decode()
