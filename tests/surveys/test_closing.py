"""What a publication closes: no later count in its months, no sum told over its borders unless both sides are."""

from datetime import date

from django.test import Client
from django.urls import reverse

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.core.enums import ModerationDecision, Role
from cms.core.importing import UnreadableFileError
from cms.core.periods import read_period
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.importers.responses import read_responses, write_responses
from surveys.models import OpenWords, PaperEntry, Response, ResponseTally
from surveys.querysets import SurveyQuerySet
from surveys.services.closing import borders_of, is_closed
from surveys.services.imports import responses_import
from surveys.services.papers import Keyed, paper_key, paper_take_back
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.results import survey_results
from surveys.services.tallies import WISHES
from surveys.services.words import words_decide, words_theme
from tests.feedback.conftest import make_unit
from tests.surveys.test_results import give

pytestmark = pytest.mark.django_db
FEB, MAY = date(2026, 2, 10), date(2026, 5, 12)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-07-05 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey(site_tree):
    made = factories.survey(
        [{"key": "TC01", "label": "Tiêu chí", "kind": QuestionKind.SCORE}, factories.WORDS],
        slug="khoa-ky", results_public=True,
    )  # fmt: skip
    factories.place(made, "hop-thu", ChannelKind.PAPER)
    return made


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


def days(*keys):
    periods = [read_period(key) for key in keys]
    return [(period.starts_on, period.ends_on) for period in periods]


@pytest.mark.parametrize(
    ("published", "borders"),
    [
        ((), {}),
        (("2026-Q1",), {2026: {3}}),
        (("2026-Q2",), {2026: {3, 6}}),
        (("2026-Q1", "2026-6T", "2026-9T", "2026"), {2026: {3, 6, 9}}),
        # What lies in a closed part is told as it was, and draws no border.
        (("2026-6T", "2026-Q1"), {2026: {6}}),
        (("2026", "2026-Q1", "2026-Q2"), {2026: set()}),
        # A record of 2027 tells the quarters of 2026 too: nothing may be cut anew there.
        (("2027-Q1", "2026-Q3"), {2027: {3}}),
        (("2026-Q3", "2027-Q1", "2026-Q1"), {2026: {6, 9}, 2027: {3}}),
    ],
)
def test_borders_are_drawn_where_something_new_was_published(published, borders):
    found = borders_of(days(*published))
    assert {year: set(cuts) for year, cuts in found.items() if cuts} == {k: v for k, v in borders.items() if v}


def test_a_quarter_that_was_published_does_not_give_away_the_next_one(survey):
    """A school with nine responses, then two more: told of the first quarter, it is not told of half a year."""
    office = make_unit("so", "Sở")
    small, second, third = (make_unit(code, f"Trường {code}", office) for code in "abc")
    for school in (small, second, third):
        give(survey, {"TC01": "5"}, 9, unit=school, day=FEB)

    def n(key, school):
        return survey_results(survey, read_period(key), unit=school).responses

    assert n("2026-Q1", small) == 9
    factories.snapshot(survey, "2026-Q1")
    give(survey, {"TC01": "1"}, 2, unit=small, day=MAY)
    for school in (second, third):
        give(survey, {"TC01": "1"}, 9, unit=school, day=MAY)
    assert n("2026-Q1", small) == 9
    assert n("2026-6T", small) is None
    assert n("2026-6T", None) == 47
    # Without the publication half a year is told, and the quarter in it is not.
    survey.snapshots.all().delete()
    assert n("2026-6T", small) == 11
    assert n("2026-Q1", small) is None


def key_in(survey, actor, sheet, day, **answers):
    channel = survey.channels.get(code="hop-thu")
    keyed = Keyed(survey.current, channel, sheet, day, {"TC01": "4", **answers})
    return paper_key(survey=survey, actor=actor, keyed=keyed)


def test_a_paper_that_comes_late_counts_when_it_is_keyed_in(survey, surveyor):
    give(survey, {"TC01": "5"}, 9, day=FEB)
    factories.snapshot(survey, "2026-Q1")
    before = survey_results(survey, read_period("2026-Q1"))
    late, open_day = key_in(survey, surveyor, "A1", FEB), key_in(survey, surveyor, "A2", MAY)
    assert (late.day, late.response.day) == (FEB, date(2026, 7, 5))
    assert open_day.response.day == MAY
    after = survey_results(survey, read_period("2026-Q1"))
    assert (after.responses, after.questions) == (before.responses, before.questions)


