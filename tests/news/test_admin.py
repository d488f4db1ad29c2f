"""News in the admin: the catalogue of categories, the flat list, and who may not."""

from datetime import date

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.test import TestCase

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, PageReading
from cms.news.factories import news
from cms.news.models import NewsCategory, NewsIndexPage, NewsPage
from cms.news.services import FIRST_CATEGORIES, categories_seed, category_delete, category_save
from tests.officers import make_officer
from tests.site import build_site

CATALOGUE = "/quan-tri/chuyen-muc-tin/"
LIST = "/quan-tri/danh-sach-tin/"


class NewsAdminTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = NewsIndexPage.objects.get()
        cls.editor, cls.handler = make_officer(Role.EDITOR), make_officer(Role.HANDLER)

    def setUp(self):
        self.client.force_login(self.editor)


class CategoryTest(NewsAdminTest):
    def test_the_first_set_is_there_and_editors_changes_stay(self):
        assert [category.name for category in NewsCategory.objects.in_order()] == [name for name, _ in FIRST_CATEGORIES]
        NewsCategory.objects.all()[0].delete()
        categories_seed()
        assert NewsCategory.objects.count() == len(FIRST_CATEGORIES) - 1

    def test_an_editor_adds_one_and_its_address_outlives_a_new_name(self):
        self.client.post(f"{CATALOGUE}new/", {"name": "  Gương người tốt ", "intro": "", "order": "50"})
        made = NewsCategory.objects.get(slug="guong-nguoi-tot")
        assert made.name == "Gương người tốt"
        self.client.post(f"{CATALOGUE}edit/{made.pk}/", {"name": "Người tốt, việc tốt", "intro": "", "order": "50"})
        made.refresh_from_db()
        assert (made.name, made.slug) == ("Người tốt, việc tốt", "guong-nguoi-tot")
        assert LedgerEvent.objects.filter(verb="newscategory.saved").count() == 2

    def test_a_name_that_differs_in_marks_alone_is_refused_beside_the_field(self):
        answer = self.client.post(f"{CATALOGUE}new/", {"name": "Tập huấn hội nghị", "intro": "", "order": "1"})
        assert answer.status_code == 200
        assert "chỉ khác dấu" in answer.content.decode()
        assert NewsCategory.objects.count() == len(FIRST_CATEGORIES)

    def test_an_empty_one_goes_and_one_in_use_stays(self):
        unused, used = NewsCategory.objects.in_order()[:2]
        news(self.index, category=used, published_on=date(2026, 1, 1)).unpublish()
        for category in (unused, used):
            answer = self.client.post(f"{CATALOGUE}delete/{category.pk}/")
            assert answer.status_code == 302
        assert not NewsCategory.objects.filter(pk=unused.pk).exists()
        assert NewsCategory.objects.filter(pk=used.pk).exists()
        assert any("còn nơi đang dùng" in str(message) for message in get_messages(answer.wsgi_request))

    def test_a_draft_of_before_opens_after_its_category_is_gone(self):
        category = NewsCategory.objects.in_order()[0]
        page = news(self.index, category=category)
        page.category = None
        page.save_revision().publish()
        category.delete()
        revision = page.revisions.order_by("pk")[0]
        assert self.client.get(f"/quan-tri/pages/{page.pk}/revisions/{revision.pk}/revert/").status_code == 200

    def test_others_may_not(self):
        category = NewsCategory.objects.in_order()[0]
        with pytest.raises(PermissionDenied):
            category_save(category=category, name="x", intro="", order=1, actor=self.handler)
        with pytest.raises(PermissionDenied):
            category_delete(category=category, actor=self.handler)
        news(self.index, category=category)
        with pytest.raises(ProtectedError):
            category_delete(category=category, actor=self.editor)
        self.client.force_login(self.handler)
        assert self.client.get(CATALOGUE).status_code == 302


class ListTest(NewsAdminTest):
    def shown(self, query=""):
        answer = self.client.get(f"{LIST}{query}")
        assert answer.status_code == 200
        return [page.title for page in answer.context["object_list"]]

    def test_news_are_found_by_words_category_and_readings(self):
        old = news(self.index, "Trường học không giấy", category="cai-cach-hanh-chinh", published_on=date(2025, 1, 1))
        new = news(self.index, "Tập huấn", category="tap-huan-hoi-nghi", published_on=date(2026, 1, 1))
        PageReading.objects.create(page_id=old.pk, day=date(2026, 1, 1), count=12)
        assert self.shown() == ["Tập huấn", "Trường học không giấy"]
        assert self.shown("?ordering=-read") == ["Trường học không giấy", "Tập huấn"]
        assert self.shown("?q=truong+hoc") == ["Trường học không giấy"]
        assert self.shown(f"?category={new.category_id}") == ["Tập huấn"]
        assert ">12<" in self.client.get(LIST).content.decode().replace(" ", "").replace("\n", "")

    def test_the_empty_list_opens(self):
        assert self.shown() == []

    def test_a_change_is_undone_by_an_older_revision(self):
        page = news(self.index, "Bản đúng")
        first = page.latest_revision
        page.title = "Bản sai"
        page.save_revision().publish()
        first.publish()
        assert NewsPage.objects.get(pk=page.pk).title == "Bản đúng"
