"""What a procedure said before: the published versions, two of them side by side, and never a draft."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.factories import procedure, way
from procedures.models import ProcedurePage, ProcedureStep
from tests.procedures.portal import ProcedureSite


class VersionTest(ProcedureSite):
    def publish(self, **facts):
        page = ProcedurePage.objects.get(pk=self.page.pk)
        for name, value in facts.items():
            setattr(page, name, value)
        revision = page.save_revision()
        revision.publish()
        return revision

    def test_a_procedure_of_one_version_has_nothing_to_compare(self):
        assert "phien-ban" not in self.body(self.page.url)
        assert "mới có một bản" in self.body(f"{self.page.url}phien-ban/")

    def test_the_last_two_stand_side_by_side_or_any_two_that_are_asked_for(self):
        first = ProcedurePage.objects.get(pk=self.page.pk).live_revision_id
        second = self.publish(ways=[way(quantity=25)], conditions="Có chỗ học").pk
        third = self.publish(ways=[way(quantity=15)]).pk
        draft = ProcedurePage.objects.get(pk=self.page.pk)
        draft.conditions, draft.staff_note = "Bản nháp bí mật", "Ghi chú bí mật"
        secret = draft.save_revision().pk
        assert f'href="{self.page.url}phien-ban/"' in self.body(self.page.url)
        answer = self.client.get(f"{self.page.url}phien-ban/")
        found = answer.context["comparison"]
        assert [version.key for version in found.versions] == [third, second, first]
        assert [str(part.label) for part in found.changes] == ["Cách nộp, thời hạn, phí"]
        body = answer.content.decode()
        assert "25</del>" in body
        assert "15</ins>" in body
        assert "bí mật" not in body
        assert "noindex" in body
        for query in (f"?tu={first}&den={third}", f"?tu={third}&den={first}"):
            asked = self.client.get(f"{self.page.url}phien-ban/{query}").context["comparison"]
            assert (asked.older.key, asked.newer.key) == (first, third)
            assert {str(part.label) for part in asked.changes} == {"Cách nộp, thời hạn, phí", "Yêu cầu, điều kiện"}
        for query in (f"?tu={secret}&den={third}", "?tu=abc&den=%00", f"?tu={first}&den={first}", "?tu=" + "9" * 30):
            asked = self.client.get(f"{self.page.url}phien-ban/{query}").context["comparison"]
            assert (asked.older.key, asked.newer.key) == (second, third), query

    def test_a_version_published_twice_stands_once_and_nobody_reads_those_of_a_hidden_page(self):
        revision = self.publish(conditions="Một")
        revision.publish()
        assert len(self.client.get(f"{self.page.url}phien-ban/").context["comparison"].versions) == 2
        self.page.unpublish()
        assert self.client.get(f"{self.page.url}phien-ban/").status_code == 404

    def test_it_costs_the_same_for_few_and_many(self):
        costs = []
        for count in (1, 4):
            for number in range(count):
                self.publish(steps=[ProcedureStep(text=f"{count} {number} {place}") for place in range(count * 3)])
            self.client.get(f"{self.page.url}phien-ban/")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(f"{self.page.url}phien-ban/")
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 45

    def test_the_days_of_effect_stand_among_the_facts(self):
        page = procedure(self.index, "9.000071", effective_from="2026-01-02", effective_to="2099-03-04")
        body = self.body(page.url)
        for words in ("02/01/2026", "04/03/2099", "Hết hiệu lực sau"):
            assert words in body
