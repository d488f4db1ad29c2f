"""Plans as readers see them: list, page, search, and their cost."""

from datetime import date

from django.db import connection
from django.template import Context, Template
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from cms.core.search import search
from cms.plans.factories import plan
from cms.plans.models import LegalBasis, PlanIndexPage, PlanPage
from tests.site import build_site

ADDRESS = "/cai-cach-hanh-chinh/"


class PlanTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = PlanIndexPage.objects.get()

    def cost(self, address):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(address).status_code == 200
        return len(queries)

    def test_the_newest_come_first_and_drafts_never(self):
        plan(self.index, "1/KH-A", issued_on=date(2022, 1, 1))
        plan(self.index, "2/KH-A", issued_on=date(2024, 1, 1))
        plan(self.index, "3/KH-A", issued_on=None)
        plan(self.index, "4/KH-A").unpublish()
        shown = self.client.get(ADDRESS).context["plan_page"]
        assert [(row.number, row.task_count) for row in shown] == [("2/KH-A", 2), ("1/KH-A", 2), ("3/KH-A", 2)]
        assert "Chưa có kế hoạch" not in self.client.get(ADDRESS).content.decode()

    def test_the_empty_section_says_so(self):
        assert "Chưa có kế hoạch" in self.client.get(ADDRESS).content.decode()

    def test_queries_grow_neither_with_plans_nor_with_tasks(self):
        small = plan(self.index, "1/KH-A", tasks=2)
        self.cost(ADDRESS)
        few = self.cost(ADDRESS), self.cost(small.url)
        large = plan(self.index, "2/KH-A", tasks=60)
        for place in range(3, 16):
            plan(self.index, f"{place}/KH-A")
        assert (self.cost(ADDRESS), self.cost(large.url)) == few

    def test_bases_cost_the_same_for_many(self):
        page = plan(self.index)
        counts = []
        for number in (1, 20):
            page.legal_bases = [
                LegalBasis(number=f"{n}/KH-B", issued_on=date(2022, 1, 1)) for n in range(1, number + 1)
            ]
            page.save_revision().publish()
            fresh = PlanPage.objects.get(pk=page.pk)
            with CaptureQueriesContext(connection) as queries:
                assert len(fresh.basis_lines) == number
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_the_title_of_a_basis_that_is_not_public_is_told_to_nobody(self):
        page, draft = plan(self.index), plan(self.index, "9/KH-B")
        draft.title = "Chưa ai được biết"
        draft.save_revision().publish()
        page.legal_bases = [LegalBasis(cited_page=draft), LegalBasis(cited_page=draft, number="9/KH-B")]
        page.save_revision().publish()
        assert "Chưa ai được biết" in self.client.get(page.url).content.decode()
        draft.unpublish()
        shown = self.client.get(page.url)
        assert "Chưa ai được biết" not in shown.content.decode()
        assert [line.text for line in PlanPage.objects.get(pk=page.pk).basis_lines] == ["9/KH-B"]

    def test_the_site_search_finds_a_plan_by_a_task(self):
        page = plan(self.index, "21/KH-GD&ĐT")
        for query in ("21/kh-gddt", "viec 2"):
            assert [hit.url for hit in search(query, kind="plan").hits] == [page.url]

    def test_other_pages_show_the_newest(self):
        show = Template(
            "{% load plans_tags %}{% latest_plans 1 as found %}{% for p in found %}{{ p.number }}{% endfor %}"
        )
        assert show.render(Context()) == ""
        plan(self.index, "1/KH-A", issued_on=date(2022, 1, 1))
        plan(self.index, "2/KH-A", issued_on=date(2024, 1, 1))
        assert show.render(Context()) == "2/KH-A"
