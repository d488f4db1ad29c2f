"""Default officers by field of work and unit; opinions of other units."""

from datetime import timedelta

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail
from cms.core.services.outbox import mails_send_due
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Case, CaseConsult, Category, RoutingRule
from feedback.permissions import case_can
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.opinions import opinion_ask, opinion_give, opinion_withdraw
from feedback.services.reminders import reminders_send
from feedback.services.retention import case_anonymise
from feedback.services.routing import case_accept_and_route, default_officer
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


class TestDefault:
    @pytest.fixture
    def officers(self, desk):
        return {name: make_officer(name, Role.HANDLER, unit=desk.unit) for name in ("chung", "linh-vuc", "don-vi")}

    def test_the_narrower_rule_wins(self, desk, officers):
        case = factories.submitted(desk.unit)
        assert default_officer(case) is None
        for name, where in (
            ("don-vi", {"unit": desk.unit}),
            ("linh-vuc", {"category": case.category}),
            ("chung", {"unit": desk.unit, "category": case.category}),
        ):
            RoutingRule.objects.create(officer=officers[name], **where)
            assert default_officer(case) == officers[name]

    def test_whoever_may_not_handle_it_is_passed_over(self, desk, other_desk, officers):
        case = factories.submitted(desk.unit)
        RoutingRule.objects.create(officer=other_desk.officer, category=case.category)
        RoutingRule.objects.create(officer=officers["don-vi"], unit=desk.unit)
        assert default_officer(case) == officers["don-vi"]
        officers["don-vi"].is_active = False
        officers["don-vi"].save()
        assert default_officer(case) is None

    def test_receiving_gives_it_on_at_once(self, desk, officers, enter):
        case = factories.submitted(desk.unit)
        RoutingRule.objects.create(officer=officers["don-vi"], unit=desk.unit)
        sent = {"expected_version": case.version, "category": case.category_id, "unit": desk.unit.pk, "route": "on"}
        assert enter(desk.clerk).post(reverse("case:step", args=[case.pk, "accept"]), sent).status_code == 302
        case.refresh_from_db()
        assert (case.state, case.officer) == (CaseState.ASSIGNED, officers["don-vi"])

    def test_without_a_rule_or_confidential_it_waits(self, desk, officers):
        case = case_accept_and_route(case=factories.submitted(desk.unit), actor=desk.clerk)
        assert case.state == CaseState.ACCEPTED
        RoutingRule.objects.create(officer=officers["don-vi"], unit=desk.unit)
        kept = case_accept_and_route(case=factories.submitted(desk.unit), actor=desk.clerk, confidential=True)
        assert kept.state == CaseState.ACCEPTED

    def test_the_form_of_giving_has_it_chosen(self, desk, officers, enter):
        case = factories.accepted(desk)
        RoutingRule.objects.create(officer=officers["don-vi"], unit=desk.unit)
        page = enter(desk.clerk).get(reverse("case:open", args=[case.pk])).content.decode()
        assert f'<option value="{officers["don-vi"].pk}" selected' in page

    def test_the_catalogue_is_kept_by_those_who_may(self, desk, enter, officers):
        admin = make_officer("quan-tri", Role.ADMIN)
        client, address = enter(admin), reverse("case_routing:add")
        good = {"unit": desk.unit.pk, "category": "", "officer": officers["chung"].pk, "active": "on"}
        for bad, field in (
            ({**good, "unit": ""}, "category"),
            ({**good, "officer": desk.clerk.pk}, "officer"),
        ):
            assert field in client.post(address, bad).context["form"].errors
        assert client.post(address, good).status_code == 302
        assert "unit" in client.post(address, good).context["form"].errors
        assert RoutingRule.objects.count() == 1
        assert enter(desk.leader).get(address).status_code in {302, 403}


