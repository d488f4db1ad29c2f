"""The words in public files: read by the worker, found last, gone with the page; never of what is not public."""

import io
import subprocess
from datetime import timedelta
from unittest import mock

from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.core.enums import Role
from cms.core.models import FileText, SearchEntry, SearchEntryFile
from cms.core.search import rebuild, search
from cms.media import tasks
from cms.media.models import PortalDocument
from cms.media.services import file_text_faults, file_text_read, file_texts_sweep
from cms.media.services import file_texts as service
from cms.media.tasks import read_words, sweep
from cms.official_documents.factories import document as make_page
from cms.official_documents.models import DocumentAttachment, OfficialDocumentIndexPage
from tests.media.files import pdf, telling_pdf, word_file
from tests.officers import make_officer
from tests.site import build_site

WORDS = "Giếng khoan của nhà trường được kiểm nghiệm nguồn nước mỗi quý một lần."


class FileTextsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.page = make_page(cls.index, "1/KH-A", title="Kế hoạch nước sạch")

    def a_file(self, content, name="nuoc.docx", title="Phụ lục nước sạch", **more):
        file = PortalDocument(title=title, file=ContentFile(content, name), **more)
        file._set_document_file_metadata()
        file.save()
        return file

    def attach(self, file, page=None):
        page = page or self.page
        page.attachments.add(DocumentAttachment(document=file))
        page.save_revision().publish()
        return file

    def shown(self, content=None, **more):
        """A file on the public page, read."""
        file = self.attach(self.a_file(content or word_file(WORDS), **more))
        file_text_read(digest=file.file_hash)
        return file

    def found(self, query="giếng khoan"):
        return [hit.plain_title for hit in search(query).hits]


class TestFinding(FileTextsTest):
    def test_a_hit_in_a_file_names_it_and_links_to_it(self):
        file = self.shown()
        (hit,) = search("gieng khoan").hits
        assert (hit.plain_title, hit.file_name, hit.file_url) == ("Kế hoạch nước sạch", file.title, file.url)
        assert ("Giếng khoan", True) in hit.excerpt
        html = self.client.get("/tim-kiem/", {"q": "giếng khoan"}).content.decode()
        assert f'Trong tệp <a href="{file.url}">{file.title}</a>' in html
        assert "<mark>Giếng khoan</mark>" in html

    def test_a_pdf_is_read_as_well(self):
        self.shown(telling_pdf(WORDS), name="nuoc.pdf")
        assert self.found("KIỂM NGHIỆM nguồn nước") == ["Kế hoạch nước sạch"]

    def test_title_and_text_come_before_files(self):
        self.shown()
        make_page(self.index, "2/KH-A", title="Sửa giếng khoan")
        assert self.found() == ["Sửa giếng khoan", "Kế hoạch nước sạch"]

    def test_one_word_in_the_title_and_one_in_the_file(self):
        self.shown()
        assert self.found("kế hoạch kiểm nghiệm") == ["Kế hoạch nước sạch"]
        assert self.found('"giếng khoan của nhà trường"') == ["Kế hoạch nước sạch"]
        assert self.found("kế hoạch máy bay") == []

    def test_what_the_title_says_already_is_no_hit_in_a_file(self):
        self.shown()
        (hit,) = search("kế hoạch nước sạch").hits
        assert not hit.file_name

    def test_the_list_of_documents_finds_it_too(self):
        self.shown()
        assert "Kế hoạch nước sạch" in self.client.get("/van-ban/", {"q": "giếng khoan"}).content.decode()

    def test_the_number_of_statements_does_not_grow(self):
        def statements():
            with CaptureQueriesContext(connection) as seen:
                assert search("giếng khoan").hits
            return len(seen)

        file = self.shown()
        few = statements()
        for number in range(3, 13):
            self.attach(file, make_page(self.index, f"{number}/KH-A"))
        assert len(self.found()) == 11
        assert statements() == few


