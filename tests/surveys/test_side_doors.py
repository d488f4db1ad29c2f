"""Ways to a few people's answers, or to a second response: each was open once."""

import io
from datetime import date
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

import docx
import openpyxl
import pytest
import time_machine

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from surveys import factories, tasks
from surveys.enums import QuestionKind
from surveys.importers.responses import read_responses
from surveys.models import Invitation, MonthTally, Response, ResponseTally, ResultSnapshot
from surveys.services.drafts import draft_save
from surveys.services.invitations import invitation_of, invitations_mix
from surveys.services.months import months_fit_tallies
from surveys.services.questionnaires import SurveyRefusedError, version_undo
from surveys.services.ratings import ratings_of_kind
from surveys.services.responses import SentAlreadyError, response_store_open
from tests.feedback.conftest import make_unit
from tests.surveys.test_answering import fill, page_of
from tests.surveys.test_drafts import key_of
from tests.surveys.test_results import give, score

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def client(officer):
    found = Client()
    found.force_login(officer(Role.SURVEYOR))
    return found


@pytest.fixture
def survey():
    return factories.survey([score("TC01"), factories.WORDS], slug="thu", results_public=True)


class TestTakingAway:
    def export(self, client, survey, kind, query):
        return client.get(reverse("survey:export", args=[survey.pk, kind]) + f"?{query}")

    def test_no_rows_where_their_number_is_hidden_by_unit_or_by_month(self, survey, client):
        few, many, third = (make_unit(f"TH-{name}", f"Trường {name}") for name in "ABC")
        for unit in (few, third):  # two that are hidden, and hide one another
            give(survey, {"TC01": "1"}, 3, unit=unit)
        give(survey, {"TC01": "5"}, 30, unit=many)
        give(survey, {"TC01": "2"}, 1, unit=many, day=date(2026, 5, 12))
        for query in (f"ky=2026&don-vi={few.pk}", "ky=2026-05"):
            for kind in ("xlsx", "csv"):
                answer = self.export(client, survey, kind, query)
                assert answer.status_code == 422, (query, kind)
                assert "Ở đây ít phiếu nên số được ẩn" in answer.content.decode()
            assert self.export(client, survey, "docx", query).status_code == 200
        assert not LedgerEvent.objects.filter(verb="survey.exported", data__kind="csv").exists()
        assert self.export(client, survey, "csv", f"ky=2026&don-vi={many.pk}").status_code == 200

    def test_a_pasted_line_break_is_in_no_files_way(self, client):
        odd = {"key": "TC01", "label": "Nơi chờ\x0bđủ chỗ ngồi", "kind": QuestionKind.SCORE}
        survey = factories.survey([odd], slug="dong", title="Khảo sát\x0bthử")
        give(survey, {"TC01": "4"}, 9)
        book = openpyxl.load_workbook(io.BytesIO(self.export(client, survey, "xlsx", "ky=2026").content))
        assert "Nơi chờ đủ chỗ ngồi" in {cell.value for row in book["Từ điển"] for cell in row}
        letter = docx.Document(io.BytesIO(self.export(client, survey, "docx", "ky=2026").content))
        assert letter.paragraphs[0].text == "Kết quả khảo sát: Khảo sát thử"


class TestNotes:
    def test_what_cannot_be_text_is_told_and_publishes_and_takes_back_nothing(self, survey, client):
        give(survey, {"TC01": "4"}, 9)
        publish = reverse("survey:publish", args=[survey.pk]) + "?ky=2026-Q1"
        assert client.post(publish, {"note": "a\x00b"}).status_code == 422
        assert not ResultSnapshot.objects.exists()
        client.post(publish, {"note": "Theo kế hoạch"})
        made = ResultSnapshot.objects.get()
        answer = client.post(reverse("survey:withdraw", args=[survey.pk, made.pk]), {"reason": "a\x00b"})
        assert answer.status_code == 422
        made.refresh_from_db()
        assert not made.is_withdrawn


class TestPressedTwice:
    def test_one_draft_is_one_response_whoever_was_first(self, site_tree):
        survey = factories.survey([score("TC01")], [score("TC02")], open_link=True)
        client, url = Client(), f"/khao-sat/{survey.slug}/tra-loi/"
        first = client.post(f"{url}?phan=1", fill(page_of(client.get(url)), TC01="4"))
        last = page_of(client.get(first.url))
        # The other press has stored it between the reading of the draft and the storing.
        given = {"channel_id": survey.channels.get().pk, "version_id": survey.current_id, "answers": {"TC01": "4"}}
        draft = f"{survey.slug} {key_of(client).value}"
        response_store_open(**given, draft=draft)
        with pytest.raises(SentAlreadyError):
            response_store_open(**given, draft=draft)
        assert Response.objects.count() == 1
        assert ResponseTally.objects.get(key="", choice="").count == 1
        assert last.find("form", method="post")

    def test_the_second_press_is_thanked(self, site_tree, monkeypatch):
        survey = factories.survey([score("TC01")], [score("TC02")], open_link=True)
        client, url = Client(), f"/khao-sat/{survey.slug}/tra-loi/"
        first = client.post(f"{url}?phan=1", fill(page_of(client.get(url)), TC01="4"))
        data = fill(page_of(client.get(first.url)), TC02="5")

        def taken(**_given):
            raise SentAlreadyError

        monkeypatch.setattr("surveys.views.ways.response_store_open", taken)
        answer = client.post(first.url, data)
        assert (answer.status_code, answer.url) == (302, f"/khao-sat/{survey.slug}/cam-on/")
        assert Response.objects.count() == 0

    def test_what_cannot_be_stored_leaves_the_draft(self, site_tree):
        survey = factories.survey([{**score("TC01"), "required": True}], open_link=True)
        draft_save(key="open x", version=survey.current, answers={})
        given = {"channel_id": survey.channels.get().pk, "version_id": survey.current_id, "draft": "open x"}
        with pytest.raises(Exception, match="TC01"):
            response_store_open(**given, answers={})
        response_store_open(**given, answers={"TC01": "4"})
        assert Response.objects.count() == 1


