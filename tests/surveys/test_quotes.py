"""Words that everybody may read under results: by a decision of their own, masked, and where enough people answered."""

import json
from calendar import monthrange
from datetime import date
from itertools import combinations, product

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import ModerationDecision, Role
from cms.core.models import LedgerEvent
from cms.core.periods import Period
from surveys import factories
from surveys.enums import QuestionKind
from surveys.models import OpenWords, Survey
from surveys.services.results import survey_results
from surveys.services.words import words_decide, words_forget, words_quote
from tests.feedback.conftest import make_unit
from tests.surveys.test_results import give

pytestmark = pytest.mark.django_db
FEB, MAY = date(2026, 2, 10), date(2026, 5, 12)
SECRET = "Cô Nguyễn Thị Lan, 0912 345 678, cần thêm quạt mát"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


@pytest.fixture
def survey(site_tree):
    return factories.survey(
        [{"key": "TC01", "label": "Tiêu chí", "kind": QuestionKind.SCORE}, factories.WORDS],
        slug="trich", results_public=True, title="Khảo sát có lời",
    )  # fmt: skip


def said(survey, text, surveyor, *, quoted=True, **where):
    """Return words that somebody wrote, let through and quoted."""
    before = set(OpenWords.objects.values_list("pk", flat=True))
    give(survey, {"TC01": "4", "loi": text}, **where)
    words = OpenWords.objects.exclude(pk__in=before).get()
    words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    if quoted:
        words_quote(words_id=words.pk, quoted=True, actor=surveyor)
    return words


def page(query="ky=2026"):
    answer = Client().get(f"/khao-sat/trich/ket-qua/?{query}")
    return " ".join(BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ").split())


def test_a_quote_is_masked_and_stands_under_the_results_of_its_period(survey, surveyor):
    said(survey, SECRET, surveyor)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 4)
    assert "cần thêm quạt mát" in page()
    assert "cần thêm quạt mát" in page("ky=2026-Q1")
    assert "cần thêm quạt mát" not in page("ky=2026-Q2")
    for secret in ("0912", "Nguyễn Thị Lan", "Lời khác"):
        assert secret not in page()


def test_without_the_decision_nobody_reads_it(survey, surveyor):
    words = said(survey, SECRET, surveyor, quoted=False)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
    assert "quạt mát" not in page()
    words_quote(words_id=words.pk, quoted=True, actor=surveyor)
    assert "quạt mát" in page()
    words_quote(words_id=words.pk, quoted=False, actor=surveyor)
    assert "quạt mát" not in page()
    verbs = list(LedgerEvent.objects.filter(verb__startswith="survey_words.").values_list("verb", flat=True))
    assert verbs == ["survey_words.shown", "survey_words.quoted", "survey_words.unquoted"]


def test_what_is_read_no_more_is_quoted_no_more(survey, surveyor):
    words = said(survey, SECRET, surveyor)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
    words_decide(words_id=words.pk, decision=ModerationDecision.RETURN, actor=surveyor)
    assert "quạt mát" not in page()
    words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    assert "quạt mát" not in page()  # the decision to quote it went with the other
    words_quote(words_id=words.pk, quoted=True, actor=surveyor)
    Survey.objects.update(words_days=30)
    words_forget()
    assert "quạt mát" not in page()


def test_nobody_but_the_publisher_quotes_and_only_what_was_let_through(survey, surveyor, officer, unit):
    waiting = said(survey, "Chờ", surveyor)
    words_decide(words_id=waiting.pk, decision=ModerationDecision.RETURN, actor=surveyor)
    assert words_quote(words_id=waiting.pk, quoted=True, actor=surveyor) is None
    for role in (Role.LEADER, Role.REPORTER, Role.PUBLISHER, Role.INTAKE, Role.ADMIN):
        with pytest.raises(PermissionDenied):
            words_quote(words_id=waiting.pk, quoted=True, actor=officer(role, unit=unit))


def test_a_copy_that_still_looks_personal_is_not_quoted(survey, surveyor):
    words = said(survey, "Lời tốt", surveyor, quoted=False)
    OpenWords.objects.filter(pk=words.pk).update(shown="Gọi 0912 345 678")
    with pytest.raises(ValidationError, match="0912 345 678"):
        words_quote(words_id=words.pk, quoted=True, actor=surveyor)


def test_files_and_programs_get_no_words(survey, surveyor):
    said(survey, SECRET, surveyor)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
    for tail in ("du-lieu.json", "du-lieu.csv"):
        answer = Client().get(f"/khao-sat/trich/ket-qua/{tail}?ky=2026")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "quạt mát" not in content.decode()
    made = factories.snapshot(survey, "2026-Q1")
    assert "quạt mát" not in json.dumps(made.record, ensure_ascii=False)


def test_beside_published_figures_it_stands_as_long_as_it_may(survey, surveyor):
    words = said(survey, SECRET, surveyor)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
    made = factories.snapshot(survey, "2026-Q1")
    Survey.objects.update(results_public=False)
    url = f"/khao-sat/trich/ket-qua/{made.pk}/"
    assert "quạt mát" in Client().get(url).content.decode()
    assert "quạt mát" not in page()
    words_quote(words_id=words.pk, quoted=False, actor=surveyor)
    assert "quạt mát" not in Client().get(url).content.decode()


def test_a_question_that_is_not_published_is_not_quoted(survey, surveyor):
    said(survey, SECRET, surveyor)
    give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
    survey.current.sections.first().questions.filter(key="loi").update(publishable=False)
    assert "quạt mát" not in page()


