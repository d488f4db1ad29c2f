"""The table is the law: who, from where, to where; and nothing else moves a case."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

import pytest

from cms.core.enums import Role, Scope
from cms.core.permissions import capabilities
from feedback import factories
from feedback.enums import AnswerState, CaseState
from feedback.models import Case, DeclineReason
from feedback.services import answers, handling, triage
from feedback.services.checks import check_transitions
from feedback.services.moves import NotAllowedError, Step, TransitionRefusedError, case_move, steps_open_to
from feedback.transitions import SENDER, SYSTEM, TRANSITIONS, public_label, transition
from feedback.viewsets.forms import STEP_FORMS
from tests.feedback.conftest import make_desk, make_officer

pytestmark = pytest.mark.django_db

BY_OFFICER = [row for row in TRANSITIONS if set(row.who) - {SENDER, SYSTEM} and row.sources]


def test_every_name_of_the_table_means_something():
    assert check_transitions() == []


def test_the_check_sees_a_name_that_means_nothing(monkeypatch):
    monkeypatch.setattr("feedback.services.checks.NOTICES", {})
    monkeypatch.setattr("feedback.services.checks.GUARDS", {})
    assert len(check_transitions()) > 10


def test_the_table_holds_all_nineteen_steps_and_reaches_every_state():
    assert {row.number for row in TRANSITIONS} == {f"T{number}" for number in range(1, 20)}
    assert {row.target for row in TRANSITIONS} - {None} == set(CaseState)


def test_every_button_has_its_form_and_every_form_its_button():
    assert set(STEP_FORMS) == {row.verb for row in TRANSITIONS if row.by_hand}


@pytest.mark.parametrize("state", CaseState)
def test_every_state_has_words_for_the_sender(state):
    assert public_label(state)


def test_being_set_aside_looks_like_waiting():
    assert public_label(CaseState.QUARANTINED) == public_label(CaseState.SUBMITTED)


def forced(desk, state):
    """A case that stands in ``state`` however it came there, with all that the table of rows asks for."""
    case = factories.accepted(desk)
    now = timezone.now()
    if state == CaseState.NEED_INFO:
        case.pauses.create(began_at=now)
    Case.objects.filter(pk=case.pk).update(
        state=state,
        officer=desk.officer,
        answered_at=now,
        decline_reason=DeclineReason.objects.first(),
        duplicate_of=case,
    )
    case.refresh_from_db()
    return case


def attempt(case, row, **words):
    """Try one step and say how it ended; whatever it changed is undone."""
    try:
        with transaction.atomic():
            case_move(case, Step(row.verb, reason="Vì sao", target=CaseState.ACCEPTED, **words))
            transaction.set_rollback(True)
    except NotAllowedError:
        return "denied"
    except TransitionRefusedError:
        return "refused"
    finally:
        case.refresh_from_db()
    return "done"


@pytest.mark.parametrize("row", BY_OFFICER, ids=lambda row: row.verb)
def test_only_the_named_roles_of_the_unit_may_take_a_step(row, desk, other_desk):
    case = forced(desk, sorted(row.sources)[0])
    for role in Role:
        scopes = {capabilities()[name].get(role) for name in row.who if name not in {SENDER, SYSTEM}} - {None}
        near = make_officer(f"gan-{role}", role, unit=desk.unit)
        far = make_officer(f"xa-{role}", role, unit=other_desk.unit)
        assert (attempt(case, row, actor=near) != "denied") == bool(scopes), role
        assert (attempt(case, row, actor=far) != "denied") == (Scope.ALL in scopes), role
    assert attempt(case, row, by="") == "denied"


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.sources], ids=lambda row: row.verb)
def test_sender_and_system_take_only_the_steps_that_are_theirs(row, desk):
    case = forced(desk, sorted(row.sources)[0])
    for who in (SENDER, SYSTEM):
        assert (attempt(case, row, by=who) != "denied") == (who in row.who), who


@pytest.mark.parametrize("row", BY_OFFICER, ids=lambda row: row.verb)
def test_a_step_from_a_state_that_the_table_does_not_name_is_refused(row, desk):
    for state in set(CaseState) - row.sources:
        case = forced(desk, state)
        assert attempt(case, row, actor=desk.leader) == "refused", state


def test_a_disabled_officer_may_do_nothing(desk):
    case = factories.in_progress(desk)
    desk.officer.is_active = False
    assert attempt(case, transition("ask"), actor=desk.officer) == "denied"
    assert steps_open_to(case, desk.officer) == []


def test_nobody_approves_an_earlier_version_of_their_own(desk):
    """A leader who wrote a version stays an author after somebody else wrote it again."""
    case = factories.in_progress(desk)
    answers.answer_save(case=case, actor=desk.leader, body="Lời của lãnh đạo.", outcome="explained")
    answers.answer_save(case=case, actor=desk.officer, body="Lời của lãnh đạo, thêm dấu.", outcome="explained")
    answers.answer_submit(case=case, actor=desk.officer)
    with pytest.raises(TransitionRefusedError, match="không tự duyệt"):
        answers.answer_approve(case=case, actor=desk.leader)
    assert "approve" not in {row.verb for row in steps_open_to(case, desk.leader)}
    assert case.answers.filter(state=AnswerState.SUPERSEDED).count() == 1


def test_a_correction_takes_a_second_person_and_never_makes_an_answer(desk):
    case = factories.answered(desk)
    with pytest.raises(TransitionRefusedError, match="lãnh đạo khác"):
        triage.case_correct(case=case, actor=desk.leader, target=CaseState.IN_PROGRESS, reason="Nhầm")
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    with pytest.raises(TransitionRefusedError):
        triage.case_correct(case=case, actor=second, target=CaseState.CLOSED, reason="Nhầm")
    triage.case_correct(case=case, actor=second, target=CaseState.IN_PROGRESS, reason="Nhầm")
    assert case.state == CaseState.IN_PROGRESS
    assert case.answered_at is None
    assert case.notes.get().body == "Nhầm"


def test_a_correction_waits_until_the_public_copy_is_withdrawn(desk):
    copy = factories.published(desk)
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    with pytest.raises(TransitionRefusedError, match="gỡ bản công khai"):
        triage.case_correct(case=copy.case, actor=second, target=CaseState.IN_PROGRESS, reason="Nhầm")


def test_a_second_look_goes_to_another_officer(desk):
    case = factories.answered(desk)
    handling.case_reopen(case=case, reason="Quạt vẫn hỏng.")
    with pytest.raises(TransitionRefusedError, match="người khác"):
        triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer)
    other = make_officer("xuly-hai", Role.HANDLER, unit=desk.unit)
    assert triage.case_assign(case=case, actor=desk.clerk, officer=other).officer == other


def test_a_sender_asks_for_a_second_look_once_and_in_time(desk):
    case = factories.answered(desk)
    Case.objects.filter(pk=case.pk).update(answered_at=timezone.now() - timedelta(days=60))
    with pytest.raises(TransitionRefusedError, match="hết thời gian"):
        handling.case_reopen(case=case, reason="Muộn rồi.")
    Case.objects.filter(pk=case.pk).update(answered_at=timezone.now(), reopen_count=1)
    with pytest.raises(TransitionRefusedError, match="một lần"):
        handling.case_reopen(case=case, reason="Lần nữa.")


def test_a_confidential_case_is_left_to_its_officer_and_the_leader(desk):
    case = triage.case_accept(case=factories.submitted(desk.unit), actor=desk.clerk, confidential=True)
    assert not Case.objects.visible_to(desk.clerk).exists()
    assert not Case.objects.visible_to(desk.officer).exists()
    triage.case_assign(case=case, actor=desk.leader, officer=desk.leader)
    with pytest.raises(NotAllowedError):
        triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer)
    assert Case.objects.visible_to(desk.leader).get() == case
    assert make_desk("truong-c", "Trường C").leader not in [case.officer]
