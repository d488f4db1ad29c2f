"""Many pages published at once: each is stored before the next begins, and one that is wrong stops no other."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Page
from wagtail.signals import page_published

import pytest

from cms.core import bulk_publish
from cms.core.enums import Role
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from tests.conftest import PASSWORD
from tests.parallel import together


def drafts(home, count):
    made = []
    for number in range(count):
        page = StandardPage(title=f"Trang nháp {number}", live=False)
        home.add_child(instance=page)
        page.save_revision()
        made.append(page)
    return made


def publish_all(client, pages, **data):
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?next=/quan-tri/&{query}", data, follow=True)


def enter(client, officer, role):
    client.login(username=officer(role).username, password=PASSWORD)
    return client


@pytest.mark.django_db(transaction=True)
def test_a_page_is_stored_before_the_next_begins(client, site_tree, officer):
    pages, seen = drafts(site_tree, 3), []

    def look(**_rest):
        seen.extend(together(lambda: Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count()))

    enter(client, officer, Role.PUBLISHER)
    page_published.connect(look, StandardPage)
    try:
        publish_all(client, pages)
    finally:
        page_published.disconnect(look, StandardPage)
    assert seen == [0, 1, 2]


@pytest.mark.django_db
def test_drafts_below_go_along_when_asked_for(client, site_tree, officer):
    [above] = drafts(site_tree, 1)
    drafts(above, 2)
    enter(client, officer, Role.PUBLISHER)
    publish_all(client, [above])
    assert above.get_descendants().live().count() == 0
    publish_all(client, [above], include_descendants="on")
    assert above.get_descendants().live().count() == 2


@pytest.mark.django_db
def test_a_page_that_cannot_be_published_is_named_and_stops_no_other(client, site_tree, officer):
    wrong, right = drafts(site_tree, 2)
    wrong.title = ""
    wrong.save_revision(clean=False)
    enter(client, officer, Role.PUBLISHER)
    told = publish_all(client, [wrong, right]).content.decode()
    assert "1 trang chưa đăng được" in told
    assert "Trang nháp 0" in told
    assert not Page.objects.get(pk=wrong.pk).live
    assert Page.objects.get(pk=right.pk).live


@pytest.mark.django_db
def test_more_pages_than_one_request_publishes_are_refused_in_words(client, site_tree, officer, monkeypatch):
    monkeypatch.setattr(bulk_publish, "MOST_PAGES", 2)
    [above] = drafts(site_tree, 1)
    pages = [above, *drafts(above, 2)]
    enter(client, officer, Role.PUBLISHER)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for told in (
        publish_all(client, pages),
        publish_all(client, [above], include_descendants="on"),
        client.post(f"{address}?next=/quan-tri/&id=all&childOf={site_tree.pk}", follow=True),
        client.get(f"{address}?next=/quan-tri/&id=all&childOf={site_tree.pk}", follow=True),
    ):
        assert "nhiều nhất 2 trang" in told.content.decode()
    assert not Page.objects.filter(pk__in=[page.pk for page in pages], live=True).exists()
    publish_all(client, pages[:2])
    assert Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count() == 2


@pytest.mark.django_db
def test_a_page_that_somebody_changed_meanwhile_is_not_published_unread(client, site_tree, officer):
    first, second = drafts(site_tree, 2)

    def change(**_rest):
        page = Page.objects.get(pk=second.pk).specific
        page.title = "Chưa ai đọc"
        page.save_revision()

    enter(client, officer, Role.PUBLISHER)
    page_published.connect(change, StandardPage)
    try:
        told = publish_all(client, [first, second]).content.decode()
    finally:
        page_published.disconnect(change, StandardPage)
    assert Page.objects.get(pk=first.pk).live
    assert not Page.objects.get(pk=second.pk).live
    assert "1 trang vừa có người sửa" in told


@pytest.mark.django_db
def test_a_page_that_went_meanwhile_stops_no_other(client, site_tree, officer):
    first, gone, last = drafts(site_tree, 3)
    enter(client, officer, Role.PUBLISHER)

    def remove(instance, **_rest):
        if instance.pk == first.pk:
            Page.objects.get(pk=gone.pk).delete()

    page_published.connect(remove, StandardPage)
    try:
        told = publish_all(client, [first, gone, last]).content.decode()
    finally:
        page_published.disconnect(remove, StandardPage)
    assert "1 trang vừa có người sửa hoặc xóa" in told
    assert Page.objects.get(pk=last.pk).live


@pytest.mark.django_db
def test_publishing_a_document_costs_the_same_however_many_there_are(site_tree):
    index = OfficialDocumentIndexPage.objects.get()
    first = statements_of_publishing(document(index, number="1/KH-SGDĐT", title="Kế hoạch một"))
    for number in range(2, 8):
        document(index, number=f"{number}/KH-SGDĐT", title=f"Kế hoạch số {number}")
    last = statements_of_publishing(document(index, number="9/KH-SGDĐT", title="Kế hoạch chín"))
    assert last <= first
    assert last <= 90


def statements_of_publishing(page):
    page.unpublish()
    revision = page.save_revision()
    with CaptureQueriesContext(connection) as asked:
        revision.publish()
    return len(asked)


@pytest.mark.django_db
def test_who_may_not_publish_publishes_nothing(client, site_tree, officer):
    [page] = drafts(site_tree, 1)
    enter(client, officer, Role.EDITOR)
    publish_all(client, [page])
    assert not Page.objects.get(pk=page.pk).live
