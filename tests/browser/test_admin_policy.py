"""The admin's strict policy lets its own editor work: nothing is refused while an editor adds all there is."""

from datetime import date

from django.core.files.base import ContentFile
from django.urls import reverse

import pytest
from playwright.sync_api import expect

from cms.core.enums import Role
from cms.media.models import PortalDocument, PortalImage
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD
from tests.media.files import pdf, picture

BLOCKS = ("heading", "quotation", "callout", "accordion", "data_table", "link_cards")


@pytest.fixture
def editor(site_tree, officer, log_in):
    """The page of an editor who has pictures, files and two documents at hand."""
    officer(Role.EDITOR, username="bientap")
    PortalImage.objects.create(title="Sân trường", file=ContentFile(picture("PNG"), "san.png"))
    PortalDocument.objects.create(title="Biểu mẫu", file=ContentFile(pdf(), "mau.pdf"))
    return log_in("bientap", PASSWORD)


@pytest.fixture
def paper(site_tree):
    """A document to edit, and another that may replace it."""
    index = OfficialDocumentIndexPage.objects.get()
    document(index, number="12/KH-SGDĐT", title="Kế hoạch thay thế")
    return document(index, number="11/KH-SGDĐT", title="Kế hoạch đang sửa")


@pytest.fixture
def edited(editor, paper):
    """The editor's page, in the document's form."""
    go(editor, reverse("wagtailadmin_pages:edit", args=[paper.pk]))
    editor.locator("[data-edit-form]").wait_for()
    yield editor
    assert editor.evaluate("() => window.__violations") == []


def choose(page, button, title) -> None:
    """Press ``button`` and take ``title`` from the chooser that opens."""
    button.click()
    modal = page.locator(".modal.in, .modal-dialog").last
    modal.get_by_role("link", name=title).first.click()
    expect(page.locator(".modal-dialog")).to_have_count(0)


def add_block(page, kind) -> None:
    """Put a block of ``kind`` at the end of the document's text."""
    page.locator("[data-contentpath=body] [data-streamfield-stream-container] button[title]").last.click()
    page.locator(f'[role=option]:has-text("{kind}")').first.click()


def test_children_of_inline_panels(edited):
    for name in ("attachments", "bases"):
        edited.locator(f"#id_{name}-ADD").click()
        expect(edited.locator(f"[id=inline_child_{name}-0]")).to_be_visible()


def test_a_day_is_picked(edited, paper):
    edited.locator("[name=effective_on]").click()
    calendar = edited.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").first.click()
    expect(edited.locator("[name=effective_on]")).to_have_value(date.today().replace(day=1).strftime("%d/%m/%Y"))


def test_a_page_is_chosen(edited, paper):
    choose(
        edited,
        edited.locator("#id_replaced_by-chooser [data-chooser-action-choose]:visible").first,
        "Kế hoạch thay thế",
    )
    expect(edited.locator("#id_replaced_by-chooser [data-chooser-title]")).to_contain_text("Kế hoạch thay thế")
