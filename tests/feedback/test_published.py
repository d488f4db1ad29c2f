"""What the public reads: published copies, and nothing that a sender wrote in private."""

import json
import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client

import pytest
from bs4 import BeautifulSoup

from cms.core.text import fold
from feedback import factories
from feedback.models import FeedbackIndexPage, PublicCase
from feedback.services.publication import public_case_withdraw
from tests.feedback import walk

pytestmark = pytest.mark.django_db
LIST = "/phan-anh-kien-nghi/"
MOST_QUERIES = 26  # one more for the keys of a page, one for those of a search
CANARY = {
    "name": "Hồ Thị Chim Hoàng Yến",
    "phone": "0987654321",
    "email": "hoang.yen@canary.example.vn",
    "address": "Số 77 ngõ Chim Hót, phường Thí Điểm",
}


@pytest.fixture
def index(site_tree):
    return FeedbackIndexPage.objects.get()


def copies(copy: PublicCase, count: int) -> None:
    """Many live copies at once, as rows: the services are tested elsewhere."""
    for number in range(count):
        case = factories.submitted(copy.unit)
        PublicCase.objects.create(
            case=case,
            reference=case.reference,
            title=f"Việc số {number}",
            question="Câu hỏi",
            answer="Câu trả lời",
            unit=copy.unit,
            category=copy.category,
            shown_name="Một người dân",
            asked_on=date(2026, 1, 5),
            answered_on=date(2026, 1, 5) + timedelta(days=number),
            late_days=0 if number % 2 else 3,
            made_by=copy.made_by,
            live=True,
        )


def test_the_list_and_the_case_are_open_to_everybody_without_a_cookie(client, index, desk):
    copy = factories.published(desk)
    for address in (LIST, copy.get_absolute_url()):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert not answer.cookies
        assert "csrf" not in text
        assert copy.title in text
        assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_a_case_tells_machines_its_question_and_its_answer(client, index, desk):
    copy = factories.published(desk)
    page = BeautifulSoup(client.get(copy.get_absolute_url()).content.decode(), "html.parser")
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    question = data["mainEntity"]
    assert (data["@type"], question["@type"], question["acceptedAnswer"]["@type"]) == ("QAPage", "Question", "Answer")
    assert (question["name"], question["text"]) == (copy.title, copy.question)
    assert question["acceptedAnswer"]["text"] == copy.answer
    assert page.select_one('meta[property="og:type"]')["content"] == "article"


def test_no_private_word_reaches_a_public_page(client, index, desk):
    words = "Con tôi tên Hồ Gia Bảo Canary học lớp 3A, xin gọi 0987 654 321."
    copy = factories.published(desk, **CANARY, body=f"Phòng học tầng hai có bốn quạt đã hỏng. {words}")
    waiting = factories.proposed(desk, **CANARY, title="Chuyện chưa công khai canary")
    tags = Template("{% load feedback_tags %}{% latest_cases 5 %}").render(Context())
    pages = [client.get(address).content.decode() for address in (LIST, f"{LIST}?q=quat", copy.get_absolute_url(), "/")]
    for text in (*pages, tags):
        private = [*CANARY.values(), "0987 654 321", waiting.reference, waiting.title, desk.officer.username]
        assert [word for word in private if word in text] == []


def test_private_and_unknown_are_one_and_the_same(client, index, desk):
    case = factories.answered(desk)
    draft = factories.public_draft(desk)
    # Of the same year: what is looked for by the words of an address may well find public cases of that year.
    unknown = f"{case.reference[:-6]}999999"
    references = (case.reference, draft.reference, unknown)
    answers = [client.get(f"{LIST}{each}/") for each in references]
    assert {answer.status_code for answer in answers} == {404}
    assert len({frozenset(answer.headers.items()) for answer in answers}) == 1
    texts = [answer.content.decode() for answer in answers]
    # The page says again what was asked for, as a reference or as the words in the box of the search.
    asked = [{each, each.lower(), fold(each).replace("-", " ")} for each in references]
    blank = {re.sub("|".join(map(re.escape, words)), "", text) for words, text in zip(asked, texts, strict=True)}
    assert len(blank) == 1
    assert [len(answer.context["entries"]) for answer in answers] == [0, 0, 0]


@pytest.mark.parametrize("reference", ["PA-26-1", "PA-2026-00000१", "pa-2026-000001", "PA-2026-" + "9" * 30, "..%00"])
def test_an_odd_address_is_not_found(client, index, reference):
    assert client.get(f"{LIST}{reference}/").status_code == 404


def test_a_case_taken_down_says_why_and_nothing_else(client, index, desk):
    copy = factories.published(desk)
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có thông tin của người thứ ba.")
    answer = client.get(copy.get_absolute_url())
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "Có thông tin của người thứ ba." in text
    assert 'content="noindex"' in text
    assert copy.title not in text
    assert copy.answer not in text
    assert copy.reference not in client.get(LIST).content.decode()


