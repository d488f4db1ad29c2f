"""The import in the admin: upload, preview, confirmation, progress, refused rows; and who may not."""

import uuid

from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, TransactionTestCase
from django.urls import reverse

import pytest
from django_tasks_db.models import DBTaskResult

from cms.core.enums import ImportState, Role
from cms.core.importing import runs
from cms.core.models import ImportRun
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from tests.files.make_samples import AGENCY, csv_text, samples
from tests.officers import make_officer
from tests.site import build_site

UPLOAD = "/quan-tri/nhap-van-ban/"


def upload(name, content=None):
    return SimpleUploadedFile(name, samples()[name] if content is None else content)


def stored_files():
    _folders, files = storages["private"].listdir("imports") if storages["private"].exists("imports") else ([], [])
    return set(files)


class ImportScreenTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)
        cls.handler = make_officer(Role.HANDLER)

    def setUp(self):
        self.client.force_login(self.publisher)
        self.files_before = stored_files()

    def send(self, name, content=None, **options):
        return self.client.post(UPLOAD, {"file": upload(name, content), **options})

    def send_and_confirm(self, name, **options):
        """Upload, confirm, and let the worker do its work."""
        address = self.send(name, **options).url
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(f"{address}xac-nhan/")
        run = ImportRun.objects.get()
        runs.write_in_background.call(str(run.pk))
        run.refresh_from_db()
        return address, run

    def test_the_preview_shows_what_would_be_and_writes_nothing(self):
        address = self.send("van_ban_tot.csv").url
        page = self.client.get(address).content.decode()
        assert "7/QĐ-UBND" in page
        assert "Xác nhận nhập" in page
        assert not OfficialDocumentPage.objects.exists()

    def test_a_publisher_may_have_them_published(self):
        address, run = self.send_and_confirm("van_ban_tot.csv", publish="on")
        assert (run.state, run.done, run.total) == (ImportState.DONE, 4, 4)
        assert OfficialDocumentPage.objects.readable().count() == 4
        assert "Đã ghi xong 4" in self.client.get(address).content.decode()
        assert stored_files() == self.files_before

    def test_confirming_twice_writes_once(self):
        address, _run = self.send_and_confirm("van_ban_tot.csv")
        self.client.post(f"{address}xac-nhan/")
        assert ImportRun.objects.get().state == ImportState.DONE
        assert OfficialDocumentPage.objects.count() == 4

    def test_an_editor_gets_drafts_and_cannot_ask_for_more(self):
        self.client.force_login(self.editor)
        assert 'name="publish"' not in self.client.get(UPLOAD).content.decode()
        self.send_and_confirm("van_ban_tot.csv", publish="on")
        assert OfficialDocumentPage.objects.count() == 4
        assert not OfficialDocumentPage.objects.readable().exists()

    def test_bad_rows_are_shown_with_line_and_reason_and_stop_the_file(self):
        address = self.send("van_ban_hong.csv").url
        page = self.client.get(address).content.decode()
        assert "Lịch không có ngày 31 tháng 2 năm 2024" in page
        assert "Xác nhận nhập" not in page
        self.client.post(f"{address}xac-nhan/")
        assert ImportRun.objects.get().state == ImportState.READY
        assert not OfficialDocumentPage.objects.exists()

    def test_bad_rows_can_be_left_out_and_taken_away_as_a_table_without_formulas(self):
        address, _run = self.send_and_confirm("van_ban_hong.csv", skip_bad="on")
        assert OfficialDocumentPage.objects.count() == 1
        table = self.client.get(f"{address}bi-tu-choi.csv")
        assert table.content.startswith(b"\xef\xbb\xbf")
        lines = table.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 7
        assert not any(cell.lstrip('"').startswith(("=", "+", "@")) for line in lines for cell in line.split(","))

    def test_unusable_files_are_refused_beside_the_field_and_nothing_stays(self):
        bad = [
            ("a.csv", b""),
            ("a.csv", b"\x00\xff\x00"),
            ("a.csv", samples()["van_ban_bang_ma_cu.csv"]),
            ("a.csv", b"so_ky_hieu,trich_yeu\n1/A-B," + b"x" * 200_000),
            ("a.xlsx", b"PK\x03\x04 khong phai"),
            ("a.xlsx", samples()["ke_hoach_tot.docx"]),
            ("a.exe", b"MZ"),
            ("a", b"x"),
            ("../../a.xlsm", samples()["van_ban_la.xlsx"]),
        ]
        for name, content in bad:
            response = self.send(name, content)
            if response.status_code == 302:  # long files are read by the worker
                run = ImportRun.objects.recent()[0]
                runs.read_in_background.call(str(run.pk))
                response = self.client.get(response.url)
                assert "help-critical" in response.content.decode(), name
            else:
                assert response.status_code == 200, name
                assert "error-message" in response.content.decode(), name
        assert not OfficialDocumentPage.objects.exists()
        assert stored_files() == self.files_before

    def test_without_a_file_the_field_says_so(self):
        assert "Hãy chọn một tệp." in self.client.post(UPLOAD, {}).content.decode()

    def test_markup_in_a_file_stays_text_on_the_screen(self):
        rows = [("1/KH-A", "01/01/2024", "<img src=x onerror=alert(1)>", "", AGENCY)]
        page = self.client.get(self.send("a.csv", csv_text(rows).encode()).url).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    def test_other_officers_are_turned_away(self):
        address = self.send("van_ban_tot.csv").url
        for user in (self.handler, None):
            if user:
                self.client.force_login(user)
            else:
                self.client.logout()
            for path in (UPLOAD, address, f"{address}tien-do/", f"{address}bi-tu-choi.csv"):
                assert self.client.get(path).status_code in {302, 403}, path
            assert self.client.post(f"{address}xac-nhan/").status_code in {302, 403}
        assert ImportRun.objects.get().state == ImportState.READY

    def test_a_run_belongs_to_the_person_who_sent_the_file(self):
        address = self.send("van_ban_tot.csv").url
        self.client.force_login(self.editor)
        for tail in ("", "tien-do/", "bi-tu-choi.csv"):
            assert self.client.get(address + tail).status_code == 404
        assert self.client.post(f"{address}xac-nhan/").status_code == 404
        assert self.client.get(f"{UPLOAD}{uuid.uuid4()}/").status_code == 404

    def test_a_lost_file_and_a_server_fault_end_in_words(self):
        address = self.send("van_ban_tot.csv").url
        run = ImportRun.objects.get()
        storages["private"].delete(run.stored_name)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(f"{address}xac-nhan/")
        runs.write_in_background.call(str(run.pk))
        assert "Không còn tệp đã gửi" in self.client.get(address).content.decode()

    def test_runs_are_forgotten_with_their_files(self):
        self.send("van_ban_tot.csv")
        assert runs.import_runs_forget() == 0
        ImportRun.objects.update(updated_at="2020-01-01T00:00:00+07:00")
        assert runs.import_runs_forget() == 1
        assert stored_files() == self.files_before


class LongFileTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.publisher = make_officer(Role.PUBLISHER)

    def test_a_long_file_is_read_and_written_by_the_worker_and_says_how_far_it_is(self):
        self.client.force_login(self.publisher)
        rows = [(f"{n}/KH-SGDĐT", "01/01/2024", f"Kế hoạch {n} " + "x" * 1500, "", AGENCY) for n in range(1, 46)]
        response = self.client.post(UPLOAD, {"file": upload("a.csv", csv_text(rows).encode())})
        run = ImportRun.objects.get()
        assert run.state == ImportState.READING
        assert self.client.get(f"{response.url}tien-do/").json() == {
            "state": "reading",
            "working": True,
            "done": 0,
            "total": 0,
        }
        assert "data-import-progress" in self.client.get(response.url).content.decode()
        runs.read_in_background.call(str(run.pk))
        self.client.post(f"{response.url}xac-nhan/")
        seen = []
        count = runs._count
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runs, "_count", lambda run, done, total: (seen.append(done), count(run, done, total)))
            runs.write_in_background.call(str(run.pk))
        assert seen == [0, 20, 40, 45]
        assert OfficialDocumentPage.objects.count() == 45

    def test_a_silent_work_may_be_taken_up_again(self):
        self.client.force_login(self.publisher)
        address = self.client.post(UPLOAD, {"file": upload("van_ban_tot.csv")}).url
        self.client.post(f"{address}xac-nhan/")
        assert "Chạy tiếp" not in self.client.get(address).content.decode()
        ImportRun.objects.update(updated_at="2020-01-01T00:00:00+07:00")
        assert "Chạy tiếp" in self.client.get(address).content.decode()
        self.client.post(f"{address}xac-nhan/")
        run = ImportRun.objects.get()
        runs.write_in_background.call(str(run.pk))
        runs.write_in_background.call(str(run.pk))
        assert OfficialDocumentPage.objects.count() == 4


