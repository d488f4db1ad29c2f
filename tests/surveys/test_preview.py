"""Trying a version out: its conditions hold as they do for citizens, answers travel in the form, nothing is stored."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from cms.core.enums import Role
from surveys import factories
from surveys.enums import QuestionKind, SurveyState
from surveys.models import OpenWords, Response, ResponseDraft, SurveyVersion

pytestmark = pytest.mark.django_db
WHO = {"key": "ai", "label": "Ông/bà là ai?", "kind": QuestionKind.ONE_OF, "choices": "Phụ huynh\nHọc sinh"}
GRADE = {"key": "lop", "label": "Lớp mấy?", "kind": QuestionKind.NUMBER, "required": True}
LIKED = {"key": "thich", "label": "Thích gì?", "kind": QuestionKind.SOME_OF, "choices": "Sân\nSách\nCây"}
WISH = {"key": "loi", "label": "Nói thêm", "kind": QuestionKind.TEXT}
FIRST = {"key": "truoc", "label": "Làm gì trước?", "kind": QuestionKind.RANKING, "choices": "Sân\nSách"}
LAST = {"key": "muc", "label": "Mức hài lòng?", "kind": QuestionKind.SCORE}
RULES = [
    ("lop", "ai", "equal", "Học sinh"),
    ("thich", "ai", "equal", "Học sinh"),
    ("truoc", "ai", "equal", "Học sinh"),
]


@pytest.fixture
def survey(site_tree):
    sections = ([WHO, GRADE], [LIKED, FIRST], [WISH], [LAST])
    return factories.survey(*sections, rules=RULES, slug="thu", state=SurveyState.DRAFT, thanks="Xin cảm ơn.")


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer(Role.SURVEYOR))
    return client


def url_of(survey):
    return reverse("survey:preview", args=[survey.current_id])


def page_of(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser")


def labels(answer):
    return [each.get_text(" ", strip=True) for each in page_of(answer).select("form[data-once] .field__label")]


def press(desk, answer, *, back=False, **given):
    """Press a button of the page as a browser would."""
    form = page_of(answer).select_one("form[data-once]")
    data = {}
    for each in form.select("input[type=hidden]"):
        data.setdefault(each["name"], []).append(each.get("value", ""))
    data |= {f"c-{name}": value for name, value in given.items()}
    return desk.post(form["action"], data | ({"lui": "1"} if back else {}))


def told(answer):
    return page_of(answer).get_text(" ", strip=True)


def test_who_is_not_asked_skips_the_section_and_sees_why(desk, survey):
    first = desk.get(url_of(survey))
    assert [each.split(" (")[0] for each in labels(first)] == ["Ông/bà là ai?"]
    assert "Lớp mấy? [lop]. Chỉ trả lời khi câu ai là “Học sinh”." in told(first)
    third = press(desk, first, ai="phu-huynh")
    assert "Nói thêm" in labels(third)[0]
    last = press(desk, third, loi="Dòng một\nDòng hai")
    assert "Mức hài lòng?" in labels(last)[0]
    end = press(desk, last, muc="4")
    assert "Hết phiếu" in told(end)
    assert "Xin cảm ơn." in told(end)


def test_what_an_answer_opens_is_shown_first_and_required_like_for_citizens(desk, survey):
    opened = press(desk, desk.get(url_of(survey)), ai="hoc-sinh")
    assert "Có thêm câu hỏi" in told(opened)
    assert "Lớp mấy?" in " ".join(labels(opened))
    missing = press(desk, opened, ai="hoc-sinh")
    assert missing.status_code == 422
    assert "Hãy trả lời câu này." in told(missing)
    second = press(desk, missing, ai="hoc-sinh", lop="5")
    assert "Thích gì?" in " ".join(labels(second))
    assert "không được hỏi" not in told(second)


def test_answers_travel_forward_and_back_again(desk, survey):
    second = press(desk, press(desk, desk.get(url_of(survey)), ai="hoc-sinh"), ai="hoc-sinh", lop="5")
    third = press(desk, second, thich=["san", "cay"], truoc=["1.sach", "2.san"])
    assert "Nói thêm" in labels(third)[0]
    again = press(desk, third, back=True)
    ticked = [each["value"] for each in page_of(again).select("input[type=checkbox][checked]")]
    assert ticked == ["san", "cay"]
    first = press(desk, again, back=True)
    assert page_of(first).select_one("input[name=c-lop]")["value"] == "5"
    assert page_of(first).select_one("input[type=radio][checked]")["value"] == "hoc-sinh"
    # Another answer there, and the section is skipped.
    assert "Nói thêm" in labels(press(desk, first, ai="phu-huynh"))[0]


def test_nothing_is_stored_anywhere(desk, survey):
    answer = desk.get(url_of(survey))
    with CaptureQueriesContext(connection) as asked:
        answer = press(desk, answer, ai="phu-huynh")
        answer = press(desk, answer, loi="Lời thử")
        answer = press(desk, answer, muc="1")
    assert "Hết phiếu" in told(answer)
    written = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "surveys_" in sql] == []
    assert not any(model.objects.exists() for model in (Response, ResponseDraft, OpenWords))
    assert SurveyVersion.objects.get(pk=survey.current_id).frozen_on is None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"c-ai": "khong-co", "c-lop": "x", "c-thich": ["a", "b"], "c-truoc": ["1.", "99.x"]},
        {"c-loi": "\x00", "c-muc": "9" * 400, "lui": "1"},
        {"c-ai": ["hoc-sinh", "phu-huynh"], "da_hien": "\x00 x"},
    ],
)
@pytest.mark.parametrize("page", ["", "?phan=0", "?phan=3", "?phan=99", "?phan=²", "?phan=x"])
def test_whatever_is_sent_is_answered(desk, survey, page, given):
    assert desk.get(url_of(survey) + page).status_code == 200
    assert desk.post(url_of(survey) + page, given).status_code in {200, 422}


def test_a_draft_that_nobody_could_be_asked_is_looked_at_all_the_same(desk, survey):
    survey.current.rules.create(key="ai", on_key="khong-co", operator="answered")
    survey.current.rules.create(key="loi", on_key="khong-co", operator="answered")
    assert desk.get(url_of(survey)).status_code == 200
    survey.current.sections.all().delete()
    for answer in (desk.get(url_of(survey)), desk.post(url_of(survey))):
        assert "chưa có phần nào" in told(answer)


def test_one_that_was_answered_is_tried_out_from_its_own_screen(desk, survey):
    survey.state = SurveyState.OPEN
    survey.save()
    factories.answered(survey, {"ai": "phu-huynh"})
    answer = desk.get(reverse("survey:version", args=[survey.current_id]))
    assert "Bản câu hỏi này đã khóa" in told(answer)
    assert "Nói thêm" in labels(press(desk, answer, ai="phu-huynh"))[0]
    assert Response.objects.count() == 1


def test_others_may_not(survey, officer):
    client = Client()
    client.force_login(officer(Role.REPORTER))
    assert client.post(url_of(survey)).status_code in {302, 403}
