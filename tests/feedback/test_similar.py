"""Answer first: published answers near to what somebody is about to ask, and nothing that is not public."""

import pytest

from cms.core.search import nearness
from feedback import factories
from feedback.services.publication import public_case_withdraw
from feedback.services.similar import public_cases_like
from tests.feedback.walk import CONTENT, FORM, SENDER, post, subject

pytestmark = pytest.mark.django_db
SIMILAR = f"{FORM}giong/"


@pytest.fixture
def fans(desk):
    return factories.published(desk, title="Lớp học thiếu quạt, học sinh nóng")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Phòng học thiếu quạt trần", True),
        ("lop hoc thieu quat", True),
        ("LỚP HỌC thiếu QUẠT", True),
        ("Xin chuyển trường cho con", False),
        ("học", False),
        ("", False),
        ('"quạt" OR 1=1 --', False),
        ("\x00\ufffe", False),
    ],
)
def test_near_is_what_shares_pairs_of_syllables(fans, typed, near):
    assert public_cases_like(typed) == ([fans] if near else [])


def test_the_nearest_comes_first_and_three_are_enough(desk, fans):
    for number in range(4):
        factories.published(desk, title=f"Lớp học thiếu bàn ghế {number}", body="Phòng học tầng một thiếu ghế.")
    found = public_cases_like("Lớp học thiếu quạt")
    assert found[0] == fans
    assert len(found) == 3


def test_nothing_private_is_offered(desk):
    factories.answered(desk, title="Lớp học thiếu quạt")
    draft = factories.public_draft(desk, title="Lớp học thiếu quạt trần")
    assert public_cases_like("Lớp học thiếu quạt trần") == []
    gone = factories.published(desk, title="Lớp học thiếu quạt treo")
    public_case_withdraw(public_case=gone, actor=desk.leader, reason="Sửa lại")
    assert public_cases_like("Lớp học thiếu quạt treo") == []
    assert not draft.live


def test_a_common_pair_alone_is_not_near():
    assert nearness("Nhà trường thu tiền đồng phục quá cao", "Nhà trường đã thay quạt") == 0


def test_two_statements_whatever_the_rows(desk, fans, django_assert_num_queries):
    with django_assert_num_queries(2):
        public_cases_like("Lớp học thiếu quạt")


class TestPages:
    def test_the_piece_of_a_page_holds_the_whole_answer(self, client, fans):
        answer = client.post(SIMILAR, {"title": "Phòng học thiếu quạt"})
        text = answer.content.decode()
        assert fans.answer in text
        assert fans.get_absolute_url() in text
        assert "no-store" in answer.headers["Cache-Control"]

    def test_words_come_by_post_alone(self, client):
        assert client.get(SIMILAR, {"title": "quạt"}).status_code == 405

    def test_nothing_near_is_an_empty_piece(self, client, fans):
        assert client.post(SIMILAR, {"title": "Chuyển trường"}).content.decode().strip() == ""

    def test_the_review_offers_them_without_a_script(self, client, fans):
        post(client, "linh-vuc", subject())
        post(client, "noi-dung", {**CONTENT, "title": "Lớp học thiếu quạt"})
        post(client, "tep", {})
        post(client, "nguoi-gui", SENDER)
        assert fans.answer in client.get(f"{FORM}xem-lai/").content.decode()

    def test_the_first_page_finds_answers_and_going_on_is_one_press_away(self, client, fans):
        text = client.get(FORM, {"tim": "thieu quat"}).content.decode()
        assert fans.get_absolute_url() in text
        assert f'href="{FORM}linh-vuc/"' in text
        assert "Chưa có câu trả lời" in client.get(FORM, {"tim": "khong co gi nhu the"}).content.decode()
