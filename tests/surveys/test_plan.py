"""What is asked of whom, and what an author is told before anybody is asked."""

import pytest

from surveys import factories
from surveys.enums import QuestionKind
from surveys.services.faults import plan_faults
from surveys.services.plan import plan_of

pytestmark = pytest.mark.django_db
WHO = {"key": "ai", "label": "Bạn là ai?", "kind": QuestionKind.ONE_OF, "choices": "Phụ huynh\nHọc sinh"}
WHAT = {"key": "gi", "label": "Điều gì?", "kind": QuestionKind.SOME_OF, "choices": "Lớp học\nBếp ăn"}
AGE = {"key": "tuoi", "label": "Mấy tuổi?", "kind": QuestionKind.NUMBER}
TABLE = {"key": "bang", "label": "Về bữa ăn", "kind": QuestionKind.MATRIX, "rows": "B1: Ngon\nB2: Sạch"}
MORE = {"key": "them", "label": "Nói thêm", "kind": QuestionKind.TEXT, "required": True}


def asked(plan, **answers):
    return [question.key for question in plan.reachable(answers)]


@pytest.mark.parametrize(
    ("on", "operator", "value", "holds", "fails"),
    [
        ("ai", "answered", "", {"ai": "hoc-sinh"}, {}),
        ("ai", "not_answered", "", {}, {"ai": "hoc-sinh"}),
        ("ai", "equal", "Học sinh", {"ai": "hoc-sinh"}, {"ai": "phu-huynh"}),
        ("ai", "not_equal", "hoc-sinh", {"ai": "phu-huynh"}, {"ai": "hoc-sinh"}),
        ("ai", "not_equal", "hoc-sinh", {"ai": "phu-huynh"}, {}),
        ("gi", "equal", "bếp ăn", {"gi": ["lop-hoc", "bep-an"]}, {"gi": ["lop-hoc"]}),
        ("tuoi", "at_least", "15", {"tuoi": "15"}, {"tuoi": "9"}),
        ("tuoi", "at_most", "14,5", {"tuoi": "9"}, {"tuoi": "15"}),
        ("tuoi", "at_least", "15", {"tuoi": "100"}, {}),
    ],
)
def test_a_rule_decides_by_the_answer(on, operator, value, holds, fails):
    plan = plan_of(factories.survey([WHO, WHAT, AGE, MORE], rules=[("them", on, operator, value)]).current)
    assert plan_faults(plan) == []
    assert asked(plan, **holds) == ["ai", "gi", "tuoi", "them"]
    assert asked(plan, **fails) == ["ai", "gi", "tuoi"]


def test_what_is_not_asked_decides_nothing_further_on():
    rules = [("gi", "ai", "equal", "Học sinh"), ("them", "gi", "answered", "")]
    plan = plan_of(factories.survey([WHO, WHAT, MORE], rules=rules).current)
    assert asked(plan, ai="hoc-sinh", gi=["bep-an"]) == ["ai", "gi", "them"]
    assert asked(plan, ai="phu-huynh", gi=["bep-an"], them="x") == ["ai"]
    assert plan.kept({"ai": "phu-huynh", "gi": ["bep-an"], "them": "x"}) == {"ai": "phu-huynh"}


def test_a_section_of_which_nothing_is_asked_is_passed_over():
    plan = plan_of(factories.survey([WHO], [WHAT], [MORE], rules=[("gi", "ai", "equal", "Học sinh")]).current)
    assert plan.pages({"ai": "phu-huynh"}) == [0, 2]
    assert plan.pages({"ai": "hoc-sinh"}) == [0, 1, 2]


@pytest.mark.parametrize(
    ("questions", "rules", "words"),
    [
        ([], [], "chưa có câu hỏi nào"),
        ([WHO, AGE | {"key": "AI2"}], [("ai", "AI2", "answered", "")], "phải đứng sau"),
        ([WHO, MORE], [("them", "khong-co", "answered", "")], "không có câu nào mang mã"),
        ([WHO, MORE], [("them", "ai", "equal", "Ông bà")], "không phải là một lựa chọn"),
        ([WHO, MORE], [("them", "ai", "at_least", "3")], "cần một câu cho điểm hoặc số"),
        ([WHO, MORE], [("them", "them", "answered", "")], "phải đứng sau"),
        ([WHO, MORE], [("them", "ai", "equal", "Học sinh"), ("them", "ai", "equal", "Phụ huynh")], "không bao giờ"),
        ([AGE, MORE], [("them", "tuoi", "at_least", "15"), ("them", "tuoi", "at_most", "14")], "không bao giờ"),
        ([WHO | {"required": True}, MORE], [("them", "ai", "not_answered", "")], "không bao giờ"),
        # What the question it depends on waits for counts as well.
        (
            [WHO, AGE, MORE],
            [
                ("tuoi", "ai", "equal", "Học sinh"),
                ("them", "tuoi", "answered", ""),
                ("them", "ai", "equal", "Phụ huynh"),
            ],
            "không bao giờ",
        ),
        ([WHO, AGE, MORE], [("tuoi", "them", "answered", ""), ("them", "tuoi", "answered", "")], "đợi nhau"),
        ([TABLE, MORE], [("them", "bang", "answered", "")], "mã của một dòng"),
        ([TABLE | {"rows": "Không có mã"}], [], "chưa có mã"),
        ([AGE | {"least": 5, "most": 2}], [], "số nhỏ nhất lớn hơn"),
        ([WHO | {"choices": "Một\nmột"}], [], "hai lựa chọn khác nhau"),
        ([factories.SCORE | {"choices": "Kém\nTốt"}], [], "đúng năm dòng"),
        ([{"key": "x", "label": "Lời dẫn", "kind": "information"}], [], "chưa có câu hỏi nào"),
    ],
)
def test_an_author_is_told_what_cannot_be_asked(questions, rules, words):
    faults = plan_faults(plan_of(factories.survey(questions, rules=rules).current))
    assert any(words in fault for fault in faults), faults


def test_the_same_key_in_two_sections_is_told():
    faults = plan_faults(plan_of(factories.survey([AGE], [AGE]).current))
    assert any("dùng hai lần" in fault for fault in faults)


def test_a_plan_costs_three_statements_whatever_its_length(django_assert_num_queries):
    questions = [[AGE | {"key": f"c{page}-{place}"} for place in range(10)] for page in range(8)]
    version = factories.survey(*questions).current
    with django_assert_num_queries(3):
        assert len(plan_of(version).questions) == 80
