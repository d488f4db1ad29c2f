"""The admin's strict policy lets its own editor work: nothing is refused while an editor adds all there is."""

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

import pytest
from playwright.sync_api import expect

from cms.core.blocks import StoryBlock
from cms.core.enums import Role
from cms.media.models import PortalDocument, PortalImage
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.plans.models import PlanIndexPage
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD
from tests.media.files import pdf, picture

BLOCKS = {name: str(block.label) for name, block in StoryBlock().child_blocks.items()}


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
def edited(editor, paper, faults):
    """The editor's page, in the document's form."""
    faults.allow("a status of 400")  # what is half written is not saved by itself, and the editor is told so
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


def add_block(page, label):
    """Put a block called ``label`` at the end of the document's text; return its place on the page."""
    number = page.locator("[name=body-count]").input_value()
    page.locator("[data-contentpath=body] .c-sf-add-button:visible").last.click()
    page.locator("[role=option]:visible").get_by_text(label, exact=True).click()
    block = page.locator(f"[data-streamfield-child]:has(> [name=body-{number}-type])")
    expect(block).to_be_visible()
    return block


def test_children_of_inline_panels(edited):
    for name in ("attachments", "bases", "announced"):
        edited.locator(f"#id_{name}-ADD").click()
        expect(edited.locator(f"[id=inline_child_{name}-0]")).to_be_visible()


def test_a_day_is_picked(edited, paper):
    edited.locator("[name=effective_on]").click()
    calendar = edited.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").first.click()
    expect(edited.locator("[name=effective_on]")).to_have_value(
        timezone.localdate().replace(day=1).strftime("%d/%m/%Y")
    )


def test_a_day_that_does_not_exist_stays_as_typed_and_is_refused(edited):
    day = edited.locator("[name=effective_on]")
    day.click()
    day.fill("32/13/2026")
    day.press("Tab")
    edited.locator("[name=signer]").click()
    expect(day).to_have_value("32/13/2026")
    edited.locator("footer .action-save").first.click()
    expect(edited.locator("[data-field]:has([name=effective_on]) .error-message")).to_be_visible()
    expect(day).to_have_value("32/13/2026")
    assert edited.locator(".xdsoft_save_selected").count() == 0


def test_the_first_tab_makes_a_document_and_a_plan(editor, paper, faults):
    faults.allow("a status of 400")  # what is half written is not saved by itself, and the editor is told so
    for kind, index in (("officialdocumentpage", OfficialDocumentIndexPage), ("planpage", PlanIndexPage)):
        go(editor, reverse("wagtailadmin_pages:add", args=[index._meta.app_label, kind, index.objects.get().pk]))
        editor.locator("[data-edit-form]").wait_for()
        editor.locator("[name=title]").fill("Trích yếu")
        editor.locator("[name=number]").fill("40/KH-SGDĐT")
        if kind == "officialdocumentpage":
            editor.locator("[name=issuer]").select_option(str(paper.issuer_id))
        editor.locator("[name=issued_on]").fill("05/01/2026")
        editor.locator("footer .action-save").first.click()
        editor.locator(".messages .success").wait_for()
        made = index.objects.get().get_children().get(slug="40-kh-sgddt-2026")
        assert not made.live


def test_a_page_is_chosen(edited, paper):
    edited.locator("#id_relations-ADD").click()
    chooser = edited.locator("#id_relations-0-cited_page-chooser")
    choose(edited, chooser.locator("[data-chooser-action-choose]:visible").first, "Kế hoạch thay thế")
    expect(chooser.locator("[data-chooser-title]")).to_contain_text("Kế hoạch thay thế")


def test_every_kind_of_block(edited):
    for label in BLOCKS.values():
        add_block(edited, label)


def test_words_a_picture_and_a_file_are_kept(edited, paper):
    words = add_block(edited, BLOCKS["prose"]).get_by_role("textbox").first
    words.click()
    edited.keyboard.press("Control+b")
    edited.keyboard.type("Toàn văn ở dưới.")
    shot = add_block(edited, BLOCKS["picture"])
    choose(edited, shot.locator("[data-chooser-action-choose]:visible").first, "Sân trường")
    shot.get_by_label("Mô tả cho người không xem được ảnh").fill("Sân trường buổi sáng")
    file = add_block(edited, BLOCKS["download"])
    choose(edited, file.locator("[data-chooser-action-choose]:visible").first, "Biểu mẫu")
    edited.locator("footer .action-save").first.click()
    edited.locator(".messages .success").wait_for()
    paper.refresh_from_db()
    body = paper.get_latest_revision_as_object().body
    assert [child.block_type for child in body] == ["prose", "picture", "download"]
    assert "<b>Toàn văn ở dưới.</b>" in str(body[0].value)
    assert body[1].value["image"].title == "Sân trường"
