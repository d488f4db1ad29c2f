"""Surveys in the admin: written, copied, opened, closed by those who keep them; results for those who may see them."""

import csv
import io
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from surveys import factories
from surveys.enums import SurveyState
from surveys.models import Response, Survey, SurveyVersion
from surveys.services.questionnaires import (
    SurveyRefusedError,
    survey_copy,
    survey_delete,
    survey_open,
    version_draft,
    version_save,
    version_use,
)
from tests.feedback.conftest import make_unit
from tests.screens import values_on

pytestmark = pytest.mark.django_db
TODAY, LAST_MONTH = date(2026, 11, 30), date(2026, 10, 12)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


def desk_of(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(answer):
    return " ".join(BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ").split())


def screen(name, *args):
    return reverse(f"survey:{name}", args=args)


class TestWriting:
    def test_a_new_survey_has_its_screen_and_one_question_to_begin_with(self, surveyor):
        client = desk_of(surveyor)
        values = values_on(client.get(screen("add"))) | {"title": "Khảo sát bữa ăn", "slug": "bua-an", "kind": "poll"}
        answer = client.post(screen("add"), values, follow=True)
        survey = Survey.objects.get(slug="bua-an")
        assert answer.redirect_chain[-1][0] == screen("open", survey.pk)
        assert survey.state == SurveyState.DRAFT
        assert survey.versions.get().sections.get().questions.count() == 1
        assert LedgerEvent.objects.filter(verb="survey.created").exists()

    def test_a_form_that_cannot_be_stored_says_why_and_keeps_the_rest(self, surveyor):
        factories.survey(slug="da-co")
        client = desk_of(surveyor)
        values = values_on(client.get(screen("add"))) | {"title": "Tên đã gõ", "slug": "da-co"}
        answer = client.post(screen("add"), values)
        assert answer.status_code == 200
        assert values_on(answer)["title"] == "Tên đã gõ"
        assert Survey.objects.filter(title="Tên đã gõ").count() == 0

    def test_sections_and_questions_are_written_on_one_screen(self, surveyor):
        survey = factories.survey(state=SurveyState.DRAFT)
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        values = values_on(client.get(url))
        assert values["sections-0-questions-0-key"] == "muc"
        values |= {"sections-0-title": "Phần đã đổi", "sections-0-questions-1-label": "Lời khác"}
        assert client.post(url, values).status_code == 302
        section = survey.current.sections.get()
        assert section.title == "Phần đã đổi"
        assert [question.label for question in section.questions.all()] == ["Bạn hài lòng ở mức nào?", "Lời khác"]

    def test_what_nobody_could_be_asked_is_refused_with_the_reason_and_nothing_is_lost(self, surveyor):
        survey = factories.survey(state=SurveyState.DRAFT)
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        values = values_on(client.get(url)) | {
            "sections-0-title": "Tên mới",
            "rules-TOTAL_FORMS": "1",
            "rules-0-key": "muc",
            "rules-0-on_key": "loi",
            "rules-0-operator": "answered",
            "rules-0-value": "",
            "rules-0-ORDER": "1",
        }
        answer = client.post(url, values)
        assert "phải đứng sau câu" in text_of(answer)
        assert values_on(answer)["sections-0-title"] == "Tên mới"
        assert survey.current.sections.get().title == "Phần 1"
        assert not survey.current.rules.exists()

    def test_the_second_of_two_hands_is_told_and_loses_nothing(self, surveyor):
        survey = factories.survey(state=SurveyState.DRAFT)
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        first, second = values_on(client.get(url)), values_on(client.get(url))
        assert client.post(url, first | {"sections-0-title": "Tay thứ nhất"}).status_code == 302
        answer = client.post(url, second | {"sections-0-title": "Tay thứ hai"})
        assert "Người khác vừa sửa các câu hỏi này" in text_of(answer)
        assert survey.current.sections.get().title == "Tay thứ nhất"
        again = values_on(answer)
        assert again["sections-0-title"] == "Tay thứ hai"
        assert client.post(url, again).status_code == 302
        assert survey.current.sections.get().title == "Tay thứ hai"

    def test_the_last_change_is_taken_back_and_put_back_again(self, surveyor):
        survey = factories.survey(state=SurveyState.DRAFT, rules=[("loi", "muc", "at_most", "3")])
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        assert client.post(url, values_on(client.get(url)) | {"sections-0-title": "Tên mới"}).status_code == 302
        undo, pressed = screen("step", survey.pk, "undo"), {"version": survey.current_id, "expected": "1"}
        assert "Hoàn tác lần sửa cuối" in text_of(client.get(screen("open", survey.pk)))
        assert client.post(undo, pressed).status_code == 302
        assert survey.current.sections.get().title == "Phần 1"
        assert survey.current.rules.get().on_key == "muc"
        # Another hand that saw what stood before does not undo the undoing by chance.
        assert "Người khác vừa sửa" in text_of(client.post(undo, pressed))
        client.post(undo, pressed | {"expected": "2"})
        assert survey.current.sections.get().title == "Tên mới"

    def test_an_answered_version_is_looked_at_never_changed(self, surveyor):
        survey = factories.survey()
        factories.answered(survey, {"muc": "5"})
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        assert "Bản câu hỏi này đã khóa" in text_of(client.get(url))
        client.post(url, {"sections-0-title": "Đổi lén"})
        assert survey.current.sections.get().title == "Phần 1"
        version = SurveyVersion.objects.get(pk=survey.current_id)
        with pytest.raises(SurveyRefusedError, match="lập bản mới"):
            version_save(version=version, actor=surveyor)

    def test_whoever_was_writing_when_the_first_response_came_is_told_and_loses_nothing(self, surveyor):
        survey = factories.survey()
        client, url = desk_of(surveyor), screen("version", survey.current_id)
        values = values_on(client.get(url)) | {"sections-0-title": "Chữ vừa gõ"}
        factories.answered(survey, {"muc": "5"})
        answer = client.post(url, values)
        assert answer.status_code == 200
        assert "Đã có phiếu trả lời bản này nên câu hỏi được giữ nguyên" in text_of(answer)
        assert values_on(answer)["sections-0-title"] == "Chữ vừa gõ"
        assert survey.current.sections.get().title == "Phần 1"

    def test_a_new_version_copies_all_and_is_asked_only_when_chosen(self, surveyor):
        rules = [("loi", "muc", "at_most", "3")]
        survey = factories.survey(rules=rules)
        factories.answered(survey, {"muc": "5"})
        answer = desk_of(surveyor).post(screen("step", survey.pk, "draft"))
        second = survey.versions.get(number=2)
        assert answer.url == screen("version", second.pk)
        assert [each.key for each in second.sections.get().questions.all()] == ["muc", "loi"]
        assert [each.on_key for each in second.rules.all()] == ["muc"]
        assert version_draft(survey=survey, actor=surveyor) == second  # pressed twice: the same draft
        survey.refresh_from_db()
        assert survey.current.number == 1
        desk_of(surveyor).post(screen("step", survey.pk, "use"), {"version": second.pk})
        survey.refresh_from_db()
        assert survey.current == second

    def test_a_faulty_version_is_not_put_into_use(self, surveyor):
        survey = factories.survey()
        faulty = factories.version(survey, [factories.SCORE], [factories.SCORE])
        with pytest.raises(SurveyRefusedError, match="dùng hai lần"):
            version_use(version=faulty, actor=surveyor)
        answer = desk_of(surveyor).post(screen("step", survey.pk, "use"), {"version": faulty.pk})
        assert answer.status_code == 422
        assert "dùng hai lần" in text_of(answer)
        other = factories.survey()
        answer = desk_of(surveyor).post(screen("step", survey.pk, "use"), {"version": other.current_id})
        assert answer.status_code == 404

    def test_preview_shows_what_the_citizen_sees_and_sends_nothing(self, surveyor):
        survey = factories.survey([factories.SCORE], [factories.WORDS], intro="Chỉ mất một phút.")
        client, url = desk_of(surveyor), screen("preview", survey.current_id)
        page = BeautifulSoup(client.get(url).content.decode(), "html.parser")
        assert "Chỉ mất một phút." in page.get_text()
        assert "Không phiếu nào được ghi" in page.get_text()
        assert "Bạn muốn nói thêm" in text_of(client.get(f"{url}?phan=2"))
        assert not Response.objects.exists()

    def test_a_copy_asks_the_same_and_shares_nothing(self, surveyor):
        survey = factories.survey()
        factories.answered(survey, {"muc": "5"})
        client = desk_of(surveyor)
        answer = client.post(screen("step", survey.pk, "copy"), {"title": "Bản sao", "slug": "ban-sao"})
        made = Survey.objects.get(slug="ban-sao")
        assert answer.url == screen("open", made.pk)
        assert made.state == SurveyState.DRAFT
        assert made.versions.get().frozen_on is None
        assert "Đang nhận phiếu" not in text_of(client.get(screen("open", made.pk)))
        again = client.post(screen("step", survey.pk, "copy"), {"title": "Khác", "slug": "ban-sao"})
        assert again.status_code == 422
        assert "đã có khảo sát khác dùng" in text_of(again)


class TestOpening:
    def test_only_one_survey_is_asked_after_answers(self, surveyor):
        standing = Survey.objects.of_answers().get()
        second = survey_copy(survey=standing, actor=surveyor, title="Bản hai", slug="ban-hai")
        with pytest.raises(SurveyRefusedError, match="đóng khảo sát ấy trước"):
            survey_open(survey=second, actor=surveyor)
        answer = desk_of(surveyor).post(screen("step", second.pk, "open"))
        assert answer.status_code == 422
        desk_of(surveyor).post(screen("step", standing.pk, "close"))
        assert survey_open(survey=second, actor=surveyor).is_open

    def test_a_survey_is_opened_with_a_link_for_everybody_only_when_asked(self, surveyor):
        survey = factories.survey(state=SurveyState.DRAFT)
        client, public = desk_of(surveyor), f"/khao-sat/{survey.slug}/tra-loi/"
        client.post(screen("step", survey.pk, "open"))
        # Who comes without an invitation is led to the page that says how one answers.
        assert Client().get(public).url == f"/khao-sat/{survey.slug}/"
        assert "chỉ trả lời bằng liên kết" in Client().get(f"/khao-sat/{survey.slug}/").content.decode()
        client.post(screen("step", survey.pk, "close"))
        client.post(screen("step", survey.pk, "open"), {"open_link": "1"})
        assert Client().get(public).status_code == 200

    def test_only_an_unanswered_draft_is_deleted(self, surveyor):
        survey, answered = factories.survey(state=SurveyState.DRAFT), factories.survey()
        factories.answered(answered, {"muc": "5"})
        with pytest.raises(SurveyRefusedError):
            survey_delete(survey=answered, actor=surveyor)
        assert desk_of(surveyor).post(screen("step", survey.pk, "delete")).url == screen("index")
        assert not Survey.objects.filter(pk=survey.pk).exists()
        assert Survey.objects.filter(pk=answered.pk).exists()


class TestResults:
    def give(self, survey, levels, unit=None, day=LAST_MONTH):
        for level in levels:
            factories.answered(survey, {"muc": level}, unit=unit, today=day)

    def test_the_table_tells_n_mean_top_two_and_bounds(self, surveyor):
        survey = factories.survey()
        self.give(survey, "1233444555")
        page = text_of(desk_of(surveyor).get(screen("figures", survey.pk)))
        # The first row of tests/files/estimates.toml: 1, 2, 3, 3, 4, 4, 4, 5, 5, 5.
        assert "10 phiếu" in page
        assert "3,60 60,0 % 31,3 % – 83,2 %" in page
        assert "Rất hài lòng: 3 (30,0 %)" in page

    def test_the_month_that_runs_is_told_when_it_is_over(self, surveyor):
        """Whoever reads the screen before and after somebody answered must not read that answer."""
        survey = factories.survey()
        self.give(survey, "4444455555")
        client, asked = desk_of(surveyor), screen("figures", survey.pk)
        before = client.get(asked).context["record"]
        self.give(survey, "1", day=TODAY)
        assert client.get(asked).context["record"] == before
        assert "Kết quả nêu đến hết ngày 31/10/2026" in text_of(client.get(asked))
        assert "chưa có tháng nào trọn vẹn" in text_of(client.get(f"{asked}?ky=2026-11"))
        with time_machine.travel("2026-12-01 09:00 +0700", tick=False):
            assert "11 phiếu" in text_of(desk_of(surveyor).get(asked))
        # Closed, opened again, closed again: what is told in between would be the difference.
        client.post(screen("step", survey.pk, "close"))
        assert client.get(asked).context["record"] == before

    def test_a_file_says_the_same_with_a_point(self, surveyor):
        survey = factories.survey()
        self.give(survey, "1233444555")
        answer = desk_of(surveyor).get(screen("figures_csv", survey.pk) + "?ky=2026-Q4")
        rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        line = next(row for row in rows if row["key"] == "muc")
        assert (line["n"], line["mean"], line["top2"]) == ("10", "3.6", "0.6")
        assert (line["wilson_low"], line["wilson_high"]) == ("0.3127", "0.8318")
        assert line["levels"] == "1=1 2=1 3=2 4=3 5=3"
        assert line["hidden"] == "false"

    def test_few_responses_are_hidden_on_the_screen_and_in_the_file(self, surveyor):
        survey = factories.survey()
        self.give(survey, "5544")
        client = desk_of(surveyor)
        assert "Số phiếu dưới 5 nên được ẩn" in text_of(client.get(screen("figures", survey.pk)))
        answer = client.get(screen("figures_csv", survey.pk))
        line = next(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert (line["n"], line["mean"], line["levels"], line["hidden"]) == ("", "", "", "true")

    def test_a_small_count_is_not_told_in_the_list_or_on_the_screen(self, surveyor):
        survey = factories.survey()
        client = desk_of(surveyor)
        shown = ((0, "0"), (1, "dưới 5"), (4, "dưới 5"), (5, "5"))
        for count, words in shown:
            self.give(survey, "4" * (count - Response.objects.count()))
            row = BeautifulSoup(client.get(screen("index")).content.decode(), "html.parser").select_one("main tbody tr")
            assert [cell.get_text(strip=True) for cell in row.find_all("td")][-1] == words
            answer = client.get(screen("open", survey.pk))
            assert answer.context["received"] == words
            # The day on which the first one came would tell as much.
            assert "30/11/2026" not in text_of(answer)

    def test_the_list_asks_no_more_for_many_surveys(self, surveyor):
        client, counts = desk_of(surveyor), []
        client.get(screen("index"))
        for size in (2, 20):
            for _turn in range(size):
                factories.survey()
            with CaptureQueriesContext(connection) as asked:
                assert client.get(screen("index")).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_a_leader_sees_the_whole_and_the_own_unit_and_no_other(self, officer):
        mine, other = make_unit("a", "Trường Của Mình"), make_unit("b", "Trường Kia")
        survey = factories.survey()
        self.give(survey, "44444", mine)
        self.give(survey, "11111", other)
        client = desk_of(officer(Role.LEADER, unit=mine))
        page = text_of(client.get(screen("figures", survey.pk)))
        assert "10 phiếu" in page
        assert "Trường Của Mình" in page
        assert "Trường Kia" not in page
        assert "5 phiếu" in text_of(client.get(screen("figures", survey.pk) + f"?don-vi={mine.pk}"))
        for name in ("figures", "figures_csv"):
            refused = client.get(screen(name, survey.pk) + f"?don-vi={other.pk}")
            assert refused.status_code in {302, 403}

    def test_a_period_that_is_none_is_told(self, surveyor):
        survey = factories.survey()
        client = desk_of(surveyor)
        assert client.get(screen("figures", survey.pk) + "?ky=2026-Q9").status_code == 400
        assert "tháng trọn vẹn" in text_of(client.get(screen("figures", survey.pk) + "?tu=2026-11-02&den=2026-11-09"))
        assert "chưa có phiếu nào" in text_of(client.get(screen("figures", survey.pk) + "?ky=2025"))

    @pytest.mark.parametrize("name", ["index", "open", "figures"])
    def test_statements_do_not_grow_with_responses(self, surveyor, name):
        unit = make_unit("a", "Trường A")
        survey = factories.survey()
        client, counts = desk_of(surveyor), []
        url = screen(name) if name == "index" else screen(name, survey.pk)
        client.get(url)
        for size in (6, 60):
            self.give(survey, "4" * size, unit)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestRefused:
    @pytest.mark.parametrize("role", [role for role in Role if role != Role.SURVEYOR])
    def test_nobody_else_writes(self, officer, role, unit):
        survey = factories.survey(state=SurveyState.DRAFT)
        client = desk_of(officer(role, unit=unit))
        for url in (
            screen("add"), screen("edit", survey.pk), screen("version", survey.current_id),
            screen("preview", survey.current_id),
        ):  # fmt: skip
            assert client.get(url).status_code in {302, 403}
        for verb in ("open", "close", "draft", "use", "copy", "delete"):
            assert client.post(screen("step", survey.pk, verb)).status_code in {302, 403}
        survey.refresh_from_db()
        assert survey.state == SurveyState.DRAFT

    def test_the_list_of_an_empty_house_says_so(self, surveyor):
        Survey.objects.update(current=None)
        Survey.objects.all().delete()
        answer = desk_of(surveyor).get(screen("index"))
        assert answer.status_code == 200
