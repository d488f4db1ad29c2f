"""The annex as a table (CSV, XLSX): out, in, unchanged; what a changed table does to tasks and their progress."""

import csv
import io

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import openpyxl
import pytest

from cms.core.importing import Fate, UnreadableFileError, runs
from cms.core.models import ImportRun
from cms.plans.enums import ProgressState
from cms.plans.factories import give, plan
from cms.plans.importers.tables import read_tasks
from cms.plans.models import PlanIndexPage, PlanPage, TaskProgress
from cms.plans.reports import csv_bytes, xlsx_bytes
from cms.plans.services import plan_tasks_import, task_progress_update
from tests.files.make_samples import TABLE_HEADING as HEADING
from tests.files.make_samples import TABLE_ROWS as ROWS
from tests.files.make_samples import samples
from tests.files.real import real_file
from tests.plans.office import build_office

PLAIN_CSV = samples()["nhiem_vu.csv"]


def cells(content, name):
    """Return the cells of a file as a program reads them."""
    if name.endswith("csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [[cell or "" for cell in row] for row in rows]


class TableTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.office = build_office()
        cls.page = plan(PlanIndexPage.objects.get(), "21/KH-PMAU", tasks=0)

    def bring(self, content=PLAIN_CSV, name="a.csv", actor=None, publish=True):
        reading = read_tasks(content, name, str(self.page.pk))
        assert reading.refusals == []
        plan_tasks_import(draft=reading.items[0].data, actor=actor, publish=publish)
        return PlanPage.objects.get(pk=self.page.pk)

    def fetch(self, extension, user=None):
        self.client.force_login(user or self.office.editor)
        return self.client.get(reverse("plans:task_table", args=[self.page.pk, extension]))

    def test_what_goes_in_comes_out_unchanged(self):
        sources = [
            (PLAIN_CSV, "a.csv"),
            (csv_bytes([HEADING, *ROWS]), "b.csv"),
            (xlsx_bytes([HEADING, *ROWS]), "c.xlsx"),
        ]
        for content, name in sources:
            self.bring(content, name, publish=False)
            for extension in ("csv", "xlsx"):
                assert cells(self.fetch(extension).content, extension) == [HEADING, *ROWS], (name, extension)

    def test_the_departments_own_tables_come_out_unchanged(self):
        for name in ("ke_hoach_nhiem_vu.csv", "ke_hoach_nhiem_vu.xlsx"):
            source = real_file(name).read_bytes()
            assert len(self.bring(source, name).tasks.all()) == 7
            for extension in ("csv", "xlsx"):
                assert cells(self.fetch(extension).content, extension) == cells(source, name)

    def test_tasks_are_understood(self):
        first, second, third, fourth = self.bring().tasks.all()
        assert [unit.code for unit in first.units.all()] == ["P-MOT"]
        assert [unit.code for unit in second.units.all()] == ["P-HAI"]
        assert (third.deadline_kind, third.recurrence) == ("recurring", "quarter")
        assert (fourth.deadline_kind, str(fourth.deadline_on)) == ("by_date", "2024-07-31")

    def test_the_same_table_again_changes_nothing(self):
        self.bring()
        assert read_tasks(PLAIN_CSV, "a.csv", str(self.page.pk)).items[0].fate is Fate.UNCHANGED

    def test_differences_are_told_before_they_are_written_and_progress_stays(self):
        page = self.bring()
        third = page.tasks.all()[2]
        give(third, self.office.other, recurrence="month")
        report = {"state": ProgressState.DONE, "percent": 100, "period": "2024-03", "actor": self.office.editor}
        task_progress_update(page=page, task_key=third.key, **report)
        changed = [[*ROWS[2][:2], "Báo cáo mới", *ROWS[2][3:]], ROWS[0], ["9", "Việc thêm", "", "Phòng Hai", "", ""]]
        reading = read_tasks(csv_bytes([HEADING, *changed]), "a.csv", str(self.page.pk))
        item = reading.items[0]
        assert "1 mới, 1 thay đổi, 2 bỏ đi · thứ tự thay đổi" in item.detail
        assert item.parts == (
            "Mới: nhiệm vụ 9 – Việc thêm",
            "Nhiệm vụ 2, sản phẩm: “Báo cáo” thành “Báo cáo mới”",
        )
        assert [remark.text.split(" – ")[1][:10] for remark in reading.remarks] == ["- Báo cáo ", "Xây dựng c"]
        plan_tasks_import(draft=item.data, actor=None, publish=True)
        now = list(PlanPage.objects.get(pk=page.pk).tasks.all())
        assert [task.content for task in now] == ["Tổng hợp khảo sát", ROWS[0][1], "Việc thêm"]
        # What an editor made of unchanged words stays: the unit, the month instead of the quarter.
        assert (now[0].key, now[0].recurrence) == (third.key, "month")
        assert [unit.code for unit in now[0].units.all()] == ["P-HAI"]
        assert TaskProgress.objects.get().percent == 100

    def test_bad_rows_are_refused_with_their_line_and_take_nothing_away(self):
        self.bring()
        bad = [ROWS[0], ["2", "", "x", "", "", ""], ["3", "=CMD()", "", "", "", ""], ["4", "x\ud800", "", "", "", ""]]
        content = xlsx_bytes([HEADING, *bad[:3]])
        reading = read_tasks(content, "a.xlsx", str(self.page.pk))
        assert [refusal.line for refusal in reading.refusals] == [3, 4]
        assert "Nội dung" in reading.refusals[0].reason
        plan_tasks_import(draft=reading.items[0].data, actor=None, publish=True)
        assert len(PlanPage.objects.get(pk=self.page.pk).tasks.all()) == 4

    def test_a_formula_goes_out_as_text_and_comes_back(self):
        give(self.office.task, self.office.room)
        draft = self.office.page
        draft.tasks.first().content = "=HYPERLINK(A1)"
        first = draft.tasks.all()[0]
        first.content, first.product, first.note = "@tính", "-2+3", "+84"
        first.save()
        self.client.force_login(self.office.editor)
        draft.refresh_from_db()
        draft.save_revision()
        response = self.client.get(reverse("plans:task_table", args=[draft.pk, "csv"]))
        row = cells(response.content, "csv")[1]
        assert [row[1], row[2], row[5]] == ["'@tính", "'-2+3", "'+84"]
        again = read_tasks(response.content, "a.csv", str(draft.pk))
        assert again.items[0].fate is Fate.UNCHANGED
        book = openpyxl.load_workbook(
            io.BytesIO(self.client.get(reverse("plans:task_table", args=[draft.pk, "xlsx"])).content)
        )
        assert {cell.data_type for cell in book.active[2]} <= {"s", "inlineStr", "n"}
        assert book.active["C2"].value == "-2+3"

    def test_without_a_plan_it_goes_where_most_of_its_tasks_are(self):
        with pytest.raises(UnreadableFileError, match="thuộc kế hoạch nào"):
            read_tasks(PLAIN_CSV, "a.csv")
        self.bring()
        assert read_tasks(PLAIN_CSV, "a.csv").items[0].data.page_id == self.page.pk
        for target in ("0", "x", "99999"):
            with pytest.raises(UnreadableFileError, match="chọn lại"):
                read_tasks(PLAIN_CSV, "a.csv", target)

    def test_a_file_that_is_no_table_is_refused_in_words(self):
        for content, name in ((b"", "a.csv"), (b"a,b\n1,2\n", "a.csv"), (b"x", "a.xlsx"), (b"\xff\xfe\x00", "a.csv")):
            with pytest.raises(UnreadableFileError):
                read_tasks(content, name, str(self.page.pk))

    def test_reading_costs_the_same_for_many_rows(self):
        counts = []
        for number in (3, 60):
            rows = [[str(n), f"Việc mới {n}", "", "Phòng Một", "Quý I", ""] for n in range(number)]
            with CaptureQueriesContext(connection) as queries:
                read_tasks(csv_bytes([HEADING, *rows]), "a.csv", str(self.page.pk))
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_rights_are_asked(self):
        draft = read_tasks(PLAIN_CSV, "a.csv", str(self.page.pk)).items[0].data
        for actor, publish in ((self.office.officer, False), (self.office.editor, True)):
            with pytest.raises(PermissionDenied):
                plan_tasks_import(draft=draft, actor=actor, publish=publish)
        assert self.fetch("csv", self.office.officer).status_code in {302, 403}
        assert self.fetch("exe").status_code == 404

    def test_an_editors_draft_is_not_published_by_a_table(self):
        page = PlanPage.objects.get(pk=self.page.pk)
        page.signer = "Đang soạn dở"
        page.save_revision()
        page = self.bring()
        assert (page.has_unpublished_changes, page.tasks.count()) == (True, 0)
        assert page.get_latest_revision_as_object().signer == "Đang soạn dở"

    def test_the_screen_takes_the_plan_shows_the_differences_and_makes_a_draft(self):
        self.client.force_login(self.office.editor)
        upload = reverse("plan_tasks_import")
        assert f'value="{self.page.pk}" selected' in self.client.get(f"{upload}?target={self.page.pk}").content.decode()
        sent = self.client.post(upload, {"file": SimpleUploadedFile("a.csv", PLAIN_CSV), "target": str(self.page.pk)})
        shown = self.client.get(sent.url).content.decode()
        assert "4 nhiệm vụ: 4 mới, 0 thay đổi, 0 bỏ đi" in shown
        self.client.post(f"{sent.url}xac-nhan/")
        runs.write_in_background.call(str(ImportRun.objects.get().pk))
        page = PlanPage.objects.get(pk=self.page.pk)
        assert (page.tasks.count(), len(page.get_latest_revision_as_object().tasks.all())) == (0, 4)
        listing = self.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert reverse("plans:task_table", args=[page.pk, "xlsx"]) in listing

    def test_the_command_knows_both_kinds_and_the_number(self):
        out = io.StringIO()
        path = self._file()
        with pytest.raises(CommandError, match="Không có kế hoạch"):
            call_command("import_plan", path, "--plan", "77/KH-LA", stdout=out)
        call_command("import_plan", path, "--plan", "21/KH-PMAU", "--dry-run", stdout=out)
        assert PlanPage.objects.get(pk=self.page.pk).tasks.count() == 0
        call_command("import_plan", path, "--plan", "21/KH-PMAU", stdout=out)
        assert PlanPage.objects.get(pk=self.page.pk).tasks.count() == 4
        call_command("import_plan", path, stdout=out)
        assert "giữ nguyên 1" in out.getvalue()

    def _file(self):
        path = self.folder / "nhiem_vu.csv"
        path.write_bytes(PLAIN_CSV)
        return str(path)

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path
