"""The editing screen of a plan: the first tab is enough."""

from django.test import TestCase
from django.urls import reverse

from cms.core.enums import Role
from cms.plans.models import PlanIndexPage, PlanPage
from tests.officers import make_officer
from tests.screens import values_on
from tests.site import build_site


class PlanEditingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.add = reverse("wagtailadmin_pages:add", args=["plans", "planpage", PlanIndexPage.objects.get().pk])
        cls.editor = make_officer(Role.EDITOR)

    def test_the_first_tab_alone_makes_a_plan_with_the_address_of_its_number(self):
        self.client.force_login(self.editor)
        for place, button in enumerate(({}, {"action-submit": "action-submit"})):
            first_tab = {"title": "Kế hoạch cải cách", "number": f"2{place}/KH-SGDĐT", "issued_on": "05/01/2026"}
            response = self.client.post(self.add, {**values_on(self.client.get(self.add)), **first_tab, **button})
            assert response.status_code == 302, response.context["form"].errors
            assert PlanPage.objects.get(slug=f"2{place}-kh-sgddt-2026").title == "Kế hoạch cải cách"
