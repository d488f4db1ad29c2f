"""More days for an answer: by a leader, in time, with a reason that its sender reads."""

from datetime import timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.models import LedgerEvent
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.codes import code_digest
from feedback.enums import CaseState
from feedback.models import Case, CaseTally, DeadlineExtension, DeadlineProfile
from feedback.services.deadlines import deadlines_recompute, due_on, due_strip
from feedback.services.extensions import deadline_extend
from feedback.services.handling import case_review
from feedback.services.moves import CaseChangedError, NotAllowedError, TransitionRefusedError
from feedback.services.tallies import tallies_fit_cases
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
CODE = "KKKK-MMMM-PPPP"
REASON = "Cần kiểm tra thực tế ở hai điểm trường."


def extend(case, desk, **told):
    return deadline_extend(**{"case": case, "actor": desk.leader, "days": 3, "reason": REASON, **told})


@pytest.fixture
def case(desk):
    case = factories.in_progress(desk)
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE.replace("-", "")))
    return Case.objects.get(pk=case.pk)


def test_the_date_moves_by_working_days_and_is_explained(desk, case):
    before = case.due_on
    extend(case, desk)
    case.refresh_from_db()
    assert case.due_on > before
    assert case.due_on == due_on(case)
    assert "cộng 3 ngày gia hạn" in due_strip(case).rule
    event = LedgerEvent.objects.about("case", case.reference).get(verb="case.extended")
    assert event.public
    assert event.data == {"from": str(before), "to": str(case.due_on), "days": 3}
    assert CaseTally.objects.exists()
    assert list(tallies_fit_cases()) == []


def test_the_calendar_and_a_second_look_know_of_it(desk):
    case = factories.in_progress(desk)
    extend(case, desk)
    case.refresh_from_db()
    moved = case.due_on
    deadlines_recompute()
    case.refresh_from_db()
    assert case.due_on == moved
    answered = factories.answered(desk)
    DeadlineExtension.objects.create(
        case=answered, days=4, reason=REASON, made_by=desk.leader, made_at=answered.answered_at
    )
    again = case_review(case=answered, actor=desk.leader, reason="Xem lại.")
    assert "gia hạn" not in due_strip(again).rule


def test_the_sender_reads_why_and_the_code_alone_only_that(desk, case, client):
    mails_send_due()
    mail.outbox.clear()
    extend(case, desk)
    mails_send_due()
    (letter,) = mail.outbox
    case.refresh_from_db()
    assert letter.to == [factories.ENTRY.email]
    assert REASON in letter.body
    assert f"{case.due_on:%d/%m/%Y}" in letter.body
    assert REASON not in letter.subject
    page = client.post(FOLLOW, {"code": CODE, "second": "", "reference": ""}).content.decode()
    assert "Hạn trả lời được gia hạn" in page
    assert REASON not in page
    assert REASON in client.post(FOLLOW, {"code": CODE, "second": "0345", "reference": ""}).content.decode()


@pytest.mark.parametrize("days", [0, -1, 11, 10**9])
def test_days_out_of_the_profile_are_refused_beside_the_field(desk, case, days):
    with pytest.raises(ValidationError) as refused:
        extend(case, desk, days=days)
    assert set(refused.value.message_dict) == {"days"}
    assert not DeadlineExtension.objects.exists()


@pytest.mark.parametrize("reason", ["", "ngắn", "\u200b" * 20, "x" * 301, "\x00" * 30])
def test_a_reason_must_say_something(desk, case, reason):
    with pytest.raises(ValidationError) as refused:
        extend(case, desk, reason=reason)
    assert set(refused.value.message_dict) == {"reason"}


def test_all_extensions_together_stay_within_the_profile(desk, case):
    extend(case, desk, days=6)
    with pytest.raises(ValidationError, match="từ 1 đến 4"):
        extend(case, desk, days=5)
    extend(case, desk, days=4)
    with pytest.raises(TransitionRefusedError, match="hết số ngày"):
        extend(case, desk, days=1)
    DeadlineProfile.objects.update(extension_days=0)


def test_what_is_late_stays_late_and_what_is_over_has_no_date(desk, case):
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(TransitionRefusedError, match="Đã quá hạn"):
        extend(Case.objects.get(pk=case.pk), desk)
    with pytest.raises(TransitionRefusedError, match="đang được xử lý"):
        extend(factories.answered(desk), desk)
    with pytest.raises(TransitionRefusedError, match="đang được xử lý"):
        extend(factories.waiting(desk), desk)


def test_only_a_leader_of_the_unit_and_only_of_what_was_seen(desk, other_desk, case):
    for actor in (desk.officer, desk.clerk, other_desk.leader):
        with pytest.raises(NotAllowedError):
            extend(case, desk, actor=actor)
    with pytest.raises(CaseChangedError):
        extend(case, desk, expected_version=case.version - 1)
    assert case.state == CaseState.IN_PROGRESS


def test_the_desk_offers_it_and_keeps_what_was_typed(desk, case, client):
    client.force_login(desk.leader, backend="django.contrib.auth.backends.ModelBackend")
    screen, step = reverse("case:open", args=[case.pk]), reverse("case:step", args=[case.pk, "extend"])
    assert f'action="{step}"' in client.get(screen).content.decode()
    answer = client.post(step, {"expected_version": case.version, "days": "99", "reason": REASON})
    assert answer.status_code == 422
    assert REASON in answer.content.decode()
    assert "từ 1 đến 10" in answer.content.decode()
    assert client.post(step, {"expected_version": case.version, "days": "2", "reason": REASON}).status_code == 302
    assert "Gia hạn 2 ngày" in client.get(screen).content.decode()
    client.force_login(desk.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert f'action="{step}"' not in client.get(screen).content.decode()
    assert client.post(step, {"expected_version": 9, "days": "2", "reason": REASON}).status_code == 403
