"""A hundred uses of one invitation at the same time, each in a thread with a connection and a transaction of its own.

Every run asks this of its own database: SQLite, where writers stand in line, and PostgreSQL, where they meet.
"""

from django.test import Client
from django.utils import timezone

import pytest

from cms.core.enums import ModerationDecision, Role
from surveys import factories
from surveys.enums import QuestionKind
from surveys.models import Invitation, Response, ResponseItem, ResponseTally
from surveys.services.batches import batch_make, batch_revoke
from surveys.services.months import months_fit_tallies
from surveys.services.questionnaires import SurveyRefusedError, version_save
from surveys.services.responses import NotTakenError, response_store_by_token
from surveys.services.tallies import WISHES, tallies_fit_responses
from surveys.services.words import words_decide, words_theme
from tests.parallel import crowd, together
from tests.surveys.test_answering import fill, page_of

pytestmark = pytest.mark.django_db(transaction=True)
USES = 100
HANDS = 5  # with the test itself no more connections than the pool holds


def test_a_hundred_uses_of_one_invitation_are_one_response():
    survey = factories.survey()
    token = factories.invited(survey)

    def use():
        try:
            response_store_by_token(token=token, version_id=survey.current_id, answers={"muc": "5"})
        except NotTakenError:
            return "refused"
        return "stored"

    results = crowd(use, size=USES)
    assert sorted(results) == ["refused"] * (USES - 1) + ["stored"]
    assert Response.objects.count() == 1
    assert ResponseItem.objects.count() == 1
    assert Invitation.objects.get().used
    assert ResponseTally.objects.get(key="", choice="").count == 1
    assert list(tallies_fit_responses()) == list(months_fit_tallies()) == []


def test_a_hundred_presses_of_one_link_are_one_response():
    """The same through the whole portal: a hundred open the page, then all press its button."""
    survey = factories.survey(slug="tram-lan-bam")
    url = f"/khao-sat/{survey.slug}/tra-loi/{factories.invited(survey)}/"
    opened = []
    for _each in range(USES):
        client = Client()
        opened.append((client, fill(page_of(client.get(url)), muc="5")))

    def press():
        client, given = opened.pop()
        return client.post(url, given).status_code

    answers = crowd(press, size=USES)
    assert answers.count(302) == 1
    # Those who came too late are told that the link is used; who tries too often, to wait.
    assert set(answers) <= {302, 404, 429}
    assert Response.objects.count() == 1


def test_slips_taken_back_while_they_are_used_lose_no_response(officer):
    survey = factories.survey()
    surveyor = officer(Role.SURVEYOR)
    last_day = timezone.localdate()
    batch, urls = batch_make(survey=survey, actor=surveyor, label="Khối một", count=20, expires_on=last_day)
    tokens = [url.rstrip("/").rsplit("/", 1)[1] for url in urls]

    def use():
        stored = 0
        for token in tokens:
            try:
                response_store_by_token(token=token, version_id=survey.current_id, answers={"muc": "4"})
            except NotTakenError:
                continue
            stored += 1
        return stored

    *stored, _revoked = together(*[use] * 3, lambda: batch_revoke(batch=batch, actor=surveyor))
    assert sum(stored) == Response.objects.count() == Invitation.objects.count()
    assert not Invitation.objects.unused().exists()


def test_different_invitations_at_once_are_all_counted():
    survey = factories.survey()
    tokens = [[factories.invited(survey) for _turn in range(8)] for _hand in range(HANDS)]

    def use(mine):
        for token in mine:
            response_store_by_token(token=token, version_id=survey.current_id, answers={"muc": "4", "loi": "Tốt"})

    together(*[lambda mine=mine: use(mine) for mine in tokens])
    assert Response.objects.count() == 8 * HANDS
    counts = {(each.key, each.choice): each.count for each in ResponseTally.objects.all()}
    assert counts == {("", ""): 40, ("muc", ""): 40, ("muc", "4"): 40, ("loi", ""): 40}


def test_words_of_one_person_sorted_at_once_are_one_wish(officer):
    surveyor = officer(Role.SURVEYOR)
    factories.theme("quat", "Quạt mát")
    keys = [f"T{number}" for number in range(HANDS)]
    survey = factories.survey([{"key": key, "label": key, "kind": QuestionKind.TEXT} for key in keys])
    words = list(factories.answered(survey, dict.fromkeys(keys, "Thêm quạt")).words.all())
    for each in words:
        words_decide(words_id=each.pk, decision=ModerationDecision.APPROVE, actor=surveyor)
    together(*[lambda pk=each.pk: words_theme(words_id=pk, codes=["quat"], actor=surveyor) for each in words])
    assert dict(ResponseTally.objects.filter(key=WISHES).values_list("choice", "count")) == {"": 1, "quat": 1}
    assert list(months_fit_tallies()) == []


def test_a_version_is_never_changed_after_it_was_answered(officer):
    """Whoever comes first: a change that is stored was there when the response was checked."""
    surveyor = officer(Role.SURVEYOR)
    survey = factories.survey()
    token = factories.invited(survey)

    def answer():
        response_store_by_token(token=token, version_id=survey.current_id, answers={"muc": "5"})

    def change():
        version = survey.versions.get()
        version.note = "Đã sửa"
        try:
            version_save(version=version, actor=surveyor)
        except SurveyRefusedError:
            return "refused"
        return "saved"

    _none, changed = together(answer, change)
    version = survey.versions.get()
    assert version.frozen_on == timezone.localdate()
    assert (version.note == "Đã sửa") == (changed == "saved")
