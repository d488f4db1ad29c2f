"""Wishes are counted by people: whoever wrote in five places is one, and one a theme."""

from datetime import timedelta

from django.utils import timezone

import pytest

from cms.core.enums import ModerationDecision, Role
from surveys import factories
from surveys.enums import QuestionKind
from surveys.models import OpenWords, ResponseTally
from surveys.services.months import months_fit_tallies
from surveys.services.tallies import WISHES, tallies_fit_responses, tallies_rebuild
from surveys.services.words import words_decide, words_forget, words_theme

pytestmark = pytest.mark.django_db
KEYS = ["T1", "T2", "T3"]


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


@pytest.fixture
def survey(site_tree):
    for code in ("quat", "san"):
        factories.theme(code, code)
    return factories.survey([{"key": key, "label": key, "kind": QuestionKind.TEXT} for key in KEYS])


@pytest.fixture
def theme(surveyor):
    def sort(words, *codes):
        if words.state == "waiting":
            words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
        words_theme(words_id=words.pk, codes=codes, actor=surveyor)

    return sort


def written(survey):
    """Return what one person wrote in three places."""
    response = factories.answered(survey, dict.fromkeys(KEYS, "Thêm quạt"))
    return list(response.words.order_by("pk"))


def counted():
    assert list(tallies_fit_responses()) == list(months_fit_tallies()) == []
    assert tallies_rebuild() == 0
    return dict(ResponseTally.objects.filter(key=WISHES, count__gt=0).values_list("choice", "count"))


def test_three_places_of_one_person_are_one_wish_and_one_a_theme(survey, theme):
    first, second, third = written(survey)
    for words, codes in ((first, ["quat"]), (second, ["quat", "san"]), (third, ["quat"])):
        theme(words, *codes)
    assert counted() == {"": 1, "quat": 1, "san": 1}
    other = written(survey)[0]
    theme(other, "quat")
    assert counted() == {"": 2, "quat": 2, "san": 1}


def test_a_theme_goes_with_the_last_words_that_had_it(survey, theme, surveyor):
    first, second, _third = written(survey)
    theme(first, "quat")
    theme(second, "quat")
    theme(first, "san")
    assert counted() == {"": 1, "quat": 1, "san": 1}
    words_decide(words_id=second.pk, decision=ModerationDecision.RETURN, actor=surveyor)
    assert counted() == {"": 1, "san": 1}
    words_decide(words_id=second.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    assert counted() == {"": 1, "quat": 1, "san": 1}
    for words in (first, second):
        words_decide(words_id=words.pk, decision=ModerationDecision.REFUSE, actor=surveyor, reason="khac")
    assert counted() == {}


def test_what_was_counted_stays_when_the_words_are_erased(survey, theme):
    for words in written(survey):
        theme(words, "quat")
    later = timezone.now() + timedelta(days=survey.words_days + 2)
    assert words_forget(now=later) == 3
    assert not OpenWords.objects.exists()
    assert counted() == {"": 1, "quat": 1}