class TestReading(FileTextsTest):
    def test_publishing_hands_the_file_to_the_worker(self):
        with self.captureOnCommitCallbacks() as callbacks:
            file = self.attach(self.a_file(word_file(WORDS)))
        assert FileText.objects.get().state == "waiting"
        assert self.found() == []
        assert callbacks
        assert read_words.call(file.file_hash) == "read"
        assert self.found() == ["Kế hoạch nước sạch"]

    def test_equal_bytes_are_read_once(self):
        self.shown()
        self.attach(self.a_file(word_file(WORDS)), make_page(self.index, "2/KH-A"))
        assert FileText.objects.count() == len({row.file_hash for row in PortalDocument.objects.all()})

    def test_a_scan_is_said_to_the_editor(self):
        file = self.shown(pdf(), name="quet.pdf", title="Bản quét")
        self.client.force_login(make_officer(Role.EDITOR))
        report = self.client.get("/quan-tri/reports/tep-khong-doc-duoc-chu/").content.decode()
        assert "Bản quét" in report
        assert "Không có chữ" in report
        form = self.client.get(f"/quan-tri/pages/{self.page.pk}/edit/").content.decode()
        assert "Không có chữ (bản chụp, bản quét)" in form
        assert FileText.objects.get(digest=file.file_hash).pages == 1

    def test_a_file_that_kills_its_reader_is_given_up(self):
        def killed(*_args, **_more):
            raise subprocess.TimeoutExpired("x", 1)

        file = self.attach(self.a_file(word_file(WORDS)))
        with self.patched(service.subprocess, "run", killed):
            assert read_words.call(file.file_hash) == "too_hard"
        assert read_words.call(file.file_hash) == ""

    def test_a_worker_that_died_thrice_is_the_files_fault(self):
        file = self.attach(self.a_file(word_file(WORDS)))
        FileText.objects.update(tries=3, asked_at=timezone.now() - timedelta(hours=2))
        assert file_texts_sweep() == [file.file_hash]
        assert read_words.call(file.file_hash) == "too_hard"

    def test_too_large_a_file_is_not_even_opened(self):
        file = self.attach(self.a_file(word_file(WORDS)))
        with self.patched(service, "LARGEST", 10):
            assert read_words.call(file.file_hash) == "too_big"

    def test_a_file_that_left_the_store_is_broken(self):
        file = self.attach(self.a_file(word_file(WORDS)))
        file.file.storage.delete(file.file.name)
        assert read_words.call(file.file_hash) == "broken"

    @staticmethod
    def patched(where, name, value):
        return mock.patch.object(where, name, value)


