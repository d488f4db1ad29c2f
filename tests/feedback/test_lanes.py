"""Confidential and child protection: who is named sees, who is not finds nothing, and a broken glass is told."""

from datetime import timedelta
from functools import reduce
from types import SimpleNamespace

from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.enums import CaseState, Lane
from feedback.models import Case, CaseAccess
from feedback.permissions import case_can
from feedback.services.lanes import case_lane_set, glass_break
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.publication import not_publishable_because
from feedback.services.reminders import reminders_send
from feedback.services.retention import case_anonymise
from feedback.services.triage import case_accept, case_assign
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db

CANARY = "CHIMYEN"
REASON = "Người được giao vắng, học sinh đang gặp nguy hiểm."


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def people(desk):
    """One person a role in the unit, and a second leader and handler who are never named."""
    roles = {role: make_officer(f"vai-{role}", role, unit=desk.unit) for role in Role}
    return SimpleNamespace(
        roles=roles,
        second=make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit),
        colleague=make_officer("xuly-hai", Role.HANDLER, unit=desk.unit),
    )


def in_lane(desk, lane, people=(), **changes):
    case = factories.submitted(desk.unit, title=f"{CANARY}-tieude", body=f"{CANARY}-noidung", **changes)
    return case_lane_set(case=case, actor=desk.clerk, lane=lane, people=people)


def may_read(user, case):
    shown = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    assert case_can(user, "case_view", case) == shown, "the row and the list say the same"
    return shown


