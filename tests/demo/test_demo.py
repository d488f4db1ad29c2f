"""Sample content comes whole, comes once, breaks no rule of the house, and goes again."""

import io

from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from wagtail.models import Page

import pytest

from cms.accounts.models import User
from cms.core.enums import Role
from cms.core.models import AgencySettings, LedgerEvent, Unit
from cms.core.ports import integrity_checks
from cms.core.services.ledger import ledger_faults
from cms.demo.cases import CASES, Stage
from cms.news.models import NewsPage
from cms.official_documents.models import OfficialDocumentPage
from cms.plans.models import PlanPage
from feedback.models import Case, PublicCase

PASSWORD = "mau-cho-kiem-thu"


def seed():
    call_command("seed_demo", password=PASSWORD, stdout=io.StringIO())


@pytest.fixture
def demo(site_tree):
    seed()


def counts():
    models = (Page, Unit, User, Case, PublicCase, LedgerEvent, NewsPage, OfficialDocumentPage, PlanPage)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.django_db
def test_without_a_tree_it_says_what_to_do():
    with pytest.raises(CommandError, match="setup_site"):
        seed()


@pytest.mark.usefixtures("demo")
class TestSeeded:
    def test_every_role_has_an_account_that_signs_in(self):
        roles = {role for user in User.objects.all() for role in user.roles}
        assert roles == set(Role)
        for user in User.objects.all():
            assert authenticate(username=user.username, password=PASSWORD) == user
            assert not user.is_superuser

    def test_every_stage_of_a_case_is_there(self):
        assert Case.objects.count() == len(CASES)
        assert PublicCase.objects.public().count() == sum(case.stage is Stage.PUBLISHED for case in CASES)
        assert PublicCase.objects.public().filter(late_days__gt=0).exists(), "a late answer is shown as plainly"

    def test_it_keeps_the_rules_of_the_house(self):
        assert list(ledger_faults()) == []
        assert [line for check in integrity_checks for line in check.run()] == []

    def test_nothing_lies_in_the_future(self, client):
        latest = Case.objects.order_by("-received_at").first()
        assert latest.received_at.date() <= latest.received_at.now(latest.received_at.tzinfo).date()

    def test_again_it_changes_nothing_but_the_ledger_of_saved_rows(self):
        before = counts()
        seed()
        after = counts()
        assert {**after, "LedgerEvent": 0} == {**before, "LedgerEvent": 0}

    def test_pages_say_that_it_is_sample_data(self, client):
        assert "dữ liệu mẫu" in client.get("/").content.decode()

    def test_cleared_it_is_gone_and_the_ledger_still_holds(self, client):
        events = LedgerEvent.objects.count()
        call_command("clear_demo", stdout=io.StringIO())
        assert Case.objects.count() == PublicCase.objects.count() == NewsPage.objects.count() == 0
        assert OfficialDocumentPage.objects.count() == PlanPage.objects.count() == 0
        assert not User.objects.filter(is_active=True).exists()
        assert Unit.objects.active().count() == 1
        assert not AgencySettings.load().has_sample_data
        assert LedgerEvent.objects.count() > events
        assert list(ledger_faults()) == []
        page = client.get("/").content.decode()
        assert "dữ liệu mẫu" not in page
        assert "An Hòa" not in page
        with pytest.raises(CommandError, match="không có dữ liệu mẫu"):
            call_command("clear_demo", stdout=io.StringIO())

    def test_what_people_added_stays_when_it_is_cleared(self):
        unit = Unit.objects.create(code="RIENG", name="Trường thêm vào", slug="truong-them-vao", kind="primary")
        call_command("clear_demo", stdout=io.StringIO())
        unit.refresh_from_db()
        assert unit.active