def test_the_screen_says_when_a_late_paper_counts(survey, surveyor):
    give(survey, {"TC01": "5"}, 9, day=FEB)
    factories.snapshot(survey, "2026-Q1")
    client = Client()
    client.force_login(surveyor)
    given = {"sheet": "A9", "day": "10/02/2026", "channel": survey.channels.get(code="hop-thu").pk, "p-TC01": "4"}
    answer = client.post(reverse("survey:key", args=[survey.pk]), given, follow=True)
    text = BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)
    assert "được tính vào tháng này" in text


def test_a_paper_in_published_figures_stays(survey, surveyor):
    entry = key_in(survey, surveyor, "A1", date(2026, 6, 20))
    give(survey, {"TC01": "5"}, 9, day=MAY)
    factories.snapshot(survey, "2026-Q2")
    with pytest.raises(SurveyRefusedError, match="đã công bố"):
        paper_take_back(entry=entry, actor=surveyor)
    assert Response.objects.count() == 10
    assert PaperEntry.objects.get().response is not None


def test_a_file_that_was_read_before_a_publication_adds_nothing_to_it(survey, surveyor):
    """The reader saw an open period; what counts is asked when the rows are stored, and every number is told."""
    give(survey, {"TC01": "5"}, 9, day=FEB)
    content = "Mã phiếu;Ngày;TC01\nX1;11/02/2026;1\nX2;12/05/2026;1\n".encode()
    reading = read_responses(content, "phieu.csv", survey.slug)
    assert (len(reading.to_write), reading.refusals) == (2, [])
    factories.snapshot(survey, "2026-Q1")
    with pytest.raises(UnreadableFileError, match=r"đến hết ngày 31/03/2026 đã công bố .*: X1\. Các phiếu"):
        write_responses(reading.to_write, actor=surveyor, publish=False)
    assert Response.objects.count() == 9
    rows = [item.data[1] for item in reading.to_write]
    with pytest.raises(SurveyRefusedError, match="X1"):
        responses_import(survey=survey, rows=rows, actor=surveyor)
    assert responses_import(survey=survey, rows=rows[1:], actor=surveyor) == 1


def test_a_publication_is_looked_for_once_nobody_can_make_one_meanwhile(survey, surveyor, monkeypatch):
    give(survey, {"TC01": "5", "loi": "Thêm quạt"}, 1, day=FEB)
    factories.theme("quat", "Quạt mát")
    words = OpenWords.objects.get()
    held = []
    plain = SurveyQuerySet.select_for_update

    def hold(rows, *args, **kwargs):
        held.append(rows.model)
        return plain(rows, *args, **kwargs)

    def asked(survey, day):
        assert held
        return is_closed(survey, day)

    monkeypatch.setattr(SurveyQuerySet, "select_for_update", hold)
    monkeypatch.setattr("surveys.services.words.is_closed", asked)
    words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    held.clear()
    words_theme(words_id=words.pk, codes=["quat"], actor=surveyor)
    assert ResponseTally.objects.get(key=WISHES, choice="quat").count == 1


def test_wishes_sorted_later_leave_published_counts_alone(survey, surveyor):
    give(survey, {"TC01": "5", "loi": "Thêm quạt"}, 9, day=FEB)
    factories.theme("quat", "Quạt mát")
    first, second = OpenWords.objects.order_by("pk")[:2]
    for words in (first, second):
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    words_theme(words_id=first.pk, codes=["quat"], actor=surveyor)

    def counted():
        return dict(ResponseTally.objects.filter(key=WISHES).values_list("choice", "count"))

    assert counted() == {"": 1, "quat": 1}
    factories.snapshot(survey, "2026-Q1")
    words_theme(words_id=second.pk, codes=["quat"], actor=surveyor)
    words_decide(words_id=first.pk, decision=ModerationDecision.REFUSE, actor=surveyor, reason="khac")
    assert counted() == {"": 1, "quat": 1}
    # They are read, and read no more, as their moderator says.
    assert OpenWords.objects.shown().filter(themes__code="quat").get() == second
