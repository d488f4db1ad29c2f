"""What to take along, and when the result is there: computed from the address, kept nowhere."""

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from procedures.factories import procedure, way
from procedures.models.checklist import checklist_of
from tests.procedures.portal import ProcedureSite


class ChecklistTest(ProcedureSite):
    def test_the_checklist_computes_and_keeps_nothing(self):
        address = f"{self.page.url}chuan-bi/"
        first = self.client.get(address)
        asked = first.context["checklist"]
        assert ([line.paper.words for line in asked.lines], asked.ready_count) == (["Đơn", "Học bạ"], 0)
        assert "Đã có 0 trên 2 giấy tờ" in first.content.decode()
        assert not first.cookies
        done = self.client.get(f"{address}?truong-hop=2&co=2-1&co=2-2&co=1-3&cach=2")
        asked = done.context["checklist"]
        assert (len(asked.lines), len(asked.needed), asked.is_complete) == (3, 2, True)
        assert asked.due_on > timezone.localdate()
        body = done.content.decode()
        assert "Đã đủ giấy tờ" in body
        assert "20.000 đồng" in body
        assert body.count(" checked") == 4
        assert "Đã có 0 trên 2" in self.body(f"{address}?truong-hop=2&co=1-1&co=1-2"), "ticks of another case"
        for query in ("?truong-hop=99&cach=0&co=abc", "?co=" + "9" * 30, "?cach=%00&truong-hop=-1"):
            assert "Đã có 0 trên 2" in self.body(address + query)

    def test_the_day_of_the_result_is_a_day_on_which_the_office_works(self):
        saturday = datetime(2026, 12, 5, 9, tzinfo=timezone.get_current_timezone())
        found = []
        for quantity, unit in ((1, "working_day"), (5, "day"), (None, "session"), (99999999, "day"), (24, "hour")):
            self.page.ways = [way(quantity=quantity, unit=unit)]
            asked = checklist_of(self.page, QueryDict(""), now=saturday)
            found.append((asked.counted_from and asked.counted_from.day, asked.due_on and asked.due_on.day))
        assert found == [(7, 8), (7, 14), (7, 7), (None, None), (None, None)]

    def test_nothing_to_tick_is_said(self):
        bare = procedure(self.index, "9.000003")
        assert "chưa ghi giấy tờ phải có" in self.body(f"{bare.url}chuan-bi/")