def test_what_people_wrote_is_text_and_masked_words_are_dressed(client, index, desk):
    copy = factories.published(desk, body="Xin <b>sửa</b> quạt ở phòng học. Gọi 0912 000 345 cho tôi.")
    text = client.get(copy.get_absolute_url()).content.decode()
    assert "&lt;b&gt;sửa&lt;/b&gt;" in text
    assert '<span class="mask">đã che số điện thoại</span>' in text


def found(client, **query) -> list[str]:
    return [entry["title"] for entry in client.get(LIST, query).context["entries"]]


def test_filters_narrow_the_list_and_stand_in_the_address(client, index, desk, other_desk):
    first = factories.published(desk, title="Vòi nước rỉ ở bể bơi")
    second = factories.published(other_desk, title="Cổng trường không có gờ giảm tốc", category="tuyen-sinh")
    year = str(first.answered_on.year)
    assert set(found(client)) == {first.title, second.title}
    assert list(found(client, **{"chu-de": "tuyen-sinh"})) == [second.title]
    assert list(found(client, **{"don-vi": desk.unit.slug})) == [first.title]
    assert list(found(client, q="voi NUOC")) == [first.title]
    assert len(found(client, nam=year)) == 2
    assert list(found(client, nam="1999")) == []
    assert list(found(client, q=second.reference)) == [second.title]


@pytest.mark.parametrize(
    "value", ["\x00", "' OR 1=1 --", "9" * 5000, "٢٠٢٦", "99999", "<b>", "%", "\u200b", "-1", "x y"]
)
@pytest.mark.parametrize("name", ["chu-de", "don-vi", "nam", "q", "trang", "thu-tu", "la"])
def test_any_query_is_answered(client, index, desk, name, value):
    factories.published(desk)
    assert client.get(LIST, {name: value}).status_code == 200


def test_an_empty_list_has_a_sentence_and_a_way_on(client, index):
    assert "Chưa có câu trả lời nào" in client.get(LIST).content.decode()
    text = client.get(LIST, {"q": "khongco"}).content.decode()
    assert "Không có câu trả lời nào khớp" in text
    assert 'content="noindex, follow"' in text


def test_the_newest_answer_comes_first_and_twenty_make_a_page(client, index, desk):
    copies(factories.published(desk), 25)
    first, second = client.get(LIST), client.get(LIST, {"trang": 2})
    assert (len(first.context["entries"]), len(second.context["entries"])) == (20, 6)
    days = [entry["date"] for entry in first.context["entries"] + second.context["entries"]]
    assert days == sorted(days, reverse=True)
    assert client.get(LIST, {"trang": 999}).context["page_obj"].number == 2


def test_a_hundred_cases_cost_as_many_queries_as_ten(client, index, desk):
    copy = factories.published(desk)
    copies(copy, 9)
    addresses = (LIST, f"{LIST}?q=viec&nam=2026", f"{LIST}?thu-tu=tre", copy.get_absolute_url())
    walk.queries(client, *addresses)  # what is cached for everybody is cached now
    ten = walk.queries(client, *addresses)
    copies(copy, 90)
    walk.queries(client, *addresses)
    assert walk.queries(client, *addresses) == ten
    assert max(ten) <= MOST_QUERIES


def test_late_answers_are_told_as_plainly_as_early_ones(client, index, desk):
    copies(factories.published(desk), 2)
    text = client.get(LIST).content.decode()
    assert "Đúng hạn" in text
    assert "Trễ 3 ngày" in text


def test_the_page_takes_no_form(client, index):
    assert Client().post(LIST).status_code == 405
    assert Client(enforce_csrf_checks=True).post(LIST).status_code in {403, 405}


def test_the_address_of_the_page_is_fixed(index):
    index.slug = "gop-y"
    with pytest.raises(ValidationError, match="giấy biên nhận"):
        index.full_clean()


def test_other_pages_show_the_newest_answers_by_a_tag(desk, other_desk, django_assert_num_queries):
    first, _second = factories.published(desk), factories.published(other_desk)
    tag = Template("{% load feedback_tags %}{% latest_cases 2 unit=unit %}")
    with django_assert_num_queries(1):
        text = tag.render(Context({"unit": desk.unit}))
    assert text.count("<article") == 1
    assert first.get_absolute_url() in text


def test_the_order_is_chosen_in_the_address_and_nonsense_is_the_usual_one(client, index, desk):
    told = (("Quạt", 1, 9, 0), ("Cổng", 2, 8, 7), ("Nước", 3, 3, 2))
    for title, answered, asked, late in told:
        copy = factories.published(desk, title=f"{title} của trường bị hỏng")
        days = {"answered_on": date(2026, 5, answered), "asked_on": date(2026, 4, asked), "late_days": late}
        PublicCase.objects.filter(pk=copy.pk).update(**days)

    def order(value):
        return [entry["title"].split()[0] for entry in client.get(LIST, {"thu-tu": value}).context["entries"]]

    assert order("cu") == ["Quạt", "Cổng", "Nước"]
    assert order("gui") == ["Quạt", "Cổng", "Nước"]
    assert order("tre") == ["Cổng", "Nước", "Quạt"]
    for usual in ("", "moi", "-pk", "late_days", "x" * 900, "\x00"):
        assert order(usual) == ["Nước", "Cổng", "Quạt"]
