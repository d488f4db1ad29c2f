"""A file that is replaced keeps its address, says so, and is kept."""

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.media.models import PortalDocument
from cms.official_documents.factories import document
from cms.official_documents.models import (
    AttachmentVersion,
    DocumentAttachment,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
)
from tests.officers import make_officer
from tests.site import build_site


def stored(name, content=b"%PDF-1.7 mot"):
    row = PortalDocument(title=name, file=ContentFile(content, name))
    row._set_document_file_metadata()
    row.save()
    return row


def attach(page, *files):
    page.attachments = [DocumentAttachment(document=file, label=file.title) for file in files]
    page.save_revision().publish()


class FilesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.first, cls.second, cls.other = stored("mot.pdf"), stored("hai.pdf", b"%PDF-1.7 hai"), stored("phu-luc.pdf")

    def setUp(self):
        self.page = document(OfficialDocumentIndexPage.objects.get(), "5/QĐ-SGDĐT")
        attach(self.page, self.first, self.other)
        self.address = f"{self.page.url}tep/1/"

    def fresh(self):
        return OfficialDocumentPage.objects.get(pk=self.page.pk)

    def replace(self, *, publish=True):
        page = self.fresh()
        row = page.attachments.order_by("sort_order").first()
        row.document = self.second
        page.attachments.add(row)
        revision = page.save_revision()
        if publish:
            revision.publish()

    def read(self, address):
        return b"".join(self.client.get(address, follow=True).streaming_content)

    def test_type_and_size_are_told(self):
        page = self.client.get(self.page.url).content.decode()
        assert "PDF, 12 byte" in page
        assert f'href="{self.address}"' in page
        assert "bản thay" not in page

    def test_the_address_leads_to_the_newest_file_and_the_page_says_when(self):
        assert self.read(self.address) == b"%PDF-1.7 mot"
        self.replace()
        assert self.read(self.address) == b"%PDF-1.7 hai"
        page = self.client.get(self.page.url).content.decode()
        assert "bản thay ngày" in page
        assert "(lần 2)" in page
        assert page.count("bản thay ngày") == 1
        history = AttachmentVersion.objects.history(self.page).filter(place=1)
        assert [(row.version, row.document.title) for row in history] == [(2, "hai.pdf"), (1, "mot.pdf")]
        assert LedgerEvent.objects.filter(verb="documents.file_replaced").count() == 1

    def test_a_draft_replaces_nothing(self):
        self.replace(publish=False)
        assert self.read(self.address) == b"%PDF-1.7 mot"

    def test_publishing_again_makes_no_version(self):
        for _turn in range(2):
            self.fresh().save_revision().publish()
        assert AttachmentVersion.objects.count() == 2

    def test_an_old_address_of_the_file_leads_to_the_new_one_but_officers_see_the_old(self):
        self.replace()
        response = self.client.get(self.first.url)
        assert (response.status_code, response.url) == (302, self.address)
        self.client.force_login(make_officer(Role.EDITOR))
        assert self.read(self.first.url) == b"%PDF-1.7 mot"

    def test_an_old_address_of_the_file_does_not_tell_of_a_closed_document(self):
        self.replace()
        closed = self.page.view_restrictions.create(restriction_type="login")
        answer = self.client.get(self.first.url)
        assert answer.status_code == 404
        assert self.page.slug not in answer.content.decode()
        closed.delete()
        assert self.client.get(self.first.url).url == self.address
        self.fresh().unpublish()
        assert self.client.get(self.first.url).status_code == 404

    def test_a_file_that_another_document_still_shows_is_given_as_it_is(self):
        attach(document(OfficialDocumentIndexPage.objects.get(), "6/QĐ-SGDĐT"), self.first)
        self.replace()
        assert self.read(self.first.url) == b"%PDF-1.7 mot"

    def test_a_file_taken_away_is_gone_and_its_number_is_not_given_again(self):
        page = self.fresh()
        page.attachments = list(page.attachments.order_by("sort_order"))[1:]
        page.save_revision().publish()
        assert self.client.get(self.address).status_code == 404
        attach_more = self.fresh()
        attach_more.attachments.add(DocumentAttachment(document=self.second, label="Mới"))
        attach_more.save_revision().publish()
        assert self.client.get(self.address).status_code == 404
        assert self.read(f"{self.page.url}tep/3/") == b"%PDF-1.7 hai"
        for tail in ("tep/0/", "tep/99/", "tep/x/", "tep/"):
            assert self.client.get(self.page.url + tail).status_code == 404, tail

    def test_a_page_behind_a_log_in_keeps_the_address_of_its_files(self):
        self.page.view_restrictions.create(restriction_type="login")
        assert "/login/" in self.client.get(self.address).url

    def test_a_published_file_is_not_swapped_in_the_library(self):
        self.client.force_login(make_officer(Role.PUBLISHER))
        edit = reverse("wagtaildocs:edit", args=[self.first.pk])
        form = {"title": "mot.pdf", "collection": self.first.collection_id, "tags": ""}
        refused = self.client.post(edit, form | {"file": ContentFile(b"%PDF-1.7 ba", "ba.pdf")})
        assert "đang đăng ở văn bản 5/QĐ-SGDĐT" in refused.content.decode()
        assert self.read(self.address) == b"%PDF-1.7 mot"
        assert self.client.post(edit, form | {"title": "Tên khác"}).status_code == 302
        free = reverse("wagtaildocs:edit", args=[stored("rieng.pdf").pk])
        assert self.client.post(free, form | {"file": ContentFile(b"%PDF-1.7 ba", "ba.pdf")}).status_code == 302

    def test_questions_do_not_grow_with_files(self):
        self.client.get(self.page.url)
        many = document(OfficialDocumentIndexPage.objects.get(), "7/QĐ-SGDĐT")
        attach(many, *[stored(f"{number}.pdf") for number in range(30)])
        assert self.asked(many) == self.asked(self.page)

    def asked(self, page):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(page.url).status_code == 200
        return len(queries)
