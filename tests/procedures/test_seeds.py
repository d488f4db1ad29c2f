"""No legal figure that nobody has checked passes for law: what a new portal is seeded with says so to its officers."""

from django.test import TestCase

from cms.core.enums import Role
from cms.core.models import CalendarDay
from cms.core.official_days import CHECKED_YEARS
from cms.demo.procedures import PROCEDURES
from feedback.models import DeadlineProfile
from procedures.enums import Grade
from procedures.models import ProcedurePage, ReviewYear
from tests.officers import make_officer
from tests.site import build_site


class SeedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_days_to_answer_are_seeded_as_unconfirmed_and_shown_so(self):
        profiles = DeadlineProfile.objects.all()
        assert profiles
        assert not any(profile.confirmed for profile in profiles)
        assert all("xác nhận" in profile.legal_basis for profile in profiles)
        self.client.force_login(make_officer(Role.ADMIN))
        listed = self.client.get("/quan-tri/thoi-han-phan-anh/").content.decode()
        assert "Đã xác nhận" in listed
        assert listed.count("Không") >= len(profiles)

    def test_holidays_of_years_that_no_notice_was_read_for_are_unconfirmed(self):
        unchecked = [day for day in CalendarDay.objects.all() if day.date.year not in CHECKED_YEARS]
        assert unchecked
        assert not any(day.confirmed for day in unchecked)

    def test_no_procedure_and_no_number_of_a_plan_is_seeded(self):
        assert not ProcedurePage.objects.exists()
        assert not ReviewYear.objects.exists()

    def test_a_sample_that_is_not_sure_is_marked_and_never_public(self):
        unsure = [sample for sample in PROCEDURES if sample.facts.get("grade") not in {None, Grade.A}]
        assert unsure
        for sample in unsure:
            assert sample.facts["needs_confirmation"]
            assert not sample.live
