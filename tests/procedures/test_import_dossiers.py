"""``import_dossiers``: the one-stop system's file goes in whole or not at all, and again without doubles."""

import contextlib
import io
import tempfile
from datetime import date, datetime, time
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

import openpyxl

from cms.core.importing import Fate, UnreadableFileError, runs
from cms.core.models import ImportRun, LedgerEvent, OutboxMail, Unit
from procedures.enums import DossierOrigin, DossierState, DueSource
from procedures.importers.dossiers import read_dossiers
from procedures.models import Dossier, DossierApplicant
from procedures.services import handling, moves
from procedures.services.syncing import dossiers_sync
from procedures.services.timeline import public_timeline
from tests.procedures.test_dossiers import MONDAY, DeskCase, faults

HEAD = (
    "Mã hồ sơ,Mã thủ tục,Tên thủ tục,Người nộp,Điện thoại,Kênh nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả kết quả,"
    "Trạng thái,Đơn vị\n"
)
ROWS = (
    "H26.12-261102-0001,9.000101,Chuyển trường trung học phổ thông,Nguyễn Văn Mẫu,0912 000 345,Trực tiếp,"
    "02/11/2026 08:30,05/11/2026 17:00,04/11/2026 10:00:00,Đã trả kết quả,P01\n"
    "h26.12–261103-0002,1.004444,Thủ tục chưa có trang,Trần Thị Mẫu,,Trực tuyến,2026-11-03,10/11/2026,,"
    "Đang xử lý,Phòng Mẫu Hai\n"
    "H26.12-261104-0003,9.000101,,Lê Mẫu,,bưu chính công ích,04/11/2026,,,,P01\n"
    "H26.12-261105-0004,,Việc không có mã,Phạm Mẫu,,,05/11/2026,,06/11/2026,Rút hồ sơ,P01\n"
)
FAULTY = (
    (",9.000101,x,,,,02/11/2026,,,,P01", "Mã hồ sơ"),
    ("?!,9.000101,x,,,,02/11/2026,,,,P01", "không giống mã hồ sơ"),
    ("A-1,1.5,x,,,,02/11/2026,,,,P01", "không có dạng"),
    ("A-2001,,,,,,02/11/2026,,,,P01", "mã hoặc tên thủ tục"),
    ("A-2002,1.004445,,,,,02/11/2026,,,,P01", "cổng chưa có thủ tục"),
    ("A-2003,9.000101,x,,12,,02/11/2026,,,,P01", "Điện thoại"),
    ("A-2004,9.000101,x,,,chim câu,02/11/2026,,,,P01", "Không rõ kênh"),
    ("A-2005,9.000101,x,,,,31/02/2026,,,,P01", "Ngày tiếp nhận"),
    ("A-2006,9.000101,x,,,,02/11/2027,,,,P01", "tương lai"),
    ("A-2007,9.000101,x,,,,02/11/2026,01/11/2026,,,P01", "trước ngày tiếp nhận"),
    ("A-2008,9.000101,x,,,,02/11/2026,,,Đã trả kết quả,P01", "phải có ngày trả"),
    ("A-2009,9.000101,x,,,,02/11/2026,,03/11/2026,Đang xử lý,P01", "Đã có ngày trả"),
    ("A-2010,9.000101,x,,,,02/11/2026,,,Bay mất,P01", "Không rõ trạng thái"),
    ("A-2011,9.000101,x,,,,02/11/2026,,,,Không Có", "danh mục đơn vị"),
    ("H26.12-261102-0001,9.000101,khác,,,,02/11/2026,,,,P01", "đã có ở dòng 2"),
)


