"""A decision that takes the server a while is sent once, and holds."""

import time

from django.urls import reverse

from wagtail.models import Page, TaskState
from wagtail.signals import page_published

import pytest

from cms.core.enums import Role
from cms.home.models import HomePage
from cms.pages.models import StandardPage
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD

APPROVE = "[data-workflow-action-name=approve]"
MENU = "footer [data-w-dropdown-target=toggle]"


@pytest.fixture
def slow():
    """Publishing takes longer than autosave waits."""

    def dawdle(**_rest):
        time.sleep(2.5)

    page_published.connect(dawdle, StandardPage)
    yield
    page_published.disconnect(dawdle, StandardPage)


@pytest.fixture
def waiting(site_tree, officer):
    editor = officer(Role.EDITOR)
    page = StandardPage(title="Thông báo nghỉ lễ", live=False)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return page


def ready(page) -> None:
    """Wait until Wagtail has looked at what the form holds; what happens before that is no edit to it."""
    page.locator("[data-edit-form]").wait_for()
    page.wait_for_timeout(2000)


def sent(page) -> list[str]:
    """Return a list that fills with the addresses of forms that the editor sends."""
    posts = []
    page.on("request", lambda asked: asked.method == "POST" and "/edit/" in asked.url and posts.append(asked.url))
    return posts


def test_approval_is_sent_once_and_the_page_stays_published(waiting, officer, log_in, slow):
    officer(Role.PUBLISHER, username="duyet")
    page = log_in("duyet", PASSWORD)
    go(page, reverse("wagtailadmin_pages:edit", args=[waiting.pk]))
    ready(page)
    posts = sent(page)
    button = page.locator(f"footer {APPROVE}").first
    if not button.is_visible():
        page.locator(MENU).first.click()
    with page.expect_navigation(wait_until="load"):
        button.click(no_wait_after=True)
    page.wait_for_timeout(1500)
    assert [each for each in posts if "/preview/" not in each] == [posts[0]]
    stored = Page.objects.get(pk=waiting.pk)
    assert stored.live
    assert stored.live_revision_id
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 1


def test_words_are_still_saved_while_they_are_written(waiting, officer, log_in):
    officer(Role.PUBLISHER, username="duyet")
    page = log_in("duyet", PASSWORD)
    go(page, reverse("wagtailadmin_pages:edit", args=[waiting.pk]))
    ready(page)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
    ) as saved:
        page.locator("[name=title]").press_sequentially(", bản sửa")
    assert saved.value.json()["success"] is True, saved.value.text()
    assert "bản sửa" in Page.objects.get(pk=waiting.pk).get_latest_revision_as_object().title
