"""A public file is there for the public while a page that everybody may read shows it, and not a moment longer."""

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction, ReferenceIndex

from cms.core.enums import Role
from cms.media.models import PortalDocument
from cms.official_documents.factories import document as make_page
from cms.official_documents.models import DocumentAttachment, OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from tests.officers import make_officer
from tests.site import build_site


class DocumentsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.file = cls.a_file("mo.pdf")
        cls.page = make_page(cls.index, "1/KH-A")
        cls.editor, cls.handler = make_officer(Role.EDITOR), make_officer(Role.HANDLER)

    @staticmethod
    def a_file(name):
        row = PortalDocument(title="Tệp", file=ContentFile(b"%PDF-1.4 noi dung", name))
        row._set_document_file_metadata()
        row.save()
        return row

    def attach(self, page=None):
        page = page or self.page
        page.attachments.add(DocumentAttachment(document=self.file))
        page.save_revision().publish()
        return page

    def ask(self, user=None, **headers):
        client = Client()
        if user:
            client.force_login(user)
        return client.get(self.file.url, **headers)

    def test_an_uploaded_file_is_nobodys_business_yet(self):
        assert self.ask().status_code == 404
        assert self.ask(self.handler).status_code == 404

    def test_whoever_may_edit_it_sees_it_before(self):
        answer = self.ask(self.editor)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_draft_shows_nothing(self):
        draft = make_page(self.index, "2/KH-A")
        draft.unpublish()
        draft.attachments.add(DocumentAttachment(document=self.file))
        draft.save_revision()
        draft.save()
        ReferenceIndex.create_or_update_for_object(draft)
        assert self.ask().status_code == 404

    def test_a_draft_of_a_live_page_shows_nothing(self):
        self.page.attachments.add(DocumentAttachment(document=self.file))
        self.page.save_revision()
        assert self.ask().status_code == 404

    def test_it_opens_with_its_page_and_closes_with_it(self):
        page = self.attach()
        answer = self.ask()
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == b"%PDF-1.4 noi dung"
        page.unpublish()
        assert self.ask().status_code == 404

    def test_it_closes_when_the_page_goes_out_without_it(self):
        page = self.attach()
        page.attachments.clear()
        page.save_revision().publish()
        assert self.ask().status_code == 404

    def test_a_link_in_the_text_shows_it_too(self):
        text = f'<p><a linktype="document" id="{self.file.pk}">tệp</a></p>'
        page = StandardPage(title="Có tệp", body=[("prose", text)])
        self.home.add_child(instance=page)
        page.save_revision().publish()
        assert self.ask().status_code == 200

    def test_a_page_behind_a_password_shows_it_to_those_who_passed(self):
        page = self.attach()
        closed = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="mo-ra"
        )
        assert self.ask().status_code == 404
        client = Client()
        session = client.session
        session[closed.passed_view_restrictions_session_key] = [closed.pk]
        session.save()
        assert client.get(self.file.url).status_code == 200

    def test_a_page_for_those_who_log_in_shows_it_to_them(self):
        PageViewRestriction.objects.create(page=self.attach(), restriction_type=PageViewRestriction.LOGIN)
        assert self.ask().status_code == 404
        assert self.ask(self.handler).status_code == 200

    def test_one_open_page_among_closed_ones_is_enough(self):
        PageViewRestriction.objects.create(page=self.attach(), restriction_type=PageViewRestriction.LOGIN)
        self.attach(make_page(self.index, "3/KH-A"))
        assert self.ask().status_code == 200

    def test_caches_ask_each_time_and_learn_when_it_is_closed(self):
        page = self.attach()
        first = self.ask()
        assert first.headers["Cache-Control"] == "no-cache"
        assert not first.cookies
        assert "Cookie" not in first.headers.get("Vary", "")
        known = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
        assert self.ask(**known).status_code == 304
        page.unpublish()
        closed = self.ask(**known)
        assert closed.status_code == 404
        assert "no-store" in closed.headers["Cache-Control"]

    def test_the_questions_do_not_grow_with_the_pages(self):
        self.attach()
        few = self.count_of_questions()
        for number in range(10, 40):
            self.attach(make_page(self.index, f"{number}/KH-A"))
        assert self.count_of_questions() == few

    def count_of_questions(self):
        with CaptureQueriesContext(connection) as queries:
            assert self.ask().status_code == 200
        return len(queries)

    def test_only_reading(self):
        assert Client().post(self.file.url).status_code == 405
