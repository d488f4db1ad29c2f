"""Sample content comes whole, comes once, breaks no rule of the house, and goes again."""

import io

from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import TestCase

from wagtail.models import Page

import pytest

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import AgencySettings, LedgerEvent, Unit
from cms.core.ports import integrity_checks
from cms.core.services.ledger import ledger_faults
from cms.demo.cases import CASES, Stage
from cms.demo.content import GUIDE_SLUG, NOTICES
from cms.demo.paper import LINES
from cms.demo.services import archive, bulk
from cms.home.models import HomePage, SiteNotice
from cms.library.models import MaterialPage
from cms.news.models import NewsPage
from cms.official_documents.enums import ConsultState, EffectKind, LegalStatus
from cms.official_documents.models import LegalEffect, OfficialDocumentPage
from cms.plans.models import PlanPage
from feedback.models import BookLine, Case, PublicCase
from procedures.enums import ProcedureState
from procedures.models import ProcedurePage, ProcedureReview, ReceivingPlace, ServiceEvaluation
from surveys.models import Invitation, Response, ResponseTally
from tests.site import build_site

PASSWORD = "mau-cho-kiem-thu"


def seed():
    call_command("seed_demo", password=PASSWORD, stdout=io.StringIO())


def counts():
    models = (Page, Unit, User, Case, PublicCase, LedgerEvent, NewsPage, OfficialDocumentPage, PlanPage, MaterialPage)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.django_db
def test_without_a_tree_it_says_what_to_do():
    HomePage.objects.get().delete()
    with pytest.raises(CommandError, match="setup_site"):
        seed()


class SeededTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        seed()

    def test_every_role_has_an_account_that_signs_in(self):
        roles = {role for user in User.objects.all() for role in user.roles}
        assert roles == set(Role)
        for user in User.objects.all():
            assert authenticate(username=user.username, password=PASSWORD) == user
            assert not user.is_superuser

    def test_every_stage_of_a_case_is_there(self):
        # The last is a child's.
        assert Case.objects.count() == len(CASES) + len(LINES) + 1 + archive.CASES
        assert PublicCase.objects.public().count() == sum(case.stage is Stage.PUBLISHED for case in CASES)
        assert PublicCase.objects.public().filter(late_days__gt=0).exists(), "a late answer is shown as plainly"

    def test_every_state_of_a_document_is_there(self):
        shown = list(OfficialDocumentPage.objects.readable())
        assert {document.legal_status for document in shown} == set(LegalStatus)
        assert {document.consult_state for document in shown} == {None, *ConsultState}
        assert set(LegalEffect.objects.values_list("kind", flat=True)) == set(EffectKind)

    def test_every_state_of_a_procedure_is_there(self):
        shown = ProcedurePage.objects.readable()
        assert set(shown.values_list("state", flat=True)) == set(ProcedureState)
        assert len(shown.get(code="9.000001").parts) == 16, "one has every part"
        assert ProcedurePage.objects.filter(needs_confirmation=True, live=False).count() == 1
        assert {review.state for review in ProcedureReview.objects.current()} == {"planned", "sent", "accepted"}

    def test_a_procedure_is_tied_to_its_guide_and_has_a_version_to_compare(self):
        shown = ProcedurePage.objects.readable()
        full = shown.get(code="9.000001")
        assert [row["page"].slug for row in full.guide_rows] == [GUIDE_SLUG, "hoi-dap"]
        assert len(full.guide_rows[1]["questions"]) == 5
        assert full.copies_page.slug == "chung-thuc-ban-sao-dien-tu"
        renewed = shown.get(code="9.000004")
        assert [way.quantity for way in renewed.ways.all()] == [10]
        told = self.client.get(renewed.versions_url).content.decode()
        assert "<del>" in told
        assert "15" in told

    def test_an_evaluation_has_something_to_evaluate(self):
        page = ServiceEvaluation.objects.get()
        told = self.client.get(f"/thong-ke-ho-so/danh-gia/{page.period}/").content.decode()
        assert "Kỳ này không có hồ sơ nào" not in told

    def test_it_keeps_the_rules_of_the_house(self):
        assert list(ledger_faults()) == []
        assert [line for check in integrity_checks for line in check.run()] == []

    def test_nothing_lies_in_the_future(self):
        latest = Case.objects.order_by("-received_at").first()
        assert latest.received_at.date() <= latest.received_at.now(latest.received_at.tzinfo).date()

    def test_again_it_changes_nothing_but_the_ledger_of_saved_rows(self):
        before = counts()
        seed()
        after = counts()
        assert {**after, "LedgerEvent": 0} == {**before, "LedgerEvent": 0}

    def test_notices_run_wait_and_are_over(self):
        titles = self.client.get("/phan-anh-kien-nghi/").content.decode()
        assert [notice.heading in titles for notice in NOTICES] == [True, False, False]
        assert not any(notice.heading in self.client.get("/").content.decode() for notice in NOTICES)
        assert SiteNotice.objects.count() == len(NOTICES)

    def test_pages_say_that_it_is_sample_data(self):
        assert "dữ liệu mẫu" in self.client.get("/").content.decode()

    def test_cleared_it_is_gone_and_the_ledger_still_holds(self):
        events = LedgerEvent.objects.count()
        call_command("clear_demo", stdout=io.StringIO())
        assert not BookLine.objects.exists()
        assert Case.objects.count() == PublicCase.objects.count() == NewsPage.objects.count() == 0
        assert OfficialDocumentPage.objects.count() == PlanPage.objects.count() == MaterialPage.objects.count() == 0
        assert ProcedurePage.objects.count() == ReceivingPlace.objects.count() == 0
        assert not User.objects.filter(is_active=True).exists()
        assert Unit.objects.active().count() == 1
        assert not AgencySettings.load().has_sample_data
        assert not SiteNotice.objects.exists()
        assert not any(model.objects.exists() for model in (Invitation, Response, ResponseTally))
        assert LedgerEvent.objects.count() > events
        assert list(ledger_faults()) == []
        page = self.client.get("/").content.decode()
        assert "dữ liệu mẫu" not in page
        assert "An Hòa" not in page
        with pytest.raises(CommandError, match="không có dữ liệu mẫu"):
            call_command("clear_demo", stdout=io.StringIO())

    def test_what_people_added_stays_when_it_is_cleared(self):
        unit = Unit.objects.create(code="RIENG", name="Trường thêm vào", slug="truong-them-vao", kind="primary")
        call_command("clear_demo", stdout=io.StringIO())
        unit.refresh_from_db()
        assert unit.active


class VeryManyCasesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        seed()

    def test_they_come_in_bulk_up_to_the_number_and_break_no_rule(self):
        before = Case.objects.count()
        assert bulk.bulk_cases_seed(total=before + 400) == 400
        assert Case.objects.count() == before + 400
        assert [line for check in integrity_checks.items.values() for line in check.run()] == []
        assert PublicCase.objects.public().filter(case__code_digest__startswith=bulk.MARK).count() > 200
        assert len(set(Case.objects.values_list("state", flat=True))) >= 8
        assert bulk.bulk_cases_seed(total=before) == 0

    def test_the_command_says_how_many_it_added(self):
        out = io.StringIO()
        call_command("seed_demo", password=PASSWORD, cases=Case.objects.count() + 30, stdout=out)
        assert "Đã thêm 30 phản ánh" in out.getvalue()

    def test_they_go_with_the_other_samples(self):
        bulk.bulk_cases_seed(total=Case.objects.count() + 40)
        call_command("clear_demo", stdout=io.StringIO())
        assert not Case.objects.filter(code_digest__startswith=bulk.MARK).exists()
        assert not PublicCase.objects.exists()
        assert [line for check in integrity_checks.items.values() for line in check.run()] == []
