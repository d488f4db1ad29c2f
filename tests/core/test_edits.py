"""Two requests that write one page wait for one another, and an autosave decides nothing."""

import threading
import time

from django.test import Client
from django.urls import reverse

from wagtail import hooks
from wagtail.models import Page, TaskState
from wagtail.signals import page_published

import pytest

from cms.core.enums import Role
from cms.home.models import HomePage
from cms.pages.models import StandardPage
from tests.conftest import PASSWORD
from tests.parallel import together

AUTOSAVE = {"headers": {"accept": "application/json"}}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
EMPTY = {
    "intro": "",
    "body-count": "0",
    "comments": "off",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


def handed_in(author):
    page = StandardPage(title="Thông báo nghỉ lễ", live=False)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page


def signed_in(user):
    client = Client()
    client.login(username=user.username, password=PASSWORD)
    return client


def press(client, page, **options):
    form = EMPTY | {"title": page.title, "slug": page.slug} | APPROVE
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, **options)


@pytest.fixture
def slow_publication():
    """Publishing takes a moment; the event says that one has begun."""
    begun = threading.Event()

    def dawdle(**_rest):
        begun.set()
        time.sleep(1.5)

    page_published.connect(dawdle, StandardPage)
    yield begun
    page_published.disconnect(dawdle, StandardPage)


@pytest.mark.django_db(transaction=True)
def test_a_second_press_during_the_first_leaves_the_page_published(site_tree, officer, slow_publication):
    publisher = officer(Role.PUBLISHER)
    page = handed_in(officer(Role.EDITOR))
    first, second = signed_in(publisher), signed_in(publisher)
    # Both have read the page before either writes it, unless one waits for the other.
    with hooks.register_temporarily("before_edit_page", lambda *_given: time.sleep(0.7)):
        answers = together(lambda: press(first, page).status_code, lambda: press(second, page).status_code)
    assert answers == [302, 302]
    stored = Page.objects.get(pk=page.pk)
    assert stored.live
    assert stored.first_published_at
    assert stored.live_revision_id == stored.latest_revision_id
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 1
    assert slow_publication.is_set()


@pytest.mark.django_db
@pytest.mark.parametrize("button", [APPROVE, {"action-publish": "1"}, {"action-submit": "1"}])
def test_an_autosave_that_carries_a_button_is_refused_in_words(client, site_tree, officer, button):
    publisher = officer(Role.PUBLISHER)
    page = handed_in(officer(Role.EDITOR))
    client.login(username=publisher.username, password=PASSWORD)
    form = EMPTY | {"title": "Đổi tiêu đề", "slug": page.slug} | button
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, **AUTOSAVE)
    assert answer.status_code == 409
    assert answer.json()["success"] is False
    assert "không tự lưu" in answer.json()["error_message"]
    assert not Page.objects.get(pk=page.pk).live
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Thông báo nghỉ lễ"


@pytest.mark.django_db
def test_an_autosave_of_words_is_kept(client, site_tree, officer):
    editor = officer(Role.EDITOR)
    page = StandardPage(title="Đang viết", live=False)
    site_tree.add_child(instance=page)
    client.login(username=editor.username, password=PASSWORD)
    form = EMPTY | {"title": "Đang viết tiếp", "slug": page.slug}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, **AUTOSAVE)
    assert answer.json()["success"] is True, answer.json()
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Đang viết tiếp"


@pytest.mark.django_db
def test_a_form_without_its_fields_is_still_a_bad_request(client, site_tree, officer):
    client.raise_request_exception = False
    editor = officer(Role.EDITOR)
    page = StandardPage(title="Thiếu ô", live=False)
    site_tree.add_child(instance=page)
    client.login(username=editor.username, password=PASSWORD)
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Thiếu ô"})
    assert answer.status_code < 500