class TestReading:
    HEADING = "Mã phiếu,Ngày,Mã đơn vị,Đơn vị,Kênh,TC01,loi\n"

    def read(self, row):
        return read_responses((self.HEADING + row).encode(), "phieu.csv", "thu")

    def test_a_name_of_two_schools_is_refused_and_the_code_decides(self, survey):
        make_unit("TH-A", "Trường Kim Đồng")
        second = make_unit("TH-B", "Trường Kim Đồng")
        (refusal,) = self.read("1,10/02/2026,,Trường Kim Đồng,,4,\n").refusals
        assert "Có mấy đơn vị tên “Trường Kim Đồng”" in refusal.reason
        (item,) = self.read("1,10/02/2026,TH-B,Trường Kim Đồng,,4,\n").items
        assert item.data[1].unit_id == second.pk

    def test_the_report_of_refused_rows_keeps_no_words(self, survey):
        (refusal,) = self.read("1,10/02/2026,,Không có,,4,Cô Lan dạy lớp 3A quát con tôi\n").refusals
        assert "Cô Lan" not in f"{refusal.text} {refusal.reason}"
        assert refusal.text.startswith("1 · 10/02/2026")


def test_a_used_invitation_is_not_known_by_the_transaction_that_stored_its_response():
    survey = factories.survey([score("TC01")])
    unused = factories.invited(survey)
    factories.answered(survey, {"TC01": "4"})
    before = tasks.JOBS[0].run()
    assert "0 lời mời quá hạn" in before
    assert invitations_mix() == 1
    assert invitation_of(unused)
    assert [each.used for each in Invitation.objects.order_by("pk")] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_the_rows_of_both_have_nothing_in_common_on_postgresql():
    survey = factories.survey([score("TC01")])
    factories.answered(survey, {"TC01": "4"})
    if connection.vendor != "postgresql":
        assert Invitation.objects.get().used, "no other database keeps with a row who wrote it"
        return
    invitations_mix()
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT xmin::text FROM surveys_invitation), (SELECT xmin::text FROM surveys_response)")
        first, second = cursor.fetchone()
    assert first != second


def test_undoing_what_people_are_asked_puts_back_nothing_that_cannot_be_asked(officer):
    surveyor, survey = officer(Role.SURVEYOR), factories.survey([score("TC01")])
    version = survey.current
    version.previous = {"note": "", "sections": [], "rules": []}
    version.save()
    with pytest.raises(SurveyRefusedError, match="chưa có câu hỏi nào"):
        version_undo(version=version, actor=surveyor)
    assert version.sections.count() == 1
    survey.current = None
    survey.save()
    version_undo(version=version, actor=surveyor)
    assert version.sections.count() == 0


def test_what_nobody_asks_about_is_not_had_by_subtracting():
    """Seven of one field that is told, two of a field that is not on the list: the whole would tell the two."""
    survey = factories.survey(kind="dossier_rating")
    months = [date(2026, month, 1) for month in range(1, 12)]
    unit = make_unit("TH-A", "Trường A")
    for about, times in (("mot", 7), ("ngoai-danh-sach", 2)):
        for _time in range(times):
            factories.answered(survey, {"muc": "4"}, unit=unit, about=about, today=date(2026, 2, 10))
    found = ratings_of_kind("dossier_rating", months, units=[0, unit.pk], abouts=["mot"], smallest=5)
    told = [found.total.n, found.abouts["mot"].n]
    assert None in told, told


def test_the_rows_of_months_are_filled_again_after_a_step_back(survey):
    months = import_module("surveys.migrations.0005_months")
    give(survey, {"TC01": "4"}, 6, unit=make_unit("TH-A", "Trường A"))
    kept = list(MonthTally.objects.order_by("pk").values_list("scope", "part", "month", "counts"))
    months.empty(apps, None)
    assert not MonthTally.objects.exists()
    months.fill(apps, None)
    assert sorted(MonthTally.objects.values_list("scope", "part")) == sorted(row[:2] for row in kept)
    assert list(months_fit_tallies()) == []
