"""The life of an imported file in the admin: written once whoever presses when, then handed in for approval."""

import dataclasses
from unittest import mock

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Revision, WorkflowState

from cms.core.enums import ImportState, Role
from cms.core.importing import get_import_kind, runs
from cms.core.models import ImportRun, OutboxMail
from cms.core.services.outbox import mails_send_due
from cms.official_documents.models import OfficialDocumentPage
from tests.files.make_samples import AGENCY, csv_text, samples
from tests.officers import make_officer
from tests.site import build_site

UPLOAD = "/quan-tri/nhap-van-ban/"


def upload(name, content=None):
    return SimpleUploadedFile(name, samples()[name] if content is None else content)


class TurnsTest(TestCase):
    """One file is written once, whoever presses when, and however slow the work is."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.publisher = make_officer(Role.PUBLISHER)

    def setUp(self):
        self.client.force_login(self.publisher)
        rows = [(f"{n}/KH-SGDĐT", "01/01/2024", f"Kế hoạch {n}", "", AGENCY) for n in range(1, 46)]
        self.file = csv_text(rows).encode()

    def send(self):
        return self.client.post(UPLOAD, {"file": upload("a.csv", self.file)}).url

    def confirm(self, address):
        with self.captureOnCommitCallbacks(execute=True):
            return self.client.post(f"{address}xac-nhan/", follow=True).content.decode()

    def revisions(self):
        return Revision.objects.for_instance(OfficialDocumentPage.objects.first()).count()

    def test_the_second_press_is_told_and_changes_nothing(self):
        address = self.send()
        self.confirm(address)
        writer = ImportRun.objects.get().writer
        assert "đang được ghi" in self.confirm(address)
        assert ImportRun.objects.get().writer == writer
        runs.write_in_background.call(str(ImportRun.objects.get().pk), writer)
        assert "đã được ghi xong" in self.confirm(address)
        assert OfficialDocumentPage.objects.count() == 45

    def test_a_slow_worker_that_was_taken_for_dead_stops_at_its_next_batch(self):
        address = self.send()
        self.confirm(address)
        slow = ImportRun.objects.get()
        write, second = runs._write_batch, []

        def slow_first_batch(run, kind, part):
            write(run, kind, part)
            if not second:
                # Between two batches somebody takes the work up again.
                ImportRun.objects.update(updated_at="2020-01-01T00:00:00+07:00")
                self.confirm(address)
                second.append(ImportRun.objects.get().writer)

        with mock.patch.object(runs, "_write_batch", slow_first_batch):
            runs.write_in_background.call(str(slow.pk), slow.writer)
        assert OfficialDocumentPage.objects.count() == 20
        assert ImportRun.objects.get().state == ImportState.WRITING
        runs.write_in_background.call(str(slow.pk), slow.writer)  # the old task again: not its turn
        assert OfficialDocumentPage.objects.count() == 20
        runs.write_in_background.call(str(slow.pk), second[0])
        run = ImportRun.objects.get()
        assert (run.state, run.items.count()) == (ImportState.DONE, 45)
        assert OfficialDocumentPage.objects.count() == 45
        assert self.revisions() == 1

    def test_the_same_file_in_two_tabs_makes_each_page_and_each_revision_once(self):
        for address in (first := self.send(), second := self.send()):
            self.confirm(address)
        one, two = (ImportRun.objects.get(pk=address.rstrip("/").rpartition("/")[2]) for address in (first, second))
        reading = get_import_kind("documents_import").read(self.file, "a.csv")
        runs.write_in_background.call(str(one.pk), one.writer)
        # The second tab's worker had read the file before the first wrote it.
        kind = dataclasses.replace(get_import_kind("documents_import"), read=lambda _content, _name: reading)
        with mock.patch.object(runs, "get_import_kind", return_value=kind):
            runs.write_in_background.call(str(two.pk), two.writer)
        assert OfficialDocumentPage.objects.count() == 45
        assert self.revisions() == 1

    def test_a_file_whose_reading_died_is_not_confirmed(self):
        run = runs.import_run_start(
            kind=get_import_kind("documents_import"), content=self.file, filename="a.csv", actor=self.publisher
        )
        ImportRun.objects.update(state=ImportState.READING, report={}, updated_at="2020-01-01T00:00:00+07:00")
        assert "còn đang được đọc" in self.confirm(f"{UPLOAD}{run.pk}/")


class HandInTest(TestCase):
    """One press hands every draft of a file in; those who may publish see them and get one mail."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)
        cls.publisher.email = "duyet@so.example.vn"
        cls.publisher.save()

    def setUp(self):
        self.client.force_login(self.editor)
        address = self.client.post(UPLOAD, {"file": upload("van_ban_tot.csv")}).url
        self.client.post(f"{address}xac-nhan/")
        self.address, self.run_key = address, str(ImportRun.objects.get().pk)
        runs.write_in_background.call(self.run_key)

    def press(self):
        answer = self.client.post(f"{self.address}gui-duyet/", follow=True).content.decode()
        runs.hand_in_in_background.call(self.run_key)
        return answer

    def panel(self):
        client = Client()
        client.force_login(self.publisher)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    def test_all_drafts_reach_the_reviewers_panel(self):
        assert "Gửi duyệt tất cả" in self.client.get(self.address).content.decode()
        assert "7/QĐ-UBND" not in self.panel()
        self.press()
        run = ImportRun.objects.get()
        assert (run.state, run.submitted) == (ImportState.SUBMITTED, 4)
        assert WorkflowState.objects.active().count() == 4
        assert "Công bố danh mục thủ tục hành chính" in self.panel()
        page = self.client.get(self.address).content.decode()
        assert "Đã gửi duyệt 4 bản nháp" in page
        assert "Gửi duyệt tất cả" not in page

    def test_pressing_twice_hands_in_once_and_says_so(self):
        self.press()
        assert "đã được gửi duyệt" in self.press()
        assert WorkflowState.objects.active().count() == 4
        assert ImportRun.objects.get().submitted == 4

    def test_a_press_while_it_runs_is_told(self):
        self.client.post(f"{self.address}gui-duyet/")
        assert "đang được gửi duyệt" in self.client.post(f"{self.address}gui-duyet/", follow=True).content.decode()

    def test_what_needs_no_approval_is_left_alone(self):
        published, waiting = OfficialDocumentPage.objects.order_by("pk")[:2]
        published.get_latest_revision().publish()
        waiting.get_workflow().start(waiting, self.editor)
        self.press()
        assert ImportRun.objects.get().submitted == 2
        assert WorkflowState.objects.active().count() == 3
        assert "2 mục khác không cần gửi" in self.client.get(self.address).content.decode()

    def test_the_reviewer_gets_one_mail_for_the_file(self):
        self.press()
        rows = OutboxMail.objects.filter(kind__startswith="moderation_")
        assert [row.kind for row in rows] == ["moderation_waiting_many"]
        rows.update(next_try_at=timezone.now())
        mails_send_due()
        (letter,) = mail.outbox
        assert letter.to == ["duyet@so.example.vn"]
        assert letter.subject == "4 trang chờ duyệt đăng"

    def test_a_fault_brings_the_button_back_and_the_rest_follows(self):
        with mock.patch.object(runs, "BATCH", 2):
            hand_in, calls = runs._hand_in_batch, []

            def fails_at_the_second(*args):
                calls.append(1)
                if len(calls) == 2:
                    raise RuntimeError
                hand_in(*args)

            with mock.patch.object(runs, "_hand_in_batch", fails_at_the_second):
                self.press()
        assert WorkflowState.objects.active().count() == 2
        assert "Gửi duyệt tất cả" in self.client.get(self.address).content.decode()
        self.press()
        assert WorkflowState.objects.active().count() == 4
        assert ImportRun.objects.get().submitted == 4

    def test_only_whoever_sent_the_file_hands_it_in(self):
        self.client.force_login(self.publisher)
        assert self.client.post(f"{self.address}gui-duyet/").status_code == 404
        assert not WorkflowState.objects.active().exists()
