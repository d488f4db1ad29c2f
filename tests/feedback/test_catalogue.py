"""Numbers of days are data: changing them moves the dates that rest on them, with a trace, by those who may."""

from django.core.exceptions import PermissionDenied

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from feedback import factories
from feedback.models import DeadlineProfile
from feedback.services.catalogue import catalogue_save
from feedback.services.deadlines import due_on

pytestmark = pytest.mark.django_db


def test_other_days_move_the_running_dates(desk, officer):
    case = factories.accepted(desk)
    profile = DeadlineProfile.objects.get(pk=case.category.profile_id)
    profile.answer_days -= 5
    catalogue_save(row=profile, actor=officer(Role.ADMIN))
    before, case = case.due_on, type(case).objects.get(pk=case.pk)
    assert case.due_on < before
    assert case.due_on == due_on(case), "what is stored is what is explained"
    moved = LedgerEvent.objects.about("case", case.reference).get(verb="case.deadline_moved")
    assert moved.data["because"] == "catalogue"
    assert LedgerEvent.objects.filter(verb="catalogue.saved").exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_changes_them(desk, officer, role):
    profile = DeadlineProfile.objects.first()
    profile.answer_days = 1
    with pytest.raises(PermissionDenied):
        catalogue_save(row=profile, actor=officer(role))
    profile.refresh_from_db()
    assert profile.answer_days != 1