class TestOpinion:
    def test_asked_given_and_read_by_the_officer_alone(self, desk, other_desk, enter):
        case = factories.in_progress(desk, body="Tôi là Trần Thị Sen Mẫu, số 0912000345, xin sửa quạt ở lớp.")
        day = (timezone.localdate() + timedelta(days=1)).strftime("%d/%m/%Y")
        sent = {
            "expected_version": case.version,
            "unit": other_desk.unit.pk,
            "question": "Trường bên ấy có sửa chung không?",
            "due_on": day,
        }
        OutboxMail.objects.all().delete()
        assert enter(desk.officer).post(reverse("case:step", args=[case.pk, "consult"]), sent).status_code == 302
        consult = CaseConsult.objects.get()
        mails_send_due()
        assert {letter.to[0] for letter in mail.outbox} == {other_desk.officer.email, other_desk.leader.email}
        page = enter(other_desk.officer).get(reverse("opinion:open", args=[consult.pk])).content.decode()
        assert "xin sửa quạt" in page
        assert "0912000345" not in page
        assert "Sen Mẫu" not in page
        mail.outbox.clear()
        answer = enter(other_desk.officer).post(
            reverse("opinion:open", args=[consult.pk]), {"opinion": "Có, tuần sau sửa chung."}
        )
        assert answer.status_code == 302
        mails_send_due()
        assert [letter.to[0] for letter in mail.outbox] == [desk.officer.email]
        assert "tuần sau" not in mail.outbox[0].body
        assert "tuần sau sửa chung" in enter(desk.officer).get(reverse("case:open", args=[case.pk])).content.decode()
        verbs = LedgerEvent.objects.about("case", case.reference).values_list("verb", flat=True)
        assert {"case.consulted", "case.opinion_given"} <= set(verbs)

    def test_the_asked_unit_may_neither_open_nor_answer_the_case(self, desk, other_desk, enter):
        consult = factories.consulted(desk, other_desk.unit)
        for capability in ("case_view", "case_handle", "case_identity", "case_notes", "case_approve"):
            assert not case_can(other_desk.officer, capability, consult.case)
        client = enter(other_desk.officer)
        assert client.get(reverse("case:open", args=[consult.case_id])).status_code == 404
        answer = client.post(
            reverse("case:step", args=[consult.case_id, "answer"]), {"expected_version": 1, "body": "Xong"}
        )
        assert answer.status_code == 404

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.HANDLER, Role.LEADER}])
    def test_other_roles_of_the_asked_unit_find_nothing(self, desk, other_desk, enter, role):
        consult = factories.consulted(desk, other_desk.unit)
        client = enter(make_officer(f"vai-{role}", role, unit=other_desk.unit))
        for address in (reverse("opinion:index"), reverse("opinion:open", args=[consult.pk])):
            assert client.get(address).status_code in {302, 403}
            assert client.post(address, {"opinion": "x"}).status_code in {302, 403, 405}
        assert CaseConsult.objects.get().given_at is None

    def test_a_third_unit_and_the_asking_unit_do_not_answer(self, desk, other_desk, enter):
        consult = factories.consulted(desk, other_desk.unit)
        assert enter(desk.officer).get(reverse("opinion:open", args=[consult.pk])).status_code == 404
        with pytest.raises(NotAllowedError):
            opinion_give(consult=consult, actor=desk.leader, text="Tự trả lời")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"unit": ""}, "unit"),
            ({"question": "?"}, "question"),
            ({"due_on": "31/02/2026"}, "due_on"),
            ({"due_on": "01/01/2020"}, "due_on"),
            ({"due_on": "01/01/2099"}, "due_on"),
        ],
    )
    def test_a_sentence_beside_the_field(self, desk, other_desk, enter, changes, field):
        case = factories.in_progress(desk)
        sent = {
            "expected_version": case.version,
            "unit": other_desk.unit.pk,
            "question": "Trường bên ấy có sửa chung không?",
            "due_on": timezone.localdate().strftime("%d/%m/%Y"),
            **changes,
        }
        answer = enter(desk.officer).post(reverse("case:step", args=[case.pk, "consult"]), sent)
        assert answer.status_code == 422
        assert answer.context["consult"].form.errors[field]
        assert not CaseConsult.objects.exists()

    def test_not_for_confidential_cases_and_gone_when_one_becomes_so(self, desk, other_desk, enter):
        consult = factories.consulted(desk, other_desk.unit)
        Case.objects.update(confidential=True)
        assert enter(other_desk.officer).get(reverse("opinion:open", args=[consult.pk])).status_code == 404
        with pytest.raises(NotAllowedError):
            opinion_give(consult=consult, actor=other_desk.officer, text="Muộn")
        with pytest.raises(TransitionRefusedError):
            opinion_ask(
                case=Case.objects.get(), actor=desk.leader, unit=other_desk.unit, question="?", due_on=consult.due_on
            )

    def test_the_asker_stops_asking(self, desk, other_desk, enter):
        consult = factories.consulted(desk, other_desk.unit)
        case = Case.objects.get()
        sent = {"expected_version": case.version, "consult": consult.pk}
        assert enter(desk.officer).post(reverse("case:step", args=[case.pk, "unconsult"]), sent).status_code == 302
        assert enter(other_desk.officer).get(reverse("opinion:open", args=[consult.pk])).status_code == 404
        with pytest.raises(NotAllowedError):
            opinion_withdraw(consult=consult, actor=other_desk.officer)

    def test_the_date_is_reminded_once(self, desk, other_desk):
        factories.consulted(desk, other_desk.unit)
        OutboxMail.objects.all().delete()
        for _turn in range(3):
            reminders_send()
        due = OutboxMail.objects.filter(kind="task_consult_due")
        assert {row.reference["user"] for row in due} == {str(other_desk.officer.pk), str(other_desk.leader.pk)}
        assert due.count() == 2

    def test_the_list_costs_the_same_whatever_its_length(self, desk, other_desk, enter):
        client, counts = enter(other_desk.officer), []
        for size in (1, 6):
            for _turn in range(size):
                factories.consulted(desk, other_desk.unit)
            client.get(reverse("opinion:index"))
            with CaptureQueriesContext(connection) as counted:
                assert client.get(reverse("opinion:index")).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1]

    def test_an_empty_list_says_so(self, other_desk, enter):
        assert "Chưa có đơn vị nào hỏi" in enter(other_desk.officer).get(reverse("opinion:index")).content.decode()


def test_rules_of_a_category_that_goes_go_with_it(desk):
    Category.objects.filter(code="day-them").delete()
    factories.submitted(desk.unit)
    category = Category.objects.get(code="day-them")
    RoutingRule.objects.create(category=category, officer=desk.officer)
    category.delete()
    assert not RoutingRule.objects.exists()


def test_erasing_forgets_what_was_asked_and_said(desk, other_desk):
    consult = factories.consulted(desk, other_desk.unit)
    opinion_give(consult=consult, actor=other_desk.officer, text="Chuyện của cháu Mẫu đã rõ.")
    Category.objects.update(keep_days=30)
    Case.objects.update(state=CaseState.CLOSED, closed_at=timezone.now() - timedelta(days=99))
    case_anonymise(case=Case.objects.get())
    assert not CaseConsult.objects.exists()
