"""What a case is about, and the extra questions: asked where they help, kept private, answered or left open."""

import secrets

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from feedback import factories
from feedback.enums import CONDUCT_MATTERS, MATTERS, CaseClass, CaseMatter, CaseOutcome, ConductMeasure, QuestionKind
from feedback.models import CaseDetail, CaseDraft, Category, ExtraQuestion
from feedback.services.answers import answer_approve, answer_save, answer_submit
from feedback.services.details import detail_clean, detail_words
from feedback.services.moves import TransitionRefusedError
from feedback.services.retention import case_anonymise
from feedback.services.submission import case_submit
from feedback.services.triage import case_accept
from tests.feedback.walk import CONTENT, FORM, SENDER, post, subject

pytestmark = pytest.mark.django_db
PAPERS = "giay-to-nao-extra-papers"


def question(**values) -> ExtraQuestion:
    given = {"code": "hoi-thu", "label": "Phòng nào", "kind": QuestionKind.STRING, "matter": CaseMatter.OTHER, **values}
    made = ExtraQuestion(**given)
    made.full_clean()
    made.save()
    return made


def page(client, step) -> str:
    return client.get(f"{FORM}{step}/").content.decode()


class TestMatters:
    def test_every_matter_has_a_class_and_a_clause_of_the_decree(self):
        assert set(MATTERS) == set(CaseMatter)
        assert {clause for _kind, clause in MATTERS.values()} == set(range(1, 9))
        assert {kind for kind, _clause in MATTERS.values()} == set(CaseClass)

    def test_the_form_keeps_what_was_chosen_and_the_case_knows_its_class(self, client, desk):
        made = factories.submitted(desk.unit, matter=CaseMatter.UNLAWFUL)
        assert (made.case_class, made.decree_clause) == (CaseClass.REGULATION, 4)

    def test_who_leaves_it_alone_says_other(self, client):
        assert post(client, "linh-vuc", subject()).status_code == 302
        assert CaseDraft.objects.get().data["matter"] == CaseMatter.OTHER

    def test_nonsense_is_refused_beside_the_field(self, client):
        answer = post(client, "linh-vuc", subject(matter="'; --"))
        assert answer.status_code == 422
        assert 'id="id_matter_loi"' in answer.content.decode()

    def test_the_clerk_may_set_it_right(self, desk):
        case = factories.submitted(desk.unit)
        assert case_accept(case=case, actor=desk.clerk, matter=CaseMatter.DELAY).matter == CaseMatter.DELAY


class TestAsking:
    def test_only_the_matter_that_asks_is_asked(self, client):
        post(client, "linh-vuc", subject(matter=CaseMatter.EXTRA_PAPERS))
        assert "Giấy tờ bị đòi thêm" in page(client, "noi-dung")
        other = Client()
        post(other, "linh-vuc", subject(matter=CaseMatter.DELAY))
        assert "Giấy tờ bị đòi thêm" not in page(other, "noi-dung")

    def test_a_question_of_a_category_is_asked_there_alone(self, client):
        data = subject()
        question(category=Category.objects.get(pk=data["category"]), matter="")
        post(client, "linh-vuc", data)
        assert "Phòng nào" in page(client, "noi-dung")
        other = Client()
        post(other, "linh-vuc", {**data, "category": Category.objects.exclude(pk=data["category"]).first().pk})
        assert "Phòng nào" not in page(other, "noi-dung")

    def test_what_is_compulsory_is_asked_again_and_the_words_stay(self, client):
        question(required=True)
        post(client, "linh-vuc", subject())
        answer = post(client, "noi-dung", CONTENT)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Câu này cần được trả lời: Phòng nào" in text
        assert CONTENT["body"] in text

    def test_an_answer_comes_back_on_the_page_and_stands_in_the_private_half_of_the_review(self, client):
        post(client, "linh-vuc", subject(matter=CaseMatter.EXTRA_PAPERS))
        post(client, "noi-dung", {**CONTENT, f"hoi_{PAPERS}": "Giấy xác nhận thu nhập"})
        assert "Giấy xác nhận thu nhập" in page(client, "noi-dung")
        post(client, "tep", {})
        post(client, "nguoi-gui", SENDER)
        review = page(client, "xem-lai")
        assert review.index("Chỉ cơ quan thấy") < review.index("Giấy xác nhận thu nhập")

    def test_a_question_that_was_added_meanwhile_sends_back_to_its_page(self, client):
        post(client, "linh-vuc", subject())
        post(client, "noi-dung", CONTENT)
        post(client, "tep", {})
        question(required=True)
        assert post(client, "nguoi-gui", SENDER).url == f"{FORM}noi-dung/"

    def test_the_pages_cost_the_same_with_many_questions(self, client, django_assert_max_num_queries):
        post(client, "linh-vuc", subject())
        for number in range(30):
            question(code=f"hoi-{number}", label=f"Câu {number}")
        with django_assert_max_num_queries(12):
            page(client, "noi-dung")