class TestWhere:
    """Three schools of one kind: one with few answers. A quote of it must not say that it is from there."""

    @pytest.fixture
    def schools(self, survey):
        office = make_unit("so", "Sở")
        return [make_unit(code, f"Trường {code}", office) for code in ("a", "b", "c")]

    def test_of_a_school_with_few_answers_it_stands_under_larger_tables_alone(self, survey, surveyor, schools):
        few, second, third = schools
        said(survey, "Lời của trường ít phiếu", surveyor, unit=few)
        for school in (second, third):
            give(survey, {"TC01": "4", "loi": "x"}, 9, unit=school)
        assert "Lời của trường ít phiếu" not in page("ky=2026&don-vi=a")
        assert "Lời của trường ít phiếu" in page("ky=2026")
        assert "Lời của trường ít phiếu" in page("ky=2026&cap=primary")
        assert "Lời của trường ít phiếu" not in page("ky=2026&don-vi=b")

    def test_of_a_month_with_few_answers_it_stands_under_longer_periods_alone(self, survey, surveyor, schools):
        first, second, _third = schools
        said(survey, "Lời của tháng ít phiếu", surveyor, unit=first, day=FEB)
        give(survey, {"TC01": "4", "loi": "x"}, 9, unit=first, day=MAY)
        give(survey, {"TC01": "4", "loi": "x"}, 9, unit=second, day=FEB)
        give(survey, {"TC01": "4", "loi": "x"}, 9, unit=second, day=MAY)
        # February is told of the whole, and not of its school; a quote there would say when the one person answered.
        assert "Lời của tháng ít phiếu" not in page("ky=2026-Q1&don-vi=a")
        assert "Lời của tháng ít phiếu" not in page("ky=2026-Q1")
        assert "Lời của tháng ít phiếu" in page("ky=2026-6T&don-vi=a")
        assert "Lời của tháng ít phiếu" in page("ky=2026-6T")

    def test_whoever_compares_all_tables_comes_to_a_cell_with_enough_answers(self, survey, surveyor, schools):
        """Every table that may be asked for; where they all meet, at least five answered the question in words."""
        given = {
            (schools[0], 2): 1, (schools[0], 5): 7, (schools[0], 6): 2, (schools[1], 2): 6, (schools[1], 3): 1,
            (schools[1], 9): 3, (schools[2], 2): 2, (schools[2], 6): 3, (None, 2): 1, (None, 10): 5,
        }  # fmt: skip
        by_text = {}
        for (school, month), times in given.items():
            day = date(2026, month, 10)
            words = said(survey, f"Lời số {month} {school and school.slug}", surveyor, unit=school, day=day)
            by_text[OpenWords.objects.get(pk=words.pk).shown] = (school, month)
            give(survey, {"TC01": "4", "loi": "x"}, times - 1, unit=school, day=day)
        places = {None: {None, *schools}, "primary": set(schools)} | {school: {school} for school in schools}
        left = {}
        for first, last in combinations(range(13), 2):
            months = set(range(first + 1, last + 1))
            period = Period("", date(2026, first + 1, 1), date(2026, last, monthrange(2026, last)[1]))
            for place, units in places.items():
                asked = {"kind": place} if place == "primary" else {"unit": place}
                for question in survey_results(survey, period, **asked).quotes:
                    for quote in question.quotes:
                        key = by_text[quote.text]
                        cells = set(product(units, months))
                        left[key] = left.get(key, cells) & cells
        assert left, "no quote was shown anywhere"
        for key, cells in left.items():
            assert key in cells
            assert sum(times for place, times in given.items() if place in cells) >= 5, key


class TestDesk:
    @pytest.fixture
    def desk(self, surveyor):
        client = Client()
        client.force_login(surveyor)
        return client

    def test_it_is_quoted_and_taken_back_on_the_screen_of_results(self, survey, surveyor, desk):
        words = said(survey, SECRET, surveyor, quoted=False)
        give(survey, {"TC01": "5", "loi": "Lời khác"}, 9)
        figures = reverse("survey:figures", args=[survey.pk])
        assert "Trích ở kết quả công khai" in desk.get(f"{figures}?ky=2026").content.decode()
        quote = reverse("survey:quote", args=[survey.pk, words.pk])
        answer = desk.post(f"{quote}?ky=2026-Q1", {"quoted": "1"})
        assert answer.url == f"{figures}?ky=2026-Q1"
        assert "Thôi trích" in desk.get(f"{figures}?ky=2026").content.decode()
        desk.post(quote, {"quoted": "0"})
        assert OpenWords.objects.get(pk=words.pk).quoted_at is None
        words_decide(words_id=words.pk, decision=ModerationDecision.REFUSE, actor=surveyor, reason="khac")
        refused = desk.post(quote, {"quoted": "1"})
        assert refused.status_code == 422
        assert "không còn ở trạng thái cho đọc" in refused.content.decode()

    def test_words_of_another_survey_are_not_found(self, survey, surveyor, desk):
        words = said(survey, "Lời", surveyor, quoted=False)
        other = factories.survey()
        assert desk.post(reverse("survey:quote", args=[other.pk, words.pk]), {"quoted": "1"}).status_code == 404

    def test_whoever_writes_is_told_before(self, survey):
        factories.place(survey, "cong")
        text = Client().get("/khao-sat/trich/tra-loi/diem/cong/").content.decode()
        assert "có thể được trích khi công bố kết quả" in text


def test_statements_do_not_grow_with_quotes(survey, surveyor):
    counts = []
    page()
    for times in (6, 20):
        for _time in range(times):
            said(survey, "Lời hay", surveyor)
        with CaptureQueriesContext(connection) as asked:
            page()
        counts.append(len(asked))
    assert counts[0] == counts[1]