class QueueTest(TransactionTestCase):
    def test_the_work_is_queued_with_the_confirmation(self):
        build_site()
        self.client.force_login(make_officer(Role.PUBLISHER))
        address = self.client.post(UPLOAD, {"file": upload("van_ban_tot.csv")}).url
        self.client.post(f"{address}xac-nhan/")
        queued = DBTaskResult.objects.filter(task_path__endswith="write_in_background")
        run = ImportRun.objects.get()
        assert [row.args_kwargs["args"] for row in queued] == [[str(run.pk), run.writer]]


class RegisterScreensTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.page = document(cls.index, "31/BC-SGDĐT")
        cls.editor, cls.handler = make_officer(Role.EDITOR), make_officer(Role.HANDLER)

    def setUp(self):
        self.client.force_login(self.editor)

    def test_the_flat_list_filters_and_sorts(self):
        for query in (
            *("", "?document_type=bao-cao", "?issued_year=2024", "?abstract_cut=true", "?ordering=-sort_on"),
            *("?q=van", '?q="', "?q=x&issued_year=2024", "?q=van&document_type=bao-cao", "?ordering=x"),
        ):
            page = self.client.get(reverse("documents:index") + query)
            assert page.status_code == 200, query
        assert "31/BC-SGDĐT" in self.client.get(reverse("documents:index")).content.decode()
        assert (
            "31/BC-SGDĐT"
            not in self.client.get(reverse("documents:index") + "?document_type=ke-hoach").content.decode()
        )

    def test_catalogues_are_edited_through_their_service(self):
        response = self.client.post(
            reverse("issuers:add"), {"name": "Sở Nội vụ tỉnh Mẫu", "abbreviation": "SNV", "order": "5"}
        )
        assert response.status_code == 302
        again = self.client.post(reverse("issuers:add"), {"name": "SỞ NỘI VỤ tỉnh mẫu", "order": "5"})
        assert "Đã có cơ quan này." in again.content.decode()
        self.client.force_login(self.handler)
        assert self.client.get(reverse("issuers:index")).status_code in {302, 403}

    def test_a_double_number_warns_the_editor_and_is_saved(self):
        add = reverse("wagtailadmin_pages:add", args=["official_documents", "officialdocumentpage", self.index.pk])
        assert self.client.get(add).status_code == 200
        fields = {
            "title": "Báo cáo trùng số",
            "slug": "trung-so",
            "number": "31/BC-SGDĐT",
            "issued_on": "31/05/2024",
            "issuer": self.page.issuer_id,
            "body-count": 0,
            "consult_summary-count": 0,
        }
        for name in ("attachments", "bases", "relations", "announced", "comments"):
            fields |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
        response = self.client.post(add, fields, follow=True)
        assert OfficialDocumentPage.objects.filter(slug="trung-so").exists(), response.context["form"].errors
        assert reverse("wagtailadmin_pages:edit", args=[self.page.pk]) in response.content.decode()
        assert "Số 31/BC-SGDĐT đã có ở văn bản khác" in response.content.decode()

    def test_the_editing_screen_opens(self):
        assert self.client.get(reverse("wagtailadmin_pages:edit", args=[self.page.pk])).status_code == 200
