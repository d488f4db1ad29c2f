"""No legal figure that nobody has checked passes for law: what a new portal is seeded with says so to its officers."""

from django.test import TestCase
from django.urls import reverse

from cms.core.enums import Role
from cms.core.models import CalendarDay, Unit
from cms.core.official_days import CHECKED_YEARS
from cms.demo.procedures import PROCEDURES
from feedback.models import DeadlineProfile
from procedures.enums import Grade
from procedures.models import DossierSettings, ProcedurePage, ReviewYear
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

    def test_rules_of_the_one_stop_desk_are_unconfirmed_each_with_its_law(self):
        rules = DossierSettings.load()
        said = {field.name.removesuffix("_confirmed") for field in rules._meta.fields if "confirmed" in field.name}
        assert said == {"forms", "cut_off", "supplement", "apology", "figures"}
        for name in said:
            assert getattr(rules, f"{name}_confirmed") is False, name
            assert getattr(rules, f"{name}_basis"), name

    def test_one_screen_lists_whatever_nobody_has_confirmed_with_the_way_to_its_tick(self):
        self.client.force_login(make_officer(Role.ADMIN))
        screen = self.client.get("/quan-tri/can-xac-nhan/")
        for words in (
            *("Giờ chốt trong ngày", "15:00", "Nghị định 61/2018/NĐ-CP, Điều 18", "Xin lỗi, hẹn lại một lần"),
            *("II.06a", "Thông tư 01/2018/TT-VPCP", "Lịch nghỉ năm", DeadlineProfile.objects.first().name),
        ):
            self.assertContains(screen, words)
        rules = reverse("wagtailsettings:edit", args=["procedures", "dossiersettings"])
        self.assertContains(screen, f'href="{rules}"')
        greeting = f'href="{reverse("remembered:index")}"><strong>'
        self.assertContains(self.client.get("/quan-tri/"), greeting)
        self.client.force_login(make_officer(Role.LEADER, unit=Unit.objects.get(parent=None)))
        seen = self.client.get("/quan-tri/can-xac-nhan/")
        self.assertContains(seen, "Giờ chốt trong ngày")
        self.assertNotContains(seen, rules)  # no way to a screen that is shut for them
        self.assertNotContains(self.client.get("/quan-tri/"), greeting)
        self.client.force_login(make_officer(Role.HANDLER, unit=Unit.objects.get(parent=None)))
        assert self.client.get("/quan-tri/can-xac-nhan/").status_code == 302

    def test_what_is_confirmed_leaves_the_list_and_the_marks(self):
        DossierSettings.objects.update_or_create(
            pk=DossierSettings.load().pk,
            defaults={f"{name}_confirmed": True for name in ("forms", "cut_off", "supplement", "apology", "figures")},
        )
        CalendarDay.objects.update(confirmed=True)
        DeadlineProfile.objects.update(confirmed=True)
        self.client.force_login(make_officer(Role.ADMIN))
        self.assertContains(self.client.get("/quan-tri/can-xac-nhan/"), "Mọi điều đã được xác nhận.")
        self.client.force_login(make_officer(Role.ONE_STOP, unit=Unit.objects.get(parent=None)))
        for name in ("apology:index", "dossier_figures_desk:index"):
            self.assertNotContains(self.client.get(reverse(name)), "Cần xác nhận.")

    def test_no_procedure_and_no_number_of_a_plan_is_seeded(self):
        assert not ProcedurePage.objects.exists()
        assert not ReviewYear.objects.exists()

    def test_a_sample_that_is_not_sure_is_marked_and_never_public(self):
        unsure = [sample for sample in PROCEDURES if sample.facts.get("grade") not in {None, Grade.A}]
        assert unsure
        for sample in unsure:
            assert sample.facts["needs_confirmation"]
            assert not sample.live
