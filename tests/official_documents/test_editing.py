"""The editing screen of a document: the first tab is enough, and a mistake is named beside its field."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import issuer_ensure
from tests.officers import make_officer
from tests.screens import values_on
from tests.site import build_site


class DocumentEditingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.editor = make_officer(Role.EDITOR)
        cls.issuer = issuer_ensure(name="UBND tỉnh Mẫu")
        cls.add = reverse("wagtailadmin_pages:add", args=["official_documents", "officialdocumentpage", cls.index.pk])

    def setUp(self):
        self.client.force_login(self.editor)

    def first_tab(self, **more):
        return {
            **values_on(self.client.get(self.add)),
            "title": "Quyết định về năm học",
            "number": "77/QĐ-UBND",
            "issuer": self.issuer.pk,
            "issued_on": "05/01/2026",
            **more,
        }

    def errors(self, **more):
        return self.client.post(self.add, self.first_tab(**more)).context["form"].errors

    def test_the_first_tab_alone_makes_a_document_with_the_address_of_its_number(self):
        for place, button in enumerate(({}, {"action-submit": "action-submit"})):
            response = self.client.post(self.add, self.first_tab(number=f"7{place}/QĐ-UBND", **button))
            assert response.status_code == 302, response.context["form"].errors
            assert OfficialDocumentPage.objects.get(slug=f"7{place}-qd-ubnd-2026").title == "Quyết định về năm học"

    def test_a_second_paper_of_that_number_gets_an_address_of_its_own(self):
        for _time in range(2):
            self.client.post(self.add, self.first_tab())
        slugs = OfficialDocumentPage.objects.order_by("pk").values_list("slug", flat=True)
        assert list(slugs) == ["77-qd-ubnd-2026", "77-qd-ubnd-2026-2"]

    def test_an_emptied_address_of_what_was_public_stays(self):
        self.client.post(self.add, self.first_tab(slug="dia-chi-cu"))
        page = OfficialDocumentPage.objects.get()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.client.post(edit, {**values_on(self.client.get(edit)), "slug": ""})
        draft = OfficialDocumentPage.objects.get().get_latest_revision_as_object()
        assert draft.slug == "77-qd-ubnd-2026", "never public: made anew"
        draft.save_revision().publish()
        self.client.post(edit, {**values_on(self.client.get(edit)), "slug": "", "number": "78/QĐ-UBND"})
        changed = OfficialDocumentPage.objects.get().get_latest_revision_as_object()
        assert (changed.slug, changed.number) == ("77-qd-ubnd-2026", "78/QĐ-UBND")

    def test_an_empty_list_says_so_and_counts_nothing(self):
        for query, sentence in (("", "Không có văn bản nào."), ("?q=xyz", "Không có văn bản nào phù hợp.")):
            page = BeautifulSoup(
                self.client.get(f"{reverse('documents:index')}{query}").content.decode(), "html.parser"
            )
            assert page.select_one("#page-reorder-form [role=status]").get_text(strip=True) == sentence
            assert "trong 0" not in page.get_text()
            assert page.select_one("nav.pagination") is None
        self.client.post(self.add, self.first_tab())
        page = self.client.get(reverse("documents:index")).content.decode()
        assert "77/QĐ-UBND" in page
        assert "Không có văn bản nào" not in page

    def test_each_mistake_stands_beside_its_field(self):
        far = timezone.localdate() + timedelta(days=400)
        assert set(self.errors(number="không số")) == {"number"}
        assert set(self.errors(issued_on=f"{far:%d/%m/%Y}")) == {"issued_on"}
        assert set(self.errors(effective_on="01/01/2026", expires_on="31/12/2025")) == {"effective_on", "expires_on"}
        assert not OfficialDocumentPage.objects.exists()
