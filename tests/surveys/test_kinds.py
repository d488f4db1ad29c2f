"""Tables, rankings and numbers with bounds: asked, refused in words, stored, counted, copied."""

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Response, ResponseItem, ResponseTally
from surveys.services.contents import content_put, version_content
from surveys.services.plan import plan_of
from surveys.services.tallies import tallies_fit_responses
from tests.surveys.test_answering import fill, page_of

pytestmark = pytest.mark.django_db
TABLE = {
    "key": "bua-an",
    "label": "Bạn hài lòng ở mức nào?",
    "kind": QuestionKind.MATRIX,
    "rows": "B1: Bữa ăn ngon\nB2: Bếp ăn sạch",
    "required": True,
}
ORDER = {
    "key": "lam-truoc",
    "label": "Nên làm việc nào trước?",
    "kind": QuestionKind.RANKING,
    "choices": "Sửa sân\nThêm sách\nTrồng cây",
}
SHARE = {"key": "phan-tram", "label": "Bao nhiêu phần trăm?", "kind": QuestionKind.NUMBER, "least": 0, "most": 100}
RULE = ("lam-truoc", "B2", "at_most", "3")


@pytest.fixture
def survey(site_tree):
    return factories.survey([TABLE], [ORDER, SHARE], rules=[RULE], open_link=True, slug="bua-an")


def url(survey, page=1):
    return f"/khao-sat/{survey.slug}/tra-loi/?phan={page}"


def test_a_table_is_a_group_a_row_and_every_row_is_missed_by_its_own_name(survey):
    client = Client()
    page = page_of(client.get(url(survey)))
    rows = page.select("fieldset.matrix [role=radiogroup]")
    assert [page.find(id=row["aria-labelledby"]).get_text() for row in rows] == ["Bữa ăn ngon", "Bếp ăn sạch"]
    assert len(rows[0].select("input[type=radio]")) == 5
    refused = client.post(url(survey), fill(page, B1="4"))
    assert refused.status_code == 422
    again = page_of(refused)
    wrong = again.select(".matrix__row--wrong")
    assert [row["id"] for row in wrong] == ["id_c-B2"]
    assert again.select("input[name='c-B1'][checked]")[0]["value"] == "4"
    assert again.find(id=again.select_one(".summary a")["href"][1:])["name"] == "c-B2"


def test_all_is_stored_and_counted_by_row_and_by_place(survey):
    client = Client()
    client.post(url(survey), fill(page_of(client.get(url(survey))), B1="4", B2="2"))
    page = page_of(client.get(url(survey, 2)))
    assert page.select("select[name='c-lam-truoc'] option")
    data = fill(page) | {"c-lam-truoc": ["2.sua-san", "", "1.trong-cay"], "c-phan-tram": "87,5"}
    assert client.post(url(survey, 2), data).status_code == 302
    found = sorted(ResponseItem.objects.values_list("key", "choice"))
    assert found == [
        ("B1", "4"), ("B2", "2"), ("lam-truoc", "1.trong-cay"), ("lam-truoc", "2.sua-san"), ("phan-tram", "87.5"),
    ]  # fmt: skip
    assert set(ResponseTally.objects.exclude(choice="").values_list("key", "choice", "stratum")) == {
        ("B1", "4", "web"), ("B2", "2", "web"), ("lam-truoc", "1.trong-cay", "web"), ("lam-truoc", "2.sua-san", "web"),
        ("phan-tram", "80:90", "web"),
    }  # fmt: skip
    assert list(tallies_fit_responses()) == []


@pytest.mark.parametrize(
    ("places", "share", "words"),
    [
        (["1.sua-san", "1.them-sach"], "", "Mỗi thứ hạng chỉ chọn cho một mục"),
        (["1.sua-san", "3.them-sach"], "", "không bỏ cách thứ hạng"),
        (["1.khong-co"], "", "câu trả lời có sẵn"),
        (["x.sua-san"], "", "câu trả lời có sẵn"),
        ([], "101", "Ghi một số từ 0 đến 100."),
        ([], "-1", "Ghi một số từ 0 đến 100."),
    ],
)
def test_what_cannot_stand_is_refused_beside_the_field_and_kept(survey, places, share, words):
    client = Client()
    client.post(url(survey), fill(page_of(client.get(url(survey))), B1="4", B2="2"))
    page = page_of(client.get(url(survey, 2)))
    answer = client.post(url(survey, 2), fill(page) | {"c-lam-truoc": places, "c-phan-tram": share})
    assert answer.status_code == 422
    again = page_of(answer)
    assert words in again.select_one(".field__error").get_text()
    if places and places[0] == "1.sua-san":
        assert [each["value"] for each in again.select("select option[selected]")] == places
    assert Response.objects.count() == 0


def test_a_rule_may_ask_for_a_row_or_for_what_comes_first(db):
    survey = factories.survey(
        [TABLE, ORDER], [SHARE, factories.WORDS],
        rules=[("phan-tram", "lam-truoc", "equal", "Thêm sách"), ("loi", "B1", "at_least", "4")],
    )  # fmt: skip
    plan = plan_of(survey.current)
    answers = {"B1": "5", "B2": "5", "lam-truoc": ["1.them-sach", "2.sua-san"]}
    assert [each.key for each in plan.reachable(answers)][-2:] == ["phan-tram", "loi"]
    answers = {"B1": "3", "lam-truoc": ["1.sua-san", "2.them-sach"]}
    assert [each.key for each in plan.reachable(answers)] == ["B1", "B2", "lam-truoc"]


def test_a_copy_asks_the_same(survey):
    content = version_content(survey.current)
    target = factories.version(survey, [factories.SCORE])
    content_put(target, content)
    assert version_content(target) == content
    assert [each.key for each in plan_of(target).questions] == ["B1", "B2", "lam-truoc", "phan-tram"]


def test_the_paper_shows_tables_boxes_and_conditions(survey):
    factories.place(survey, "quay", ChannelKind.QR, counter="Quầy số 3")
    answer = Client().get("/khao-sat/bua-an/phieu-giay/?diem=quay")
    page = BeautifulSoup(answer.content.decode(), "html.parser").find("article")
    text = page.get_text(" ", strip=True)
    assert "Quầy số 3" in text
    assert "Chỉ trả lời khi câu B2 từ Bình thường trở xuống." in text
    assert len(page.select("tbody tr")) == 2
    assert "[phan-tram]" in text
    pdf = Client().get("/khao-sat/bua-an/phieu-giay.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_results_name_every_counted_code(survey):
    plan = plan_of(survey.current)
    labels = dict(plan.by_key["lam-truoc"].counted)
    assert len(labels) == 9
    assert labels["1.sua-san"] == "Sửa sân: xếp thứ 1"
