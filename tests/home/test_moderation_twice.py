"""Pressing “Duyệt” twice approves once and answers twice."""

from django.urls import reverse

import pytest

from cms.core.enums import Role
from cms.pages.models import StandardPage
from tests.conftest import PASSWORD


@pytest.fixture
def handed_in(site_tree, officer):
    page = StandardPage(title="Thông báo nghỉ lễ", live=False)
    site_tree.add_child(instance=page)
    editor = officer(Role.EDITOR)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return page


def form_of(page):
    return {
        "title": page.title,
        "slug": page.slug,
        "intro": "",
        "body-count": "0",
        "comments": "off",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }


def test_the_second_press_is_told_that_it_is_done(client, handed_in, officer):
    publisher = officer(Role.PUBLISHER)
    client.login(username=publisher.username, password=PASSWORD)
    address = reverse("wagtailadmin_pages:edit", args=[handed_in.pk])
    first = client.post(address, form_of(handed_in))
    handed_in.refresh_from_db()
    assert first.status_code == 302
    assert handed_in.live
    second = client.post(address, form_of(handed_in), follow=True)
    assert second.status_code == 200
    assert "đã xong" in second.content.decode()
