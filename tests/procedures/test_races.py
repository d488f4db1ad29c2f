"""Two clerks at the same moment, each with a connection of their own."""

import pytest

from procedures import factories
from procedures.enums import DossierState
from procedures.models import Dossier
from procedures.services import handling, moves
from procedures.services.intake import DossierEntry, dossier_enter
from procedures.services.integrity import CHECKS
from tests.parallel import together
from tests.procedures.desk import make_desk
from tests.site import build_site

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


@pytest.fixture
def desk(db):
    build_site()
    return make_desk()


def test_many_clerks_get_many_codes_and_one_form_one(desk):
    entry = DossierEntry(procedure=desk.page, unit=desk.unit, way=desk.page.ways.first(), name="Mẫu")

    def key(token):
        return lambda: dossier_enter(entry=entry, form_token=token, actor=desk.clerk).dossier.code

    codes = together(*[key(f"phieu-{turn}") for turn in range(PRESSES)])
    assert sorted(code[-4:] for code in codes) == [f"{number:04d}" for number in range(1, PRESSES + 1)]
    again = together(*[key("phieu-chung")] * PRESSES)
    assert len(set(again)) == 1
    assert Dossier.objects.count() == PRESSES + 1


def test_of_two_steps_at_once_one_is_taken_and_the_other_is_told(desk):
    made = factories.dossier(desk.page, desk.unit, desk.clerk)
    seen = made.version

    def press(service, actor):
        def take():
            try:
                service(dossier=Dossier.objects.get(pk=made.pk), actor=actor, expected_version=seen)
            except moves.DossierChangedError:
                return "told"
            return "taken"

        return take

    answers = together(press(handling.dossier_complete, desk.officer), press(handling.dossier_withdraw, desk.clerk))
    assert sorted(answers) == ["taken", "told"]
    made.refresh_from_db()
    assert made.state in {DossierState.COMPLETED, DossierState.WITHDRAWN}
    assert made.version == seen + 1
    assert [line for check in CHECKS for line in check.run()] == []
