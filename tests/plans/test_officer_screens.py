"""“Nhiệm vụ của đơn vị tôi” and the screens behind it, as officers use them."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bs4 import BeautifulSoup

from cms.plans.factories import difficulty, give, plan, product
from cms.plans.models import PlanIndexPage, PlanTask, TargetValue, TaskDifficulty, TaskProduct, TaskProgress
from tests.plans.office import build_office

INDEX = "/quan-tri/nhiem-vu/"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


class Screens:
    """Steps that both classes take."""

    def setUp(self):
        self.sign_in(self.office.officer)

    def sign_in(self, user):
        self.client.force_login(user)

    def listed(self, query=""):
        page = BeautifulSoup(self.client.get(INDEX + query).content, "html.parser")
        return [cell.get_text(strip=True) for cell in page.select("td.title .title-wrapper")]

    def open(self, task=None):
        return self.client.get(reverse("plan_task:open", args=[(task or self.office.task).pk]))

    def take(self, verb, task=None, **data):
        return self.client.post(reverse("plan_task:step", args=[(task or self.office.task).pk, verb]), data)


class ListAndProgressTest(Screens, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()

    def test_an_officer_finds_the_tasks_of_the_own_unit_late_ones_first(self):
        today = timezone.localdate()
        page = plan(PlanIndexPage.objects.get(), "9/KH-A", tasks=3)
        late, soon, ahead = page.tasks.all()
        give(ahead, self.office.room, deadline_on=today + timedelta(days=60), content="Còn lâu")
        give(soon, self.office.room, deadline_on=today + timedelta(days=3), content="Sắp hạn")
        give(late, self.office.room, recurrence="year", recurs_from=date(today.year - 1, 1, 1), content="Trễ kỳ")
        assert self.listed() == ["Trễ kỳ", "Sắp hạn", "Còn lâu", "Việc 1"]
        assert self.listed("?standing=late") == ["Trễ kỳ"]
        assert self.listed("?standing=soon") == ["Sắp hạn"]
        assert self.listed("?standing=ended") == []
        assert self.listed(f"?plan={page.pk}&q=Sắp") == ["Sắp hạn"]
        for odd in ("?standing=x&reach=y&unit=0&plan=z", "?q=%22", "?export=csv", "?ordering=x", "?p=99"):
            assert self.client.get(INDEX + odd).status_code == 200, odd
        home = self.client.get("/quan-tri/").content.decode()
        assert "Nhiệm vụ của đơn vị tôi" in home
        assert f"{INDEX}?standing=late" in home

    def test_an_empty_list_says_why(self):
        give(self.office.task)
        page = self.client.get(INDEX).content.decode()
        assert "chưa được giao nhiệm vụ nào" in page
        assert "hợp với điều bạn tìm" in self.client.get(f"{INDEX}?q=x").content.decode()

    def test_drafts_are_nobodys_business(self):
        self.office.page.unpublish()
        assert self.listed() == []
        assert self.open().status_code == 404

    def test_others_are_turned_away(self):
        self.sign_in(self.office.stranger)
        assert self.listed("?reach=all") == ["Việc 2"]
        assert self.open().status_code == 404
        for verb in ("progress", "undo", "product", "difficulty"):
            assert self.take(verb, state="done", percent="1", body="x").status_code == 404, verb
        self.sign_in(self.office.editor)
        page = self.open()
        assert page.status_code == 200
        # An editor may report for any unit, and knows of no difficulty.
        assert self.take("difficulty", body="x").status_code in {302, 403}
        assert not TaskDifficulty.objects.exists()

    def test_the_list_costs_the_same_for_many(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get(INDEX).status_code == 200
            return len(queries)

        cost()
        few = cost()
        page = plan(PlanIndexPage.objects.get(), "9/KH-A", tasks=40)
        for task in page.tasks.all():
            give(task, self.office.room, self.office.other, recurrence="quarter")
        assert cost() == few

    def test_progress_is_told_corrected_and_taken_back(self):
        sent = self.take("progress", state="in_progress", percent="40", note="Đã có dự thảo")
        assert sent.status_code == 302
        page = self.client.get(sent.url).content.decode()
        assert "Đang làm, 40 %" in page
        self.take("progress", state="done", percent="0", note="")
        assert TaskProgress.objects.get().percent == 100
        self.take("undo")
        assert TaskProgress.objects.get().percent == 40
        shown = self.open().content.decode()
        assert "đã rút lại" in shown
        assert self.client.get(self.office.page.url).content.decode().count("Đã có dự thảo") == 1

    def test_bad_input_keeps_every_word_and_stores_nothing(self):
        for wrong in ({"percent": "101"}, {"percent": "x"}, {"percent": ""}, {"state": "x"}, {"note": "x" * 2001}):
            response = self.take("progress", **{"state": "in_progress", "percent": "5", "note": "Lời đã gõ", **wrong})
            assert response.status_code == 422, wrong
            page = response.content.decode()
            assert "error-message" in page, wrong
            assert wrong.get("note", "Lời đã gõ") in page, wrong
        assert not TaskProgress.objects.exists()
        refused = self.take("undo")
        assert (refused.status_code, "Chưa có lần cập nhật nào" in refused.content.decode()) == (422, True)
        assert self.take("khong-co").status_code == 404

    def test_a_recurring_task_asks_for_the_period(self):
        give(self.office.task, self.office.room, recurrence="quarter")
        page = BeautifulSoup(self.open().content, "html.parser")
        first = page.select_one("select[name=period]")
        assert [option["value"] for option in first.select("option")][:2] == ["2024-Q1", "2024-Q2"]
        assert self.take("progress", state="done", percent="100").status_code == 422
        assert self.take("progress", state="done", percent="100", period="2024-Q1").status_code == 302
        assert "1/4 kỳ đã xong" in self.open().content.decode()

    def test_the_page_itself_stays_closed(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.office.page.pk])
        assert self.client.get(edit).status_code in {302, 403}


class ProductsAndDifficultiesTest(Screens, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()

    def test_a_product_is_attached_shown_hidden_and_taken_off(self):
        self.take("product", title="Báo cáo", file=SimpleUploadedFile("bao-cao.pdf", PDF))
        row = TaskProduct.objects.get()
        assert self.client.get(reverse("plan_task:file", args=[row.pk])).status_code == 200
        assert self.take("product-show", thing=row.pk).status_code in {302, 403}
        assert not TaskProduct.objects.public().exists()
        self.sign_in(self.office.leader)
        self.take("product-show", thing=row.pk)
        assert "Báo cáo" in self.client.get(self.office.page.url).content.decode()
        self.take("product-hide", thing=row.pk)
        assert "Báo cáo" not in self.client.get(self.office.page.url).content.decode()
        self.take("product-remove", thing=row.pk)
        assert "đã gỡ" in self.open().content.decode()
        self.take("product-restore", thing=row.pk)
        assert TaskProduct.objects.in_use().count() == 1

    def test_a_bad_file_is_refused_beside_its_field(self):
        for name, content in (("a.exe", b"MZ"), ("a.pdf", b"khong phai pdf"), ("a.pdf", b"")):
            response = self.take("product", title="Báo cáo giữ lại", file=SimpleUploadedFile(name, content))
            assert response.status_code == 422, name
            assert "Báo cáo giữ lại" in response.content.decode(), name
        assert self.take("product", title="Trống").status_code == 422
        assert not TaskProduct.objects.exists()

    def test_files_of_another_unit_do_not_exist(self):
        row = product(self.office.other_task, "Của phòng khác")
        assert self.client.get(reverse("plan_task:file", args=[row.pk])).status_code == 404
        for thing in (row.pk, 0, "x", "9" * 30, ""):
            assert self.take("product-remove", thing=thing).status_code == 404, thing

    def test_a_difficulty_goes_from_report_to_public(self):
        self.take("difficulty", body="Thiếu máy CHIM-MAY")
        row = TaskDifficulty.objects.get()
        assert "CHIM-MAY" in self.open().content.decode()
        self.sign_in(self.office.editor)
        assert "CHIM-MAY" not in self.open().content.decode()
        self.sign_in(self.office.head)
        assert self.listed("?reach=answer") == ["Việc 1"]
        assert "khó khăn chờ trả lời" in self.client.get("/quan-tri/").content.decode()
        assert self.take("difficulty-answer", thing=row.pk, answer="").status_code == 422
        assert self.take("difficulty-answer", thing=row.pk, answer="Cho mượn.").status_code == 302
        assert self.listed("?reach=answer") == []
        late = self.take("difficulty-answer", thing=row.pk, answer="Lần hai giữ lại")
        assert (late.status_code, "Lần hai giữ lại" in late.content.decode()) == (422, True)
        self.take("difficulty-publish", thing=row.pk, public_body="Thiếu máy.", public_answer="Đã mượn.")
        public = self.client.get(self.office.page.url).content.decode()
        assert ("Thiếu máy." in public, "CHIM-MAY" in public) == (True, False)
        self.take("difficulty-unpublish", thing=row.pk)
        assert "Thiếu máy." not in self.client.get(self.office.page.url).content.decode()

    def test_a_waiting_difficulty_of_another_unit_does_not_exist(self):
        row = difficulty(self.office.other_task, self.office.other, "CHIM-KHAC")
        shared = give(self.office.other_task, self.office.other, self.office.room)
        assert "CHIM-KHAC" not in self.open(shared).content.decode()
        for verb in ("difficulty-withdraw", "difficulty-answer", "difficulty-publish"):
            assert self.take(verb, shared, thing=row.pk, answer="x").status_code == 404, verb
        self.sign_in(self.office.editor)
        preview = self.client.get(reverse("wagtailadmin_pages:view_draft", args=[self.office.page.pk]))
        assert b"CHIM-KHAC" not in preview.content

    def test_values_are_told_and_taken_back(self):
        page = plan(PlanIndexPage.objects.get(), "9/KH-A", targets=1, owner_unit=self.office.room)
        target = page.targets.get()
        assert "chưa có số" in self.client.get("/quan-tri/chi-tieu/").content.decode()
        address = reverse("plan_target:open", args=[target.pk])
        assert self.client.get(address).status_code == 200
        facts = {"period": "2024-Q1", "value": "95,5", "source": "Khảo sát"}
        for wrong in ({"value": "x"}, {"value": ""}, {"source": ""}, {"period": "2024-Q9"}, {"source_url": "ftp:x"}):
            assert self.client.post(address, {**facts, **wrong}).status_code == 422, wrong
        assert self.client.post(address, facts).status_code == 302
        row = TargetValue.objects.get()
        assert row.value == Decimal("95.5")
        assert "95,5\u00a0%" in self.client.get(page.url).content.decode()
        self.sign_in(self.office.stranger)
        remove = reverse("plan_target:remove", args=[target.pk, row.pk])
        assert (self.client.get(address).status_code, self.client.post(remove).status_code) == (404, 404)
        self.sign_in(self.office.officer)
        self.client.post(remove)
        assert "95,5\u00a0%" not in self.client.get(page.url).content.decode()
        assert PlanTask.objects.of_pages([page.pk]).exists()