class TestWithdrawing(FileTextsTest):
    def assert_gone(self):
        assert self.found() == []
        assert not SearchEntryFile.objects.exists()

    def test_a_withdrawn_page(self):
        self.shown()
        self.page.unpublish()
        self.assert_gone()
        assert not FileText.objects.exists()

    def test_a_replaced_file(self):
        self.shown()
        other = self.a_file(word_file("Bể bơi của nhà trường mở cửa."), title="Bản mới")
        row = self.page.attachments.get()
        row.document = other
        self.page.attachments = [row]
        self.page.save_revision().publish()
        self.assert_gone()
        file_text_read(digest=other.file_hash)
        assert self.found("bể bơi") == ["Kế hoạch nước sạch"]
        sweep()
        assert [row.digest for row in FileText.objects.all()] == [other.file_hash]

    def test_a_closed_section(self):
        self.shown()
        PageViewRestriction.objects.create(page=self.index, restriction_type=PageViewRestriction.LOGIN)
        self.assert_gone()
        sweep()
        assert not FileText.objects.exists()

    def test_a_closed_collection(self):
        closed = Collection.get_first_root_node().add_child(name="Kho kín")
        self.shown(collection=closed)
        assert self.found()
        with self.captureOnCommitCallbacks() as handed_out, CaptureQueriesContext(connection) as asked:
            CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        assert handed_out == [tasks.sweep_words.enqueue]
        assert len(asked) <= 3  # whoever closes it waits for no sweep
        assert self.found() == []
        tasks.sweep_words.call()
        self.assert_gone()
        assert not FileText.objects.exists()

    def test_a_file_moved_into_a_closed_collection(self):
        closed = Collection.get_first_root_node().add_child(name="Kho kín")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        file = self.shown()
        file.collection = closed
        file.save()
        self.assert_gone()

    def test_many_files_moved_at_once_and_a_collection_moved_whole_are_not_waited_for(self):
        root = Collection.get_first_root_node()
        closed, open_one = root.add_child(name="Kho kín"), root.add_child(name="Kho mở")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        file = self.shown(collection=open_one)
        assert self.found()
        listed = {"q": "giếng khoan"}
        assert "Kế hoạch nước sạch" in self.client.get("/van-ban/", listed).content.decode()
        # As Wagtail's own screen moves many: no file is saved, nobody is told.
        PortalDocument.objects.filter(pk=file.pk).update(collection=closed)
        assert self.found() == []
        assert "Kế hoạch nước sạch" not in self.client.get("/van-ban/", listed).content.decode()
        PortalDocument.objects.filter(pk=file.pk).update(collection=open_one)
        assert self.found()
        open_one.refresh_from_db()
        open_one.move(Collection.objects.get(pk=closed.pk), "sorted-child")
        assert self.found() == []
        assert self.found("nước sạch") == ["Kế hoạch nước sạch"]

    def test_words_that_were_dropped_while_they_were_read_do_not_come_back(self):
        file = self.attach(self.a_file(word_file(WORDS)))
        page = type(self.page).objects.get(pk=self.page.pk)
        read = service._answer_for

        def withdrawn(document):
            answer = read(document)
            page.unpublish()
            return answer

        with mock.patch.object(service, "_answer_for", withdrawn):
            assert read_words.call(file.file_hash) == ""
        self.assert_gone()
        assert not FileText.objects.exists()

    def test_words_of_a_file_that_was_closed_while_it_was_read_are_not_kept(self):
        closed = Collection.get_first_root_node().add_child(name="Kho kín")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        file = self.attach(self.a_file(word_file(WORDS)))
        read = service._answer_for

        def moved(document):
            PortalDocument.objects.filter(pk=file.pk).update(collection=closed)
            return read(document)

        with mock.patch.object(service, "_answer_for", moved):
            assert read_words.call(file.file_hash) == ""
        self.assert_gone()
        assert not FileText.objects.exists()

    def test_a_draft_and_a_closed_page_are_never_read(self):
        file = self.a_file(word_file(WORDS))
        self.page.attachments.add(DocumentAttachment(document=file))
        self.page.save_revision()
        assert file_texts_sweep() == []
        PageViewRestriction.objects.create(page=self.index, restriction_type=PageViewRestriction.LOGIN)
        self.page.save_revision().publish()
        assert file_texts_sweep() == []
        assert not FileText.objects.exists()

    def test_a_deleted_file(self):
        file = self.shown()
        self.page.attachments = []
        self.page.save_revision().publish()
        file.delete()
        self.assert_gone()
        assert not FileText.objects.exists()


class TestOrder(FileTextsTest):
    def test_the_rebuild_brings_it_back(self):
        self.shown()
        SearchEntry.objects.all().delete()
        rebuild()
        assert self.found() == ["Kế hoạch nước sạch"]

    def test_faults_are_named_and_the_sweep_heals_them(self):
        file = self.shown()
        assert list(file_text_faults()) == []
        FileText.objects.create(digest="x" * 40, state="read")
        assert ["x" * 40 in line for line in file_text_faults()] == [True]
        with self.assertRaisesRegex(CommandError, "không khớp"):
            call_command("check_integrity", stdout=io.StringIO(), stderr=io.StringIO())
        FileText.objects.all().delete()
        assert file.title in next(file_text_faults())
        assert file_texts_sweep() == [file.file_hash]
        assert list(file_text_faults()) == []
