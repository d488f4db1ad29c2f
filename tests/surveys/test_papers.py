"""Papers keyed in by their numbers: once, twice and compared, taken out again; at once by two hands."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind, SurveyState
from surveys.models import OpenWords, PaperEntry, Response, ResponseItem, ResponseTally
from surveys.services.tallies import tallies_fit_responses
from tests.feedback.conftest import make_unit

pytestmark = pytest.mark.django_db
WHO = {"key": "ai", "label": "Bạn là ai?", "kind": QuestionKind.ONE_OF, "choices": "Phụ huynh\nHọc sinh"}
QUESTIONS = (
    [
        {
            "key": "ai",
            "label": "Bạn là ai?",
            "kind": QuestionKind.ONE_OF,
            "choices": "Phụ huynh\nHọc sinh",
            "required": True,
        },
        {"key": "bua", "label": "Về bữa ăn", "kind": QuestionKind.MATRIX, "rows": "B1: Ngon\nB2: Sạch"},
        {"key": "gi", "label": "Điều gì tốt?", "kind": QuestionKind.SOME_OF, "choices": "Sạch\nNgon\nĐủ"},
    ],
    [
        {"key": "truoc", "label": "Làm gì trước?", "kind": QuestionKind.RANKING, "choices": "Sân\nSách\nCây"},
        {"key": "lop", "label": "Lớp mấy?", "kind": QuestionKind.NUMBER},
        {"key": "loi", "label": "Nói thêm", "kind": QuestionKind.TEXT},
    ],
)
RULES = [("lop", "ai", "equal", "Học sinh")]
TODAY = timezone.localdate()
HEAD = {"sheet": "th-01", "day": TODAY.strftime("%d/%m/%Y")}
TYPED = {"p-ai": "2", "p-B1": "4", "p-gi": "1, 3", "p-truoc": "3,1", "p-lop": "5", "p-loi": "Thêm quạt"}


@pytest.fixture
def survey(site_tree):
    survey = factories.survey(*QUESTIONS, rules=RULES, slug="tren-giay")
    factories.place(survey, "hop-thu", ChannelKind.PAPER, unit=make_unit("th-mot", "Trường Một"))
    return survey


@pytest.fixture
def desk(site_tree, officer):
    client = Client()
    client.force_login(officer(Role.SURVEYOR))
    return client


def screen(name, survey, *keys):
    return reverse(f"survey:{name}", args=[survey.pk, *keys])


def key(desk, survey, **typed):
    place = survey.channels.get(code="hop-thu").pk
    given = HEAD | TYPED | {"channel": place} | {name.replace("_", "-"): value for name, value in typed.items()}
    return desk.post(screen("key", survey), given)


def words_of(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").find("main").get_text(" ", strip=True)


class TestOnce:
    def test_numbers_become_the_same_response_as_a_browser_would_send(self, survey, desk):
        answer = key(desk, survey)
        assert answer.status_code == 302
        assert f"ngay={TODAY.strftime('%d%%2F%m%%2F%Y')}" in answer.url
        response = Response.objects.get()
        assert (response.sheet, response.unit.code, response.stratum, response.day) == (
            "TH-01", "th-mot", "paper", TODAY,
        )  # fmt: skip
        assert sorted(ResponseItem.objects.values_list("key", "choice")) == [
            ("B1", "4"), ("ai", "hoc-sinh"), ("gi", "du"), ("gi", "sach"), ("lop", "5"),
            ("truoc", "1.cay"), ("truoc", "2.san"),
        ]  # fmt: skip
        assert OpenWords.objects.get().text == "Thêm quạt"
        entry = PaperEntry.objects.get()
        assert (entry.first, entry.response) == ({}, response)
        assert LedgerEvent.objects.get(verb="survey.paper_stored").data == {"sheet": "TH-01"}
        assert list(tallies_fit_responses()) == []
        assert "TH-01" in words_of(desk.get(screen("papers", survey)))

    def test_a_paper_may_leave_a_required_question_empty(self, survey, desk):
        assert key(desk, survey, p_ai="", p_lop="").status_code == 302
        assert Response.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"p_B1": "6"}, "Gõ 1 đến 5"),
            ({"p_ai": "3"}, "Gõ một số, 1 đến 2"),
            ({"p_gi": "1, 9"}, "các số cách nhau bằng dấu phẩy"),
            ({"p_truoc": "1, 1"}, "Mỗi thứ hạng chỉ chọn cho một mục"),
            ({"p_ai": "1"}, "câu này không hỏi người ấy"),
            ({"sheet": "Nguyễn Văn A"}, "Số phiếu chỉ gồm số"),
            ({"day": "02/11/2096"}, "không thể sau hôm nay"),
            ({"day": "ngày mai"}, "Ghi ngày theo"),
        ],
    )
    def test_what_does_not_stand_on_the_paper_is_told_and_nothing_is_lost(self, survey, desk, typed, words):
        answer = key(desk, survey, **typed)
        assert answer.status_code == 422
        assert words in words_of(answer)
        assert "Thêm quạt" in answer.content.decode()
        assert not Response.objects.exists()
        assert not PaperEntry.objects.exists()

    def test_one_number_is_one_paper(self, survey, desk):
        key(desk, survey)
        again = key(desk, survey)
        assert again.status_code == 422
        assert "đã nhập ngày" in words_of(again)
        assert Response.objects.count() == 1

    def test_it_is_taken_out_with_its_counts_for_thirty_days(self, survey, desk):
        key(desk, survey)
        entry = PaperEntry.objects.get()
        PaperEntry.objects.update(first_at=entry.first_at - timedelta(days=31))
        late = desk.post(screen("take_back", survey, entry.pk))
        assert late.status_code == 422
        assert "quá 30 ngày" in words_of(late)
        PaperEntry.objects.update(first_at=entry.first_at)
        assert desk.post(screen("take_back", survey, entry.pk)).status_code == 302
        assert not Response.objects.exists()
        assert not ResponseTally.objects.exclude(count=0).exists()
        assert key(desk, survey).status_code == 302

    def test_not_before_it_is_opened(self, survey, desk):
        survey.state = SurveyState.DRAFT
        survey.save()
        answer = key(desk, survey)
        assert answer.status_code == 422
        assert "chưa mở" in words_of(answer)


class TestTwice:
    @pytest.fixture
    def survey(self, survey):
        survey.paper_twice = True
        survey.save()
        return survey

    def test_two_times_alike_are_one_response(self, survey, desk, officer):
        key(desk, survey)
        assert not Response.objects.exists()
        assert "chờ nhập lần hai (1)" in words_of(desk.get(screen("papers", survey)))
        other = Client()
        other.force_login(officer(Role.SURVEYOR, username="nguoi-hai"))
        # The second hand sees nothing of the first.
        assert "Thêm quạt" not in other.get(screen("key", survey)).content.decode()
        assert key(other, survey).status_code == 302
        assert Response.objects.count() == 1
        entry = PaperEntry.objects.get()
        assert entry.first_by != entry.second_by
        assert (entry.first, entry.second) == ({}, {})

    def test_two_times_that_differ_wait_for_somebody_who_looks(self, survey, desk):
        key(desk, survey)
        key(desk, survey, p_B1="5", p_gi="1", p_loi="Thêm quạt")
        assert not Response.objects.exists()
        entry = PaperEntry.objects.get()
        compare = screen("compare", survey, entry.pk)
        page = BeautifulSoup(desk.get(compare).content.decode(), "html.parser")
        assert [each["name"] for each in page.select("form input[name^=p-]")] == ["p-B1", "p-gi"]
        assert "1, 3" in page.get_text()
        wrong = desk.post(compare, {"p-B1": "9", "p-gi": "1, 3"})
        assert wrong.status_code == 422
        assert desk.post(compare, {"p-B1": "5", "p-gi": "1, 3"}).status_code == 302
        assert sorted(ResponseItem.objects.filter(key__in=["B1", "gi"]).values_list("key", "choice")) == [
            ("B1", "5"), ("gi", "du"), ("gi", "sach"),
        ]  # fmt: skip
        assert desk.post(compare, {"p-B1": "4", "p-gi": "1"}).status_code == 422
        assert Response.objects.count() == 1

    def test_another_head_is_told(self, survey, desk):
        key(desk, survey)
        answer = key(desk, survey, day=(TODAY - timedelta(days=1)).strftime("%d/%m/%Y"))
        assert answer.status_code == 422
        assert "Xem lại tờ phiếu" in words_of(answer)


def test_others_may_not(survey, officer):
    client = Client()
    client.force_login(officer(Role.REPORTER))
    for name in ("papers", "key", "places", "sheet"):
        assert client.get(screen(name, survey)).status_code in {302, 403}
    assert key(client, survey).status_code in {302, 403}
    assert not PaperEntry.objects.exists()