class TestWhoSees:
    def test_open_confidential_and_child(self, desk, people):
        case = factories.submitted(desk.unit)
        everybody = [desk.clerk, desk.officer, desk.leader, people.second, people.colleague]
        assert [may_read(user, case) for user in everybody] == [True] * 5
        case = case_lane_set(case=case, actor=desk.clerk, lane=Lane.CONFIDENTIAL)
        assert [may_read(user, case) for user in everybody] == [False, False, True, True, False]
        case = case_lane_set(case=case, actor=desk.leader, lane=Lane.CHILD, people=[desk.leader, people.colleague])
        assert [may_read(user, case) for user in everybody] == [False, False, True, False, True]

    def test_every_role_of_the_matrix_that_is_not_named_sees_nothing_of_a_child(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        for role, user in people.roles.items():
            assert not may_read(user, case), role

    def test_the_officer_it_is_given_to_sees_it(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        case = case_accept(case=case, actor=desk.leader)
        assert case.lane == Lane.CHILD, "receiving it without a tick takes no protection away"
        case = case_assign(case=case, actor=desk.leader, officer=desk.officer)
        assert may_read(desk.officer, case)
        assert not may_read(people.colleague, case)

    def test_a_name_that_is_taken_off_closes_the_door_at_once(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader, people.colleague])
        assert may_read(people.colleague, case)
        case = case_lane_set(case=case, actor=desk.leader, lane=Lane.CHILD, people=[desk.leader])
        assert not may_read(people.colleague, case)
        assert LedgerEvent.objects.get(verb="case.access_revoked").data == {"user": people.colleague.pk}

    def test_lists_search_numbers_files_and_steps_hide_it(self, desk, people, enter):
        case = in_lane(desk, Lane.CHILD, [desk.leader], files=[factories.stored_file(f"{CANARY}-tep.jpg")])
        hidden = [desk.clerk, desk.officer, people.second, people.colleague, *people.roles.values()]
        for user in hidden:
            client = enter(user)
            for query in ({}, {"queue": "all"}, {"q": CANARY}, {"q": case.reference}, {"q": "0912000345"}):
                answer = client.get(reverse("case:index"), query)
                assert f"{CANARY}-" not in answer.content.decode()
                typed = (f'value="{case.reference}"', f"?q={case.reference}")  # what was typed, given back
                shown = reduce(lambda text, echo: text.replace(echo, ""), typed, answer.content.decode())
                assert case.reference not in shown
            assert "<strong>1</strong>" not in client.get(reverse("wagtailadmin_home")).content.decode()
            for address in (
                reverse("case:open", args=[case.pk]),
                reverse("case:file", args=[case.attachments.get().pk]),
            ):
                assert client.get(address).status_code in {302, 404}
            for verb in ("accept", "note", "lane", "sender"):
                answer = client.post(reverse("case:step", args=[case.pk, verb]), {"expected_version": case.version})
                assert answer.status_code in {302, 404}
        assert CANARY in enter(desk.leader).get(reverse("case:index")).content.decode()

    def test_mails_go_to_nobody_who_is_not_named(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        Case.objects.filter(pk=case.pk).update(received_at=timezone.now() - timedelta(days=30))
        OutboxMail.objects.all().delete()
        reminders_send()
        mails_send_due()
        assert {letter.to[0] for letter in mail.outbox} == {desk.leader.email}

    def test_a_late_one_is_told_to_named_leaders_alone(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        case_accept(case=case, actor=desk.leader)
        Case.objects.update(clock_started_at=timezone.now() - timedelta(days=60), due_on=timezone.localdate())
        Case.objects.update(due_on=timezone.localdate() - timedelta(days=1))
        OutboxMail.objects.all().delete()
        reminders_send()
        assert {row.reference["user"] for row in OutboxMail.objects.all()} == {str(desk.leader.pk)}

    def test_it_is_never_published(self, desk):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        assert not_publishable_because(case)
        assert not Case.objects.to_publish().exists()

    def test_the_list_costs_the_same_with_many_of_them(self, desk, people, enter):
        client, counts = enter(desk.leader), []
        for size in (1, 8):
            for _turn in range(size):
                in_lane(desk, Lane.CHILD, [desk.leader])
            client.get(reverse("case:index"))
            with CaptureQueriesContext(connection) as counted:
                client.get(reverse("case:index"))
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestSetting:
    def test_a_clerk_sets_it_on_the_screen_and_loses_sight(self, desk, enter):
        case = factories.submitted(desk.unit)
        answer = enter(desk.clerk).post(
            reverse("case:step", args=[case.pk, "lane"]),
            {"expected_version": case.version, "lane": "child", "people": [desk.leader.pk]},
        )
        assert answer.url == reverse("case:index")
        assert Case.objects.get().lane == Lane.CHILD
        changed = LedgerEvent.objects.get(verb="case.lane_changed")
        assert (changed.actor, changed.data) == (desk.clerk, {"from": "open", "to": "child"})

    def test_a_child_without_a_leader_is_refused_beside_the_names(self, desk, enter):
        case = factories.submitted(desk.unit)
        answer = enter(desk.clerk).post(
            reverse("case:step", args=[case.pk, "lane"]),
            {"expected_version": case.version, "lane": "child", "people": [desk.officer.pk]},
        )
        assert answer.status_code == 422
        assert "ít nhất một lãnh đạo" in answer.content.decode()
        assert Case.objects.get().lane == Lane.OPEN

    def test_people_of_another_unit_are_not_named(self, desk, other_desk):
        case = factories.submitted(desk.unit)
        with pytest.raises(TransitionRefusedError):
            case_lane_set(case=case, actor=desk.clerk, lane=Lane.CHILD, people=[desk.leader, other_desk.officer])
        assert not CaseAccess.objects.exists()

    @pytest.mark.parametrize("people", ["9" * 18, "9" * 19, "9" * 400, "-" + "9" * 30])
    def test_a_number_that_nobody_has_is_refused_beside_the_names(self, desk, enter, people):
        case = factories.submitted(desk.unit)
        answer = enter(desk.clerk).post(
            reverse("case:step", args=[case.pk, "lane"]),
            {"expected_version": case.version, "lane": "child", "people": [desk.leader.pk, people]},
        )
        assert answer.status_code == 422
        assert f"Hãy chọn lại: {people} không có trong các lựa chọn." in answer.content.decode()
        assert Case.objects.get().lane == Lane.OPEN
        assert not CaseAccess.objects.exists()

    def test_what_is_public_is_taken_down_first(self, desk):
        case = factories.published(desk).case
        with pytest.raises(TransitionRefusedError, match="gỡ bản công khai"):
            case_lane_set(case=case, actor=desk.leader, lane=Lane.CONFIDENTIAL)

    def test_a_draft_for_the_public_is_closed_with_its_case(self, desk, people, enter):
        copy = factories.public_draft(desk, title="Sân trường ngập nước")
        case_lane_set(case=copy.case, actor=desk.leader, lane=Lane.CHILD, people=[desk.leader])
        space = "wagtailsnippets_feedback_publiccase"
        for user in (people.roles[Role.PUBLISHER], people.second, desk.officer):
            client = enter(user)
            assert "ngập nước" not in client.get(reverse(f"{space}:list")).content.decode()
            for screen in ("edit", "history", "unpublish", "usage"):
                answer = client.get(reverse(f"{space}:{screen}", args=[copy.pk]))
                assert answer.status_code in {302, 403, 404}, (user, screen)

    def test_an_officer_sets_no_lane(self, desk):
        case = factories.in_progress(desk)
        with pytest.raises(NotAllowedError):
            case_lane_set(case=case, actor=desk.officer, lane=Lane.CONFIDENTIAL)

    def test_the_named_get_a_mail_without_a_word_of_it(self, desk, people):
        OutboxMail.objects.all().delete()
        case = in_lane(desk, Lane.CHILD, [desk.leader, people.colleague])
        OutboxMail.objects.filter(kind="case_receipt").delete()
        mails_send_due()
        assert {letter.to[0] for letter in mail.outbox} == {desk.leader.email, people.colleague.email}
        for letter in mail.outbox:
            assert case.reference in letter.subject
            assert CANARY not in letter.subject + letter.body

    def test_the_database_keeps_children_confidential(self, desk):
        case = factories.submitted(desk.unit)
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(child_protection=True)


class TestAnotherUnit:
    """Nobody named works in the other unit: the case would be seen by nobody, so it stays."""

    SENTENCE = "Chưa ai của đơn vị mới có tên"

    def test_receiving_it_for_another_unit_is_refused_on_the_screen(self, desk, other_desk, enter):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        answer = enter(desk.leader).post(
            reverse("case:step", args=[case.pk, "accept"]),
            {"expected_version": case.version, "category": case.category_id, "unit": other_desk.unit.pk},
        )
        assert answer.status_code == 422
        assert self.SENTENCE in answer.content.decode()
        stored = Case.objects.get()
        assert (stored.unit, stored.state, stored.version) == (desk.unit, CaseState.SUBMITTED, case.version)
        assert not LedgerEvent.objects.filter(verb="case.accept").exists()

    def test_giving_it_to_another_unit_is_refused(self, desk, other_desk):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        case = case_accept(case=case, actor=desk.leader)
        with pytest.raises(TransitionRefusedError, match=self.SENTENCE):
            case_assign(case=case, actor=desk.leader, officer=other_desk.officer, unit=other_desk.unit)
        stored = Case.objects.get()
        assert (stored.unit, stored.officer, stored.state) == (desk.unit, None, CaseState.ACCEPTED)

    def test_it_goes_where_a_named_leader_is_too(self, desk, other_desk):
        desk.leader.memberships.create(unit=other_desk.unit)
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        assert case_accept(case=case, actor=desk.leader, unit=other_desk.unit).unit == other_desk.unit

    def test_a_confidential_one_may_go(self, desk, other_desk):
        case = in_lane(desk, Lane.CONFIDENTIAL)
        assert case_accept(case=case, actor=desk.leader, unit=other_desk.unit).unit == other_desk.unit


class TestGlass:
    def test_it_opens_for_reading_with_an_event_and_the_leaders_are_told(self, desk, people, enter):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        OutboxMail.objects.all().delete()
        client = enter(people.colleague)
        answer = client.post(reverse("break_glass"), {"reference": case.reference.lower(), "reason": REASON})
        assert answer.url == reverse("case:open", args=[case.pk])
        assert CANARY in client.get(answer.url).content.decode()
        event = LedgerEvent.objects.get(verb="case.glass_broken")
        assert event.actor == people.colleague
        assert REASON not in str(event.data)
        mails_send_due()
        leaders = {desk.leader.email, people.second.email, people.roles[Role.LEADER].email}
        assert {letter.to[0] for letter in mail.outbox} == leaders
        assert not any(REASON in letter.body or CANARY in letter.body for letter in mail.outbox)
        assert REASON in enter(desk.leader).get(answer.url).content.decode()

    def test_it_gives_no_right_to_work(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        glass_break(reference=case.reference, reason=REASON, actor=people.second)
        assert case_can(people.second, "case_view", case)
        for capability in ("case_triage", "case_assign", "case_handle", "case_approve", "case_lane", "case_correct"):
            assert not case_can(people.second, capability, case)

    def test_it_closes_after_a_day(self, desk, people):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        glass_break(reference=case.reference, reason=REASON, actor=people.colleague)
        CaseAccess.objects.filter(user=people.colleague).update(until=timezone.now())
        assert not may_read(people.colleague, case)

    @pytest.mark.parametrize("what", ["nothing", "open", "other unit", "already named"])
    def test_refusals_tell_nothing_apart(self, desk, other_desk, people, enter, what):
        case = {
            "nothing": lambda: SimpleNamespace(reference="PA-2026-999999"),
            "open": lambda: factories.submitted(desk.unit),
            "other unit": lambda: in_lane(other_desk, Lane.CHILD, [other_desk.leader]),
            "already named": lambda: in_lane(desk, Lane.CHILD, [desk.leader, people.colleague]),
        }[what]()
        answer = enter(people.colleague).post(reverse("break_glass"), {"reference": case.reference, "reason": REASON})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {
            "reference": ["Không có phản ánh kín nào mang mã này mà bạn được tự mở."]
        }
        assert not CaseAccess.objects.filter(user=people.colleague, kind="glass").exists()

    @pytest.mark.parametrize("reason", ["", "ngắn quá"])
    def test_without_a_reason_it_stays_whole(self, desk, people, enter, reason):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        answer = enter(people.colleague).post(reverse("break_glass"), {"reference": case.reference, "reason": reason})
        assert answer.status_code == 422
        assert answer.context["form"].errors["reason"]
        assert not LedgerEvent.objects.filter(verb="case.glass_broken").exists()

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.HANDLER, Role.LEADER}])
    def test_other_roles_find_no_glass(self, desk, people, enter, role):
        case = in_lane(desk, Lane.CHILD, [desk.leader])
        client = enter(people.roles[role])
        for answer in (
            client.get(reverse("break_glass")),
            client.post(reverse("break_glass"), {"reference": case.reference, "reason": REASON}),
        ):
            assert answer.status_code in {302, 403}
        assert CaseAccess.objects.count() == 1


def test_the_state_of_a_child_goes_its_whole_way_in_named_hands(desk):
    case = in_lane(desk, Lane.CHILD, [desk.leader])
    case_accept(case=case, actor=desk.leader)
    case = case_assign(case=case, actor=desk.leader, officer=desk.officer)
    assert case.state == CaseState.ASSIGNED
    with pytest.raises(NotAllowedError):
        case_assign(case=case, actor=desk.clerk, officer=desk.officer)


def test_erasing_forgets_why_a_glass_was_broken(desk, people):
    case = in_lane(desk, Lane.CHILD, [desk.leader])
    glass_break(reference=case.reference, reason=REASON, actor=people.colleague)
    case.category.keep_days = 30
    case.category.save()
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=timezone.now() - timedelta(days=99))
    case_anonymise(case=Case.objects.get())
    assert not CaseAccess.objects.exists()
    assert LedgerEvent.objects.filter(verb="case.glass_broken").exists()
