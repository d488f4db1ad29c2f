"""A hundred uses of one invitation at the same time, each in a transaction of its own."""

from django.utils import timezone

import pytest

from cms.core.enums import Role
from surveys import factories
from surveys.models import Invitation, Response, ResponseTally
from surveys.services.questionnaires import SurveyRefusedError, version_save
from surveys.services.responses import NotTakenError, response_store_by_token
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, TURNS = 5, 20  # with the test itself no more connections than the pool holds


def test_a_hundred_uses_of_one_invitation_are_one_response():
    survey = factories.survey()
    token = factories.invited(survey)

    def use():
        results = []
        for _turn in range(TURNS):
            try:
                response_store_by_token(token=token, version_id=survey.current_id, answers={"muc": "5"})
                results.append("stored")
            except NotTakenError:
                results.append("refused")
        return results

    results = [each for hand in together(*[use] * HANDS) for each in hand]
    assert len(results) == HANDS * TURNS
    assert results.count("stored") == 1
    assert Response.objects.count() == 1
    assert Invitation.objects.get().used
    assert ResponseTally.objects.get(key="", choice="").count == 1


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