class TestAnswers:
    @pytest.mark.parametrize(
        ("kind", "typed", "kept"),
        [
            (QuestionKind.STRING, "  Phòng   2 ", "Phòng 2"),
            (QuestionKind.TEXT, "một\r\nhai", "một\nhai"),
            (QuestionKind.NUMBER, "1.250.000", "1.250.000"),
            (QuestionKind.NUMBER, "12,5", "12,5"),
            (QuestionKind.DATE, "5/9/2026", "05/09/2026"),
            (QuestionKind.DATE, "", ""),
            (QuestionKind.ONE_OF, "co", "co"),
            (QuestionKind.SOME_OF, ["khong", "co"], ["co", "khong"]),
        ],
    )
    def test_good(self, kind, typed, kept):
        asked = question(kind=kind, choices="Có\nKhông" if "list" in kind else "")
        assert detail_clean(asked, typed) == kept

    @pytest.mark.parametrize(
        ("kind", "typed"),
        [
            (QuestionKind.NUMBER, "nhiều"),
            (QuestionKind.NUMBER, "1e9"),
            (QuestionKind.DATE, "31/02/2026"),
            (QuestionKind.STRING, "a" * 301),
            (QuestionKind.STRING, "a\x00b"),
            (QuestionKind.ONE_OF, "co-le"),
            (QuestionKind.SOME_OF, ["co", "co-le"]),
        ],
    )
    def test_bad(self, kind, typed):
        asked = question(kind=kind, choices="Có\nKhông" if "list" in kind else "")
        with pytest.raises(ValidationError):
            detail_clean(asked, typed)

    def test_choices_are_read_as_words(self):
        asked = question(kind=QuestionKind.SOME_OF, choices="Buổi sáng\nBuổi chiều")
        assert detail_words(asked, ["buoi-sang", "buoi-chieu"]) == "Buổi sáng; Buổi chiều"

    def test_two_choices_that_look_the_same_to_a_form_are_refused_beside_the_field(self):
        for choices in ("Có\nKhông\nCo", "Lớp 1\nLớp-1\nKhác", "???\n!!!\nCó"):
            with pytest.raises(ValidationError) as error:
                question(kind=QuestionKind.ONE_OF, choices=choices)
            assert set(error.value.message_dict) == {"choices"}
            assert choices.split("\n")[0] in error.value.message_dict["choices"][0]

    def test_a_list_needs_two_choices_and_a_question_a_place(self):
        with pytest.raises(ValidationError) as error:
            question(kind=QuestionKind.ONE_OF, choices="Có", matter="")
        assert set(error.value.message_dict) == {"choices", "category"}


class TestStored:
    def test_answers_to_what_was_not_asked_are_dropped(self, desk):
        case = factories.submitted(desk.unit, details={PAPERS: "Giấy lạ"})
        assert not CaseDetail.objects.filter(case=case).exists()

    def test_answers_stay_with_the_question_as_it_was_asked_and_go_with_the_words(self, desk):
        case = factories.submitted(desk.unit, matter=CaseMatter.EXTRA_PAPERS, details={PAPERS: "Giấy xác nhận"})
        ExtraQuestion.objects.filter(code=PAPERS).update(label="Khác")
        assert list(case.details.values_list("label", "value")) == [("Giấy tờ bị đòi thêm", "Giấy xác nhận")]

    def test_every_door_keeps_the_same_rule(self, desk):
        factories.entry()
        question(required=True)
        with pytest.raises(ValidationError) as error:
            case_submit(form_token=secrets.token_urlsafe(8), entry=factories.entry(desk.unit))
        assert set(error.value.message_dict) == {"details.hoi-thu"}

    def test_erasing_the_case_erases_the_answers(self, desk):
        case = factories.declined(desk, matter=CaseMatter.EXTRA_PAPERS, details={PAPERS: "Giấy xác nhận"})
        Category.objects.update(keep_days=30)
        type(case).objects.filter(pk=case.pk).update(closed_at="2020-01-01T00:00:00Z")
        case_anonymise(case=type(case).objects.get(pk=case.pk))
        assert not CaseDetail.objects.exists()


class TestConduct:
    def answer(self, case, desk, **values):
        answer_save(case=case, actor=desk.officer, body="Đã kiểm tra.", outcome=CaseOutcome.EXPLAINED, **values)
        return answer_submit(case=case, actor=desk.officer)

    @pytest.mark.parametrize("matter", sorted(CONDUCT_MATTERS))
    def test_an_answer_about_conduct_says_what_was_done(self, desk, matter):
        case = factories.in_progress(desk, matter=matter)
        with pytest.raises(TransitionRefusedError, match="đã xử lý thế nào"):
            self.answer(case, desk)

    def test_with_the_measure_it_goes_its_way(self, desk):
        case = factories.in_progress(desk, matter=CaseMatter.ATTITUDE)
        self.answer(case, desk, measure=ConductMeasure.REPRIMAND)
        assert answer_approve(case=case, actor=desk.leader).answers.get().measure == ConductMeasure.REPRIMAND

    def test_other_answers_need_none(self, desk):
        assert self.answer(factories.in_progress(desk, matter=CaseMatter.DELAY), desk).answers.get().measure == ""