@contextlib.contextmanager
def file_of(content, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield str(path)


def reading(text, name="ho-so.csv"):
    return read_dossiers(text.encode(), name)


def xlsx(text):
    book = openpyxl.Workbook()
    for line in text.splitlines():
        cells = line.split(",")
        if cells[6] == "04/11/2026":
            cells[6] = datetime(2026, 11, 4)  # as spreadsheets keep days
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class ImportTests(DeskCase):
    def run_command(self, text, *options, name="ho-so.csv"):
        path = self.enterContext(file_of(text if isinstance(text, bytes) else text.encode(), name))
        out, errors = io.StringIO(), io.StringIO()
        call_command("import_dossiers", path, *options, stdout=out, stderr=errors)
        return out.getvalue()

    def test_rows_become_dossiers_and_the_same_file_changes_nothing(self):
        for content, name in ((HEAD + ROWS, "a.csv"), (xlsx(HEAD + ROWS), "b.xlsx")):
            before = LedgerEvent.objects.count()
            self.run_command(content, name=name)
            if name == "b.xlsx":
                assert LedgerEvent.objects.count() == before
        done, running, computed, gone = Dossier.objects.order_by("code")
        assert (done.state, done.due_on, done.due_time, done.due_source) == (
            DossierState.RETURNED, date(2026, 11, 5), time(17, 0), DueSource.FILE,
        )  # fmt: skip
        assert done.time_words == ""
        assert timezone.localtime(done.completed_at).strftime("%d/%m %H:%M") == "04/11 10:00"
        assert (done.procedure.title, done.applicant.phone) == ("Chuyển trường trung học phổ thông", "0912000345")
        assert (running.code, running.procedure, running.unit.code) == ("H26.12-261103-0002", None, "P02")
        assert (computed.due_on, computed.due_source, computed.state) == (
            None,
            DueSource.NONE,
            DossierState.IN_PROGRESS,
        )
        assert (gone.state, gone.ended_at is not None, gone.completed_at) == (DossierState.WITHDRAWN, True, None)
        assert not OutboxMail.objects.exists()
        assert faults() == []

    def test_a_date_that_the_file_leaves_out_is_computed(self):
        self.run_command(HEAD + ROWS.splitlines()[2].replace("bưu chính công ích", "trực tiếp"))
        made = Dossier.objects.get()
        assert (made.due_on, made.due_source) == (date(2026, 11, 9), DueSource.COMPUTED)

    def test_a_changed_row_updates_its_dossier_and_leaves_one_event(self):
        self.run_command(HEAD + ROWS)
        Dossier.objects.update(last_synced_at=MONDAY)
        self.clock.move_to(datetime(2026, 12, 1, 9, 0, tzinfo=MONDAY.tzinfo))
        changed = ROWS.replace(",10/11/2026,,Đang xử lý", ",12/11/2026,11/11/2026,Đã xử lý xong")
        found = reading(HEAD + changed)
        assert [item.fate for item in found.items] == [Fate.UNCHANGED, Fate.CHANGED, Fate.UNCHANGED, Fate.UNCHANGED]
        assert "Đang xử lý → Đã xử lý xong" in found.items[1].detail
        before = LedgerEvent.objects.count()
        self.run_command(HEAD + changed)
        made = Dossier.objects.get(code="H26.12-261103-0002")
        assert (made.state, made.due_on) == (DossierState.COMPLETED, date(2026, 11, 12))
        assert LedgerEvent.objects.count() == before + 1
        assert Dossier.objects.last_synced_at() == made.last_synced_at > MONDAY
        assert [entry.title for entry in public_timeline(made)] == ["Được tiếp nhận", "Đã xử lý xong"]

    def test_faulty_rows_are_told_each_with_its_line_and_nothing_is_stored(self):
        text = HEAD + ROWS.splitlines()[0] + "\n" + "\n".join(row for row, _why in FAULTY)
        found = reading(text)
        told = {refusal.line: refusal.reason for refusal in found.refusals}
        for line, (row, why) in enumerate(FAULTY, start=3):
            assert why in told[line], (row, told.get(line))
        assert not any("Nguyễn" in refusal.text for refusal in found.refusals)
        with self.assertRaises(CommandError):
            self.run_command(text)
        assert not Dossier.objects.exists()
        self.run_command(text, "--dry-run", "--skip-bad")
        assert not Dossier.objects.exists()
        self.run_command(text, "--skip-bad")
        assert Dossier.objects.count() == 1

    def test_what_is_kept_here_is_not_overwritten_by_a_file(self):
        mine = self.taken()
        row = f"{mine.code},9.000101,Tên khác,Ai đó,,,02/11/2026,,03/11/2026,Đã trả kết quả,P02\n"
        self.run_command(HEAD + row)
        mine.refresh_from_db()
        assert (mine.state, mine.unit, mine.origin) == (DossierState.RECEIVED, self.desk.unit, DossierOrigin.KEYED)

    def test_an_imported_dossier_takes_no_step_here_until_it_is_adopted(self):
        rows = ROWS.replace("Đang xử lý", "Yêu cầu bổ sung giấy tờ")
        self.run_command(HEAD + rows)
        made = Dossier.objects.get(code="H26.12-261104-0003")
        with self.assertRaisesMessage(moves.TransitionRefusedError, "phần mềm một cửa"):
            handling.dossier_complete(dossier=made, actor=self.desk.clerk)
        assert [row.verb for row in moves.steps_open_to(made, self.desk.clerk)] == ["adopt"]
        handling.dossier_adopt(dossier=made, actor=self.desk.clerk, reason="Phần mềm cũ ngừng dùng")
        handling.dossier_complete(dossier=made, actor=self.desk.clerk)
        self.run_command(HEAD + rows)
        made.refresh_from_db()
        assert made.state == DossierState.COMPLETED
        waiting = Dossier.objects.get(code="H26.12-261103-0002")
        handling.dossier_adopt(dossier=waiting, actor=self.desk.stranger, reason="Phần mềm cũ ngừng dùng")
        handling.dossier_supply(dossier=waiting, actor=self.desk.stranger)
        assert faults() == []

    def test_an_erased_person_does_not_come_back_with_the_next_file(self):
        self.run_command(HEAD + ROWS)
        DossierApplicant.objects.all().delete()
        self.run_command(HEAD + ROWS.replace("Đang xử lý", "Được tiếp nhận"))
        assert not DossierApplicant.objects.exists()

    def test_a_clerk_brings_in_the_own_unit_only(self):
        rows = [item.data for item in reading(HEAD + ROWS).items]
        with self.assertRaisesMessage(UnreadableFileError, "H26.12-261103-0002"):
            dossiers_sync(rows=rows, actor=self.desk.clerk)
        with self.assertRaises(PermissionDenied):
            dossiers_sync(rows=rows, actor=self.desk.officer)
        assert not Dossier.objects.exists()
        mine = [row for row in rows if row.unit_id == self.desk.unit.pk]
        assert len(dossiers_sync(rows=mine, actor=self.desk.clerk)) == 3

    def test_the_screens_of_the_import(self):
        self.client.force_login(self.desk.clerk)
        upload = SimpleUploadedFile("ho-so.csv", (HEAD + ROWS.splitlines()[0]).encode())
        response = self.client.post(reverse("dossiers_import"), {"file": upload}, follow=True)
        page = response.content.decode()
        assert "H26.12-261102-0001" in page
        assert "hẹn 05/11/2026" in page
        assert "Nguyễn Văn Mẫu" not in page

    def sent(self, text, **options):
        """Send a file through the screen and return its address and the run."""
        upload = SimpleUploadedFile("ho-so.csv", text.encode())
        address = self.client.post(reverse("dossiers_import"), {"file": upload, **options}).url
        return address, ImportRun.objects.by(self.desk.clerk).recent()[0]

    def test_the_preview_refuses_rows_of_another_unit_line_by_line(self):
        self.client.force_login(self.desk.clerk)
        self.run_command(HEAD + "H26.12-261106-0009,,Việc của phòng hai,,,,06/11/2026,,,,P02\n")
        taken = "H26.12-261106-0009,,Việc của phòng hai,,,,06/11/2026,,,,P01\n"
        address, run = self.sent(HEAD + ROWS + taken, skip_bad="on")
        told = {each["line"]: each["reason"] for each in run.report["refusals"]}
        assert sorted(told) == [3, 6]
        assert "của đơn vị này" in told[3]
        assert "của đơn vị khác" in told[6]
        self.assertContains(self.client.get(address), "không nhập được hồ sơ của đơn vị này")
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(f"{address}xac-nhan/")
        runs.write_in_background.call(str(run.pk))
        run.refresh_from_db()
        assert (run.state, run.done) == ("done", 3), run.problem
        assert not Dossier.objects.filter(code="H26.12-261103-0002").exists()

    def test_a_file_without_anything_new_is_heard_of_and_changes_no_dossier(self):
        first = ROWS.splitlines()[0]
        self.run_command(HEAD + first)
        mine, before, events = self.taken(), Dossier.objects.get(origin="imported"), LedgerEvent.objects.count()
        for hour in (10, 11):
            self.clock.move_to(MONDAY.replace(hour=hour))
            if hour == 10:
                self.run_command(HEAD + first)
            else:
                self.client.force_login(self.desk.clerk)
                address, run = self.sent(HEAD + first + f"\n{mine.code},9.000101,x,,,,02/11/2026,,,,P01")
                self.assertContains(self.client.get(address), "chỉ ghi nhận lúc đồng bộ")
                with self.captureOnCommitCallbacks(execute=True):
                    self.client.post(f"{address}xac-nhan/")
                runs.write_in_background.call(str(run.pk))
            now = Dossier.objects.get(origin="imported")
            assert now.last_synced_at == MONDAY.replace(hour=hour)
            assert now.version == before.version
            self.client.force_login(self.desk.clerk)
            self.assertContains(self.client.get(reverse("dossier:index")), f"{hour} giờ 00, 30/11/2026")
        mine.refresh_from_db()
        assert mine.last_synced_at is None
        verbs = LedgerEvent.objects.order_by("pk").values_list("verb", flat=True)[events:]
        assert [verb for verb in verbs if verb.startswith("dossier")] == []

    def test_a_blank_unit_is_the_agency_when_there_is_only_one(self):
        Unit.objects.exclude(parent=None).update(active=True)
        tops = Unit.objects.filter(parent=None).exclude(code__in=("P01", "P02"))
        Unit.objects.filter(code__in=("P01", "P02")).update(parent=tops.get())
        found = reading(HEAD + "A-3001,9.000101,x,,,,02/11/2026,,,,")
        assert found.items[0].data.unit_id == tops.get().pk
        assert found.remarks
