"""Writing a notice: for whom, by when; files in the private storage; four eyes over what is published."""

import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.core.enums import Role
from cms.core.models import Unit
from cms.internal import factories
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage, NoticeFile
from cms.internal.services.files import (
    ORPHAN_AGE,
    notice_file_add,
    notice_file_remove,
    notice_files_sweep,
    notice_files_without_bytes,
)
from cms.media.private import private_storage, private_write
from cms.media.uploads import CheckedFile
from tests.officers import make_officer
from tests.site import build_site

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"


class WritingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.agency = Unit.objects.get(parent=None)
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)

    def send(self, rows=(), **facts):
        self.client.force_login(self.editor)
        index = InternalNoticeIndexPage.objects.get()
        values = {
            "title": "Việc tuần tới",
            "issued_on": "2026-11-02",
            "urgency": "normal",
            "audience": "all",
            "body": streamfield([("prose", rich_text("<p>Lời</p>"))]),
            "addressees": inline_formset(list(rows)),
            "action-submit": "1",
        }
        address = reverse("wagtailadmin_pages:add", args=["internal", "internalnoticepage", index.pk])
        return self.client.post(address, nested_form_data(values | facts))

    def test_a_notice_goes_to_the_workflow_as_other_pages_do(self):
        self.send()
        page = InternalNoticePage.objects.get()
        assert not page.live
        assert page.workflow_in_progress
        assert page.slug.startswith("tb-")

    def test_what_does_not_fit_is_said_beside_its_field(self):
        for facts, words in (
            ({"audience": "chosen"}, "Hãy thêm ít nhất một đơn vị nhận"),
            ({"needs_receipt": "on"}, "Hãy ghi ngày cuối"),
            ({"needs_receipt": "on", "read_by": "2026-10-02"}, "Ngày cuối không thể trước"),
        ):
            answer = self.send(**facts)
            assert answer.status_code == 200
            assert words in answer.content.decode()
        assert not InternalNoticePage.objects.exists()
        self.send(audience="chosen", rows=[{"unit": self.agency.pk, "with_units_below": "on"}])
        assert InternalNoticePage.objects.get().get_latest_revision_as_object().addressees.get().unit == self.agency

    def test_the_text_takes_nothing_from_the_public_libraries(self):
        blocks = InternalNoticePage._meta.get_field("body").stream_block.child_blocks
        assert set(blocks) == {"heading", "prose", "quotation", "data_table"}
        assert "document-link" not in blocks["prose"].features

    def test_no_words_of_it_link_to_a_file_of_the_public_library(self):
        blocks = InternalNoticePage._meta.get_field("body").stream_block.child_blocks
        linked = json.dumps(
            {
                "blocks": [
                    {
                        "key": "a",
                        "text": "Biểu mẫu",
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [{"key": 0, "offset": 0, "length": 8}],
                    }
                ],
                "entityMap": {"0": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": 1, "url": "/x/"}}},
            }
        )
        for block in (blocks["prose"], blocks["data_table"].child_blocks["rich_text"]):
            stored = block.value_from_datadict({"words": linked}, {}, "words").source
            assert "document" not in stored

    def test_files_of_what_waits_for_approval_or_its_hour_are_not_the_editors(self):
        handed_in = factories.notice(live=False)
        handed_in.get_workflow().start(handed_in, self.editor)
        scheduled = factories.notice(live=False)
        scheduled.go_live_at = timezone.now() + ORPHAN_AGE
        scheduled.save_revision(user=self.editor).publish(user=self.publisher)
        given_back = factories.notice(live=False)
        given_back.get_workflow().start(given_back, self.editor)
        given_back.current_workflow_task_state.reject(user=self.publisher)
        for made, may in ((handed_in, False), (scheduled, False), (given_back, True)):
            page = InternalNoticePage.objects.get(pk=made.pk)
            assert not page.live
            self.client.force_login(self.editor)
            screen = reverse("internal_files", args=[page.pk])
            answer = self.client.post(screen, {"file": SimpleUploadedFile("khac.pdf", PDF), "title": ""})
            assert answer.url == (screen if may else reverse("wagtailadmin_home"))
            assert page.files.in_use().count() == int(may)
            told = self.client.get(screen).content.decode()
            assert ("chỉ người duyệt đăng" in told) is not may
            file = factories.file_of(page, "Đã duyệt", "x")
            self.client.post(screen, {"remove": file.pk})
            file.refresh_from_db()
            assert (file.removed_at is None) is not may
            self.client.force_login(self.publisher)
            answer = self.client.post(screen, {"file": SimpleUploadedFile("them.pdf", PDF), "title": ""})
            assert answer.url == screen

    def test_an_editor_brings_files_to_a_draft_and_only_a_publisher_to_what_is_out(self):
        page = factories.notice(live=False)
        screen = reverse("internal_files", args=[page.pk])
        self.client.force_login(self.editor)
        self.client.post(screen, {"file": SimpleUploadedFile("van-ban.pdf", PDF), "title": ""})
        file = NoticeFile.objects.get()
        assert file.title == "van-ban.pdf"
        page.save_revision().publish()
        page.refresh_from_db()
        with self.assertRaises(PermissionDenied):
            notice_file_remove(file=file, actor=self.editor)
        with self.assertRaises(PermissionDenied):
            notice_file_add(
                page=page, title="x", file=CheckedFile("x.pdf", "pdf", "application/pdf", PDF), actor=self.editor
            )
        self.client.force_login(self.publisher)
        self.client.post(screen, {"remove": file.pk})
        assert not NoticeFile.objects.in_use().exists()
        assert self.client.get(reverse("internal:file", args=[file.pk])).status_code == 404
        self.client.post(screen, {"restore": file.pk})
        assert NoticeFile.objects.in_use().count() == 1

    def test_what_is_no_file_is_refused_in_words(self):
        page = factories.notice(live=False)
        self.client.force_login(self.editor)
        screen = reverse("internal_files", args=[page.pk])
        for name, content in (("a.pdf", b"khong phai"), ("a.exe", b"MZ")):
            answer = self.client.post(screen, {"file": SimpleUploadedFile(name, content)})
            assert answer.status_code == 422
            assert "không phải là tệp nhận được" in answer.content.decode()
        assert self.client.post(screen, {}).status_code == 422
        self.client.post(screen, {"remove": "x"})
        assert not NoticeFile.objects.exists()

    def test_there_is_an_end_of_files(self):
        page = factories.notice(live=False)
        for number in range(20):
            factories.file_of(page, f"Tệp {number}", "x")
        with self.assertRaises(ValidationError):
            notice_file_add(
                page=page, title="", file=CheckedFile("x.pdf", "pdf", "application/pdf", PDF), actor=self.editor
            )

    def test_a_file_put_back_counts_as_one_more(self):
        page = factories.notice(live=False)
        first = factories.file_of(page, "Tệp đầu", "x")
        notice_file_remove(file=first, actor=self.editor)
        for number in range(20):
            factories.file_of(page, f"Tệp {number}", "x")
        self.client.force_login(self.editor)
        told = self.client.post(reverse("internal_files", args=[page.pk]), {"restore": first.pk}, follow=True)
        assert "quá nhiều tệp" in told.content.decode()
        assert page.files.in_use().count() == 20

    def test_bytes_that_no_notice_names_are_swept_and_missing_ones_are_told(self):
        page = factories.notice()
        file = factories.file_of(page, "Tệp", "x")
        left = private_write(folder="internal-notices", extension="pdf", content=b"x")
        assert notice_files_sweep(now=timezone.now() + 2 * ORPHAN_AGE) >= 1
        assert private_storage.exists(file.stored_name)
        assert not private_storage.exists(left)
        private_storage.delete(file.stored_name)
        assert len(list(notice_files_without_bytes())) == 1
