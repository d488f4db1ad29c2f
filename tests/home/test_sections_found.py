"""The pages that lists stand on are found by their names; what is for officers only never is."""

from django.db.models import Q

from wagtail.models import Page

import pytest

from cms.core.search import search
from cms.core.text import fold
from cms.internal.models import InternalNoticeIndexPage
from cms.pages.models import StandardPage
from feedback import factories
from feedback.models import FeedbackIndexPage
from tests.feedback.conftest import make_desk

pytestmark = pytest.mark.django_db
LISTS = Q(content_type__model__endswith="indexpage") & ~Q(content_type__app_label="internal")


def test_the_page_of_feedback_is_the_first_for_its_own_name(site_tree):
    desk = make_desk("truong-a", "Trường Tiểu học Mẫu A")
    case = {"title": "Phản ánh, kiến nghị về bữa ăn", "body": "Tôi phản ánh, kiến nghị về bữa ăn bán trú."}
    factories.public_draft(desk, **case).save_revision().publish()
    for typed in ("phan anh kien nghi", "Phản ánh, kiến nghị", "PHẢN ÁNH - KIẾN NGHỊ"):
        first = search(typed).hits[0]
        assert (first.url, first.kind_label) == (FeedbackIndexPage.objects.get().url, "Chuyên mục"), typed


def test_every_list_is_the_first_for_its_own_name(site_tree):
    for page in Page.objects.live().filter(LISTS):
        other = StandardPage(title=f"{page.title} {page.title}: {page.title}", intro=f"{page.title}. " * 5)
        site_tree.add_child(instance=other)
        other.save_revision().publish()
        for typed in (page.title, fold(page.title)):
            assert search(typed).hits[0].url == page.url, typed


def test_a_name_typed_with_marks_is_that_name(site_tree):
    for title in ("Hướng dẫn tuyển sinh đầu cấp", "Hướng dẫn tuyến sinh đầu cấp"):
        page = StandardPage(title=title)
        site_tree.add_child(instance=page)
        page.save_revision().publish()
        assert search(title).hits[0].plain_title == title
    assert search("Hướng dẫn tuyển sinh đầu cấp").hits[0].plain_title == "Hướng dẫn tuyển sinh đầu cấp"


def test_every_list_of_the_portal_is_found_by_its_title(site_tree):
    lists = Page.objects.live().filter(LISTS)
    assert lists.count() >= 7
    lost = [page.title for page in lists if page.url not in {hit.url for hit in search(page.title, size=100).hits}]
    assert lost == []


def test_a_list_that_goes_dark_is_lost(site_tree):
    page = FeedbackIndexPage.objects.get()
    page.unpublish()
    assert page.url not in {hit.url for hit in search("phan anh kien nghi").hits}


def test_internal_notices_are_found_by_nobody(site_tree):
    page = InternalNoticeIndexPage.objects.first()
    if page is None:
        page = InternalNoticeIndexPage(title="Thông báo nội bộ", slug="thong-bao-noi-bo")
        site_tree.add_child(instance=page)
    page.save_revision().publish()
    assert page.url not in {hit.url for hit in search(page.title, size=100).hits}
