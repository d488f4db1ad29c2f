"""The public board: filters without scripts, recurring tasks, targets, the plans above and below; and its cost."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from cms.core.search import search
from cms.plans.enums import ProgressState
from cms.plans.factories import difficulty, give, plan, product, value
from cms.plans.models import PlanIndexPage, PlanPage, PlanTarget, PlanTask, UpwardLink
from cms.plans.models.board import TaskLine
from cms.plans.services import task_progress_undo, task_progress_update
from tests.plans.office import build_office


@pytest.mark.parametrize(
    ("words", "unsaid"),
    [("Trước ngày 30/10/2026", False), ("30/9/2026", False), ("Trong tháng 10", True), ("Trước 1/30/10/20261", True)],
)
def test_a_day_is_said_once(words, unsaid):
    day = date(2026, 9, 30) if "30/9" in words else date(2026, 10, 30)
    task = PlanTask(deadline_text=words, deadline_on=day)
    assert TaskLine(task).due_unsaid == (day if unsaid else None)


class BoardTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()
        cls.index = PlanIndexPage.objects.get()

    def read(self, page=None, query=""):
        response = self.client.get((page or self.office.page).url + query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def rows(self, query=""):
        return [row.th.contents[0].strip() for row in self.read(query=query).select(".table--tasks tbody tr") if row.td]

    def report(self, task=None, **facts):
        facts = {"state": ProgressState.IN_PROGRESS, "percent": 40, **facts}
        task = task or self.office.task
        return task_progress_update(page=self.office.page, task_key=task.key, actor=self.office.editor, **facts)

    def test_the_address_narrows_the_board_by_unit_and_state(self):
        give(self.office.other_task, self.office.other, deadline_on=timezone.localdate() - timedelta(days=1))
        assert self.rows() == ["Việc 1", "Việc 2"]
        assert self.rows("?don-vi=p-hai") == ["Việc 2"]
        assert self.rows("?trang-thai=qua-han") == ["Việc 2"]
        assert self.rows("?trang-thai=chua-lam&don-vi=p-mot") == ["Việc 1"]
        assert self.rows("?don-vi=la&trang-thai=%3Cb%3E&x=%00") == ["Việc 1", "Việc 2"]
        page = self.read(query="?trang-thai=qua-han")
        assert "Đang xem 1 trên 2 nhiệm vụ." in page.get_text()
        assert page.select_one("option[selected]")["value"] == "qua-han"

    def test_a_choice_that_fits_nothing_says_so_and_leads_back(self):
        self.report(self.office.other_task, state=ProgressState.DONE)
        page = self.read(query="?don-vi=p-mot&trang-thai=da-xong")
        assert "Không có nhiệm vụ nào hợp" in page.get_text()
        assert page.select_one(".empty a")["href"] == "?#nhiem-vu"

    def test_a_recurring_task_has_its_progress_a_period_and_is_late_by_the_first_that_is_open(self):
        today = timezone.localdate()
        task = give(self.office.task, self.office.room, recurrence="quarter", recurs_from=date(today.year - 1, 1, 1))
        self.report(state=ProgressState.DONE, period=f"{today.year - 1}-Q1")
        line = PlanPage.objects.get(pk=self.office.page.pk).board[0]
        assert (line.task.key, line.state, line.ended_count, len(line.occurrences)) == (task.key, "in_progress", 1, 4)
        assert (line.current.occurrence.key, line.is_overdue) == (f"{today.year - 1}-Q2", True)
        assert "1/4 kỳ đã xong" in self.read().get_text()
        for quarter in (2, 3, 4):
            self.report(state=ProgressState.DONE, period=f"{today.year - 1}-Q{quarter}")
        line = PlanPage.objects.get(pk=self.office.page.pk).board[0]
        assert (line.state, line.percent, line.is_overdue) == ("done", 100, False)

    def test_history_is_short_nameless_and_without_what_was_taken_back(self):
        for percent in (10, 20, 30, 40, 55):
            self.report(percent=percent)
        task_progress_undo(page=self.office.page, task_key=self.office.task.key, actor=self.office.editor)
        details = self.read().select_one(".task-more").get_text(" ")
        assert [f"{percent}\u00a0%" in details for percent in (10, 20, 30, 40, 55)] == [False, True, True, True, False]
        assert self.office.editor.username not in details

    def test_only_what_a_leader_has_shown_is_there(self):
        hidden = product(self.office.task, "Bản thảo CHIM-KIN")
        shown = product(self.office.task, "Báo cáo mở", public=True)
        removed = product(self.office.task, "Bản gỡ CHIM-GO", removed_at=timezone.now())
        difficulty(self.office.task, self.office.room, "Chưa trả lời CHIM-CHO")
        answered = {"state": "answered", "answer": "Nội bộ CHIM-BO"}
        difficulty(self.office.task, self.office.room, "Đã trả lời CHIM-TRA", **answered)
        words = {"public": True, "public_body": "Thiếu máy.", "public_answer": "Đã mượn máy."}
        difficulty(self.office.task, self.office.room, "Lời riêng CHIM-RIENG", **answered, **words)
        text = str(self.read())
        for word in ("Báo cáo mở", "Thiếu máy.", "Đã mượn máy."):
            assert word in text, word
        assert "CHIM-" not in text
        for extension in ("csv", "xlsx"):
            response = self.client.get(f"/ke-hoach/{self.office.page.pk}/nhiem-vu.{extension}")
            assert response.status_code == 200
            assert b"CHIM-" not in response.content
        assert self.client.get(f"/ke-hoach/san-pham/{shown.pk}/").status_code == 200
        for row in (hidden, removed):
            assert self.client.get(f"/ke-hoach/san-pham/{row.pk}/").status_code == 404
        assert not any(search(query).hits for query in ("CHIM-CHO", "CHIM-BO", "CHIM-KIN", "CHIM-RIENG"))

    def test_an_unpublished_plan_takes_its_files_and_tables_along(self):
        shown = product(self.office.task, "Báo cáo mở", public=True)
        self.office.page.unpublish()
        for address in (f"san-pham/{shown.pk}/", f"{self.office.page.pk}/nhiem-vu.csv", "0/nhiem-vu.csv"):
            assert self.client.get(f"/ke-hoach/{address}").status_code == 404, address
        assert self.client.get(f"/ke-hoach/{self.office.page.pk}/nhiem-vu.exe").status_code == 404

    def test_targets_stand_beside_what_was_reached(self):
        page = plan(self.index, "9/KH-SGDĐT", targets=2)
        met, open_ = page.targets.all()
        value(met, "2024-Q1", Decimal("94.5"))
        value(met, "2024-Q2", Decimal("95.5"))
        value(met, "2024-Q2", Decimal("11"), removed_at=timezone.now())
        text = self.read(page).select_one("#chi-tieu").parent.get_text(" ")
        assert text.index("95,5\u00a0%") < text.index("94,5\u00a0%")
        assert "11\u00a0%" not in text
        assert "ít nhất 95\u00a0%" in text
        assert ("Đạt" in text, "Chưa đánh giá" in text, open_.name in text) == (True, True, True)

    def test_the_chain_goes_up_and_brings_the_targets_down(self):
        top = plan(self.index, "1/KH-UBND", targets=1, title="Kế hoạch của tỉnh")
        middle = self.office.page
        middle.upward = [UpwardLink(sort_order=0, number="1/KH-UBND", issuer_name="UBND tỉnh")]
        middle.save_revision().publish()
        school = plan(self.index, "3/KH-TH", title="Kế hoạch của trường")
        school.upward = [
            UpwardLink(sort_order=0, cited_page=middle),
            UpwardLink(sort_order=1, number="99/KH-BGDĐT", issuer_name="Bộ", url="https://bo.example.vn/99"),
        ]
        school.save_revision().publish()
        page = self.read(school)
        links = [(link.get_text(strip=True), link.a["href"]) for link in page.select(".chain__link")]
        assert links == [
            (f"8/KH-SGDĐT: {middle.title}", middle.url),
            ("99/KH-BGDĐT của Bộ", "https://bo.example.vn/99"),
            ("kế hoạch này lại thực hiện1/KH-UBND: Kế hoạch của tỉnh", top.url),
        ]
        assert "Chỉ tiêu của kế hoạch cấp trên" in page.get_text()
        below = self.read(middle).select_one("#ke-hoach-don-vi").parent
        assert [link["href"] for link in below.select("a")] == [school.url]
        assert "0/2" in below.get_text()

    def test_a_ring_of_plans_and_a_hidden_plan_do_no_harm(self):
        other = plan(self.index, "2/KH-A", title="Kế hoạch kín CHIM-SE")
        for page, above in ((self.office.page, other), (other, self.office.page)):
            page.upward = [UpwardLink(sort_order=0, cited_page=above)]
            page.save_revision().publish()
        assert [link.plan for link in PlanPage.objects.get(pk=self.office.page.pk).chain] == [other]
        other.unpublish()
        assert PlanPage.objects.get(pk=self.office.page.pk).chain == []
        assert "CHIM-SE" not in str(self.read())

    def test_a_link_upwards_says_something_and_not_itself(self):
        assert UpwardLink(page=self.office.page, url="https://so.example.vn/kh").clean() is None
        for wrong in ({}, {"cited_page": self.office.page}):
            with pytest.raises(ValidationError):
                UpwardLink(page=self.office.page, **wrong).clean()

    def test_queries_grow_with_nothing(self):
        def cost(page):
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(page.url).status_code == 200
            return len(queries)

        pages = [self._busy("21/KH-A", 3), self._busy("22/KH-A", 60)]
        cost(pages[0])
        assert cost(pages[0]) == cost(pages[1])

    def _busy(self, number, count):
        page = plan(self.index, number, tasks=count, targets=count)
        for place in range(count // 3):
            below = plan(self.index, f"{number}-{place}", tasks=1)
            below.upward = [UpwardLink(sort_order=0, cited_page=page)]
            below.save_revision().publish()
        for task in page.tasks.all():
            give(task, self.office.room, self.office.other, recurrence="quarter", shift_in_working_days=True)
            product(task, "Báo cáo", public=True)
            difficulty(task, self.office.room, "x", state="answered", public=True, public_body="x", public_answer="y")
            for quarter in (1, 2):
                task_progress_update(
                    page=page,
                    task_key=task.key,
                    state=ProgressState.DONE,
                    percent=100,
                    period=f"2024-Q{quarter}",
                    actor=self.office.editor,
                )
        for target in PlanTarget.objects.of_pages([page.pk]):
            value(target)
        return page
