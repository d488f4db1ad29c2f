import pytest

from feedback import factories
from feedback.enums import CaseState

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_the_form_to_the_public(desk):
    copy = factories.published(desk)
    assert copy.live
    assert copy.case.state == CaseState.ANSWERED
