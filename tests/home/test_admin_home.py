"""The admin's first page: what concerns this person, and nothing of others."""

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.core.enums import Role
from cms.pages.models import StandardPage
from feedback import factories
from tests.feedback.conftest import make_desk
from tests.officers import make_officer
from tests.site import build_site


class AdminHomeTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.desk, cls.other = make_desk("truong-a", "Trường A"), make_desk("truong-b", "Trường B")
        cls.editor = make_officer(Role.EDITOR)

    def look(self, user):
        client = Client()
        client.force_login(user)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    def a_draft(self, title="Bản đang soạn dở"):
        page = StandardPage(title=title, live=False, owner=self.editor)
        self.home.add_child(instance=page)
        page.save_revision(user=self.editor)
        return page

    def test_leaders_of_other_units_see_nothing_of_a_copy_that_waits(self):
        copy = factories.public_draft(self.desk)
        copy.get_workflow().start(copy, self.desk.officer)
        assert copy.reference in self.look(self.desk.leader)
        assert copy.reference not in self.look(self.other.leader)

    def test_whoever_handed_in_and_went_to_another_unit_sees_nothing_of_it(self):
        copy = factories.public_draft(self.desk)
        copy.get_workflow().start(copy, self.desk.officer)
        assert copy.reference in self.look(self.desk.officer)
        self.desk.officer.memberships.update(unit=self.other.unit)
        assert copy.reference not in self.look(self.desk.officer)

    def test_an_editor_finds_what_to_begin_and_what_is_unfinished(self):
        page = self.a_draft()
        shown = self.look(self.editor)
        for words in ("Viết tin mới", "Thêm văn bản", "Thêm kế hoạch", "Nhập văn bản từ tệp", page.title):
            assert words in shown
        for address in set(self.beginnings(shown)):
            client = Client()
            client.force_login(self.editor)
            assert client.get(address).status_code == 200, address

    @staticmethod
    def beginnings(shown):
        return [part.partition('"')[0] for part in shown.split('href="') if "/pages/add/" in part.partition('"')[0]]

    def test_what_waits_for_approval_is_no_unfinished_draft(self):
        page = self.a_draft()
        page.get_workflow().start(page, self.editor)
        assert "Không có bản nháp nào đang dở" in self.look(self.editor)

    def test_clerks_get_neither_the_editors_panel_nor_a_search_of_pages(self):
        shown = self.look(self.desk.clerk)
        assert "Viết tin mới" not in shown
        assert "Tìm trong mọi trang" not in shown
        assert 'role="search"' not in shown
        assert 'role="search"' in self.look(self.editor)

    def test_no_way_leads_to_english_help(self):
        shown = self.look(self.editor)
        assert "guide.wagtail.org" not in shown
        assert "whats-new-in-wagtail" not in shown

    def test_public_copies_stand_in_one_menu(self):
        assert reverse("wagtailsnippets:index") not in self.look(self.desk.leader)

    def test_the_questions_do_not_grow_with_the_drafts(self):
        self.a_draft("Một")
        self.look(self.editor)
        counts = []
        for _turn in range(2):
            with CaptureQueriesContext(connection) as queries:
                self.look(self.editor)
            counts.append(len(queries))
            for number in range(8):
                self.a_draft(f"Bản {number}")
        assert counts[0] == counts[1]
