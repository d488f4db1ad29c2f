"""Many cases in one press: each goes by itself, through the same rules as one alone."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from cms.core.models import LedgerEvent, OutboxMail, Unit
from feedback import factories
from feedback.enums import CaseState, Lane
from feedback.models import Case, Category, DeclineReason
from feedback.services.lanes import case_lane_set
from feedback.services.triage import case_accept
from feedback.viewsets import bulk

pytestmark = pytest.mark.django_db
S = CaseState


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def address(verb, *cases):
    ids = "&".join(f"id={getattr(case, 'pk', case)}" for case in cases)
    return f"/quan-tri/bulk/feedback/case/{verb}/?{ids}&next=/quan-tri/phan-anh/"


def press(client, verb, *cases, versions=None, **data):
    """Press the button below the list of ``cases`` as they were when ``versions`` were seen; now, when absent."""
    seen = versions or {f"version-{case.pk}": Case.objects.get(pk=case.pk).version for case in cases}
    return client.post(address(verb, *cases), {**seen, **data}, follow=True)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def states(*cases):
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_new_cases_are_received_sorted_and_given_in_one_press(desk, enter):
    cases = [factories.submitted(desk.unit, title=f"Việc {number}") for number in range(3)]
    client, category = enter(desk.clerk), Category.objects.get(code="hoc-phi")
    shown = client.get(address("accept", *cases)).content.decode()
    assert all(f'name="version-{case.pk}" value="{case.version}"' in shown for case in cases)
    answer = press(client, "accept", *cases, category=category.pk, officer=desk.officer.pk)
    assert states(*cases) == [S.ASSIGNED] * 3
    assert told(answer) == [f"Đã tiếp nhận 3 phản ánh: {', '.join(case.reference for case in cases)}."]
    for case in Case.objects.all():
        assert (case.category, case.officer, case.unit) == (category, desk.officer, desk.unit)
        verbs = LedgerEvent.objects.about("case", case.reference).values_list("verb", flat=True)
        assert {"case.accept", "case.assign"} <= set(verbs)
    assert OutboxMail.objects.filter(kind="case_accepted").count() == 3


def test_a_case_changed_between_the_sight_and_the_press_is_told_and_not_touched(desk, enter):
    first, second = factories.submitted(desk.unit), factories.submitted(desk.unit, title="Việc hai")
    seen = {f"version-{case.pk}": case.version for case in (first, second)}
    case_accept(case=Case.objects.get(pk=second.pk), actor=desk.leader)
    reason = DeclineReason.objects.get(code="ngoai-pham-vi")
    answer = press(enter(desk.clerk), "decline", first, second, versions=seen, reason=reason.pk)
    assert states(first, second) == [S.DECLINED, S.ACCEPTED]
    done, left = told(answer)
    assert first.reference in done and second.reference not in done
    assert second.reference in left and "Người khác vừa cập nhật" in left


def test_what_the_table_forbids_is_named_before_the_press_and_refused_after_it(desk, enter):
    new, answered = factories.submitted(desk.unit), factories.answered(desk, title="Đã trả lời rồi")
    client = enter(desk.clerk)
    shown = client.get(address("accept", new, answered))
    assert [case.pk for case in shown.context["items_with_no_access"]] == [answered.pk]
    answer = press(client, "accept", new, answered)
    assert states(new, answered) == [S.ACCEPTED, S.ANSWERED]
    assert len(told(answer)) == 2


def test_what_was_settled_before_stays(desk, enter):
    case = factories.submitted(desk.unit)
    case_lane_set(case=case, actor=desk.leader, lane=Lane.CONFIDENTIAL, people=[])
    press(enter(desk.leader), "accept", case, route="on")
    case.refresh_from_db()
    assert (case.state, case.confidential) == (S.ACCEPTED, True)


def test_duplicates_are_joined_to_the_one_that_came_first(desk, enter):
    cases = [factories.submitted(desk.unit, title=f"Quạt hỏng {number}") for number in range(3)]
    client = enter(desk.clerk)
    assert f'value="{cases[0].reference}"' in client.get(address("join", *cases)).content.decode()
    wrong = press(client, "join", *cases, target="PA-1999-000001")
    assert wrong.status_code == 422 and "Không có phản ánh nào mang mã này" in wrong.content.decode()
    press(client, "join", *cases, target=cases[0].reference.lower())
    assert states(*cases) == [S.SUBMITTED, S.DUPLICATE, S.DUPLICATE]
    assert Case.objects.get(pk=cases[2].pk).duplicate_of_id == cases[0].pk


def test_an_officer_of_no_such_unit_gets_nothing(desk, other_desk, enter):
    here, there = factories.accepted(desk), factories.accepted(other_desk)
    client = enter(desk.clerk)
    answer = press(client, "assign", here, there, officer=desk.officer.pk)
    assert states(here, there) == [S.ASSIGNED, S.ACCEPTED]
    assert any("không xử lý phản ánh của đơn vị này" in words for words in told(answer))
    assert press(client, "assign", there, officer=desk.leader.pk).status_code == 422


def test_cases_of_another_unit_are_not_there(desk, other_desk, enter):
    foreign, secret = factories.submitted(other_desk.unit, title="CHIMYEN"), factories.submitted(desk.unit)
    case_lane_set(case=secret, actor=desk.leader, lane=Lane.CHILD, people=[desk.leader])
    before = list(Case.objects.values())
    for user in (desk.leader, other_desk.officer):
        for verb in ("accept", "assign", "join", "decline"):
            page = enter(user).get(address(verb, foreign))
            assert page.status_code == 302 and "CHIMYEN" not in page.content.decode()
    leader = enter(desk.leader)
    assert "Chưa có phản ánh nào được đánh dấu." in told(press(leader, "accept", foreign))
    assert "Chưa có phản ánh nào được đánh dấu." in told(press(enter(desk.clerk), "accept", secret))
    assert list(Case.objects.values()) == before


@pytest.mark.parametrize("ids", [["all"], ["x", "-1", "9" * 30], []])
def test_odd_keys_are_nobody(desk, enter, ids):
    factories.submitted(desk.unit)
    answer = enter(desk.clerk).get(address("accept", *ids), follow=True)
    assert told(answer) == ["Chưa có phản ánh nào được đánh dấu."]


def test_too_many_are_refused_before_any_is_read(desk, enter, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_CASES", 2)
    cases = [factories.submitted(desk.unit, title=f"Việc {number}") for number in range(3)]
    answer = press(enter(desk.clerk), "accept", *cases)
    assert "nhiều nhất 2 phản ánh" in told(answer)[0]
    assert states(*cases) == [S.SUBMITTED] * 3


def test_a_form_left_empty_keeps_what_was_ticked(desk, enter):
    case = factories.submitted(desk.unit)
    answer = press(enter(desk.clerk), "decline", case, note="Xin gửi nơi khác")
    assert answer.status_code == 422 and "Xin gửi nơi khác" in answer.content.decode()
    assert f'name="version-{case.pk}"' in answer.content.decode()


def test_only_those_who_receive_cases_find_boxes_in_the_list(desk, enter):
    factories.submitted(desk.unit)
    listed = reverse("case:index")
    assert "data-bulk-action-checkbox" in enter(desk.clerk).get(listed).content.decode()
    assert "data-bulk-action" not in enter(desk.officer).get(listed).content.decode()


def school(code, parent):
    return Unit.objects.create(code=code, name=code, slug=code.lower(), kind="primary", parent=parent)


def test_the_screen_costs_the_same_for_many_as_for_few(desk, enter):
    units = [desk.unit, *(school(f"TRUONG-{number}", desk.unit) for number in range(5))]
    cases = [factories.submitted(unit, title=f"Việc {number}") for number, unit in enumerate(units)]
    client = enter(desk.clerk)
    counts = []
    for many in (2, 2, 6):
        with CaptureQueriesContext(connection) as asked:
            client.get(address("accept", *cases[:many]))
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_spam_is_set_aside_and_brought_back_in_one_press(desk, other_desk, enter):
    cases = [factories.submitted(desk.unit, title=f"Mua hàng giá rẻ {number}") for number in range(3)]
    received = factories.accepted(desk)
    client = enter(desk.clerk)
    answer = press(client, "quarantine", *cases, received)
    assert states(*cases, received) == [S.QUARANTINED] * 3 + [S.ACCEPTED]
    assert told(answer)[0].startswith("Đã đưa 3 phản ánh vào mục nghi là thư rác")
    press(client, "release", *cases)
    assert states(*cases) == [S.SUBMITTED] * 3
    press(enter(desk.officer), "quarantine", *cases)
    press(enter(other_desk.leader), "quarantine", *cases)
    assert states(*cases) == [S.SUBMITTED] * 3
