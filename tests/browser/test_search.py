"""The search without a mouse and without scripts; suggestions as the ARIA Authoring Practices ask; filters in place."""

from datetime import date

from django.core.files.base import ContentFile
from django.urls import reverse

from wagtail.models import Page

import pytest
from playwright.sync_api import expect

from cms.core.enums import Role
from cms.home.models import SearchPromotion
from cms.media.models import PortalDocument
from cms.media.services import file_text_read
from cms.official_documents.factories import document
from cms.official_documents.models import DocumentAttachment, OfficialDocumentIndexPage
from tests.browser.pages.screen import go
from tests.browser.pages.search_states import box, type_in
from tests.browser.test_admin_policy import choose
from tests.browser.test_form import tab_to
from tests.conftest import PASSWORD
from tests.media.files import word_file


@pytest.fixture
def papers(site_tree):
    index = OfficialDocumentIndexPage.objects.get()
    first = document(index, "1/KH-A", title="Kế hoạch nước sạch")
    document(index, "2/KH-A", title="Kế hoạch trồng cây", issued_on=date(2023, 2, 1))
    file = PortalDocument(title="Phụ lục", file=ContentFile(word_file("Giếng khoan được kiểm nghiệm."), "p.docx"))
    file._set_document_file_metadata()
    file.save()
    first.attachments.add(DocumentAttachment(document=file))
    first.save_revision().publish()
    file_text_read(digest=file.file_hash)
    return first


def test_suggestions_by_keyboard(papers, open_page):
    page = open_page(width=360)
    go(page, "/tim-kiem/")
    tab_to(page, box(page))
    type_in(page, "ke hoa")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(box(page)).to_have_role("combobox")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", None), ("ArrowUp", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(page.get_by_role("option", selected=True)).to_have_count(0 if place is None else 1)
        if place is not None:
            chosen = options.nth(place)
            expect(chosen).to_have_attribute("aria-selected", "true")
            assert box(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("ke hoa")  # choosing is not typing
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    name = page.get_by_role("option", selected=True).locator(".suggest__text").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(" ", 1)[1])


def test_what_was_typed_is_searched_as_before(papers, open_page):
    page = open_page()
    go(page, "/tim-kiem/")
    tab_to(page, box(page))
    type_in(page, "ke hoach nuoc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator("#ket-qua")).to_contain_text("1 kết quả")


def test_a_finger_chooses_and_leaving_shuts(papers, open_page):
    page = open_page(width=360)
    go(page, "/tim-kiem/")
    box(page).click()
    type_in(page, "trong cay")
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("listbox")).to_have_count(0)
    box(page).click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/van-ban/**")


@pytest.mark.parametrize("javascript", [True, False])
def test_filters_by_keyboard(papers, open_page, javascript):
    page = open_page(javascript=javascript)
    go(page, "/tim-kiem/?q=ke+hoach")
    if javascript:
        page.evaluate("window.here = true")
    tab_to(page, page.locator(".facet a", has_text="2023"))
    page.keyboard.press("Enter")
    page.wait_for_url("**nam=2023*")
    expect(page.locator("#ket-qua")).to_contain_text("1 kết quả")
    expect(page.locator(".facet a[aria-current]")).to_contain_text("2023")
    expect(page.locator("#tim ~ input[name=nam], form:has(#tim) input[name=nam]").first).to_have_value("2023")
    tab_to(page, page.locator(".chips--chosen a").first)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "nam=" not in address)
    expect(page.locator("#ket-qua")).to_contain_text("3 kết quả")  # the terms of use speak of plans too
    expect(page.locator("form:has(#tim) input[name=nam]")).to_have_count(0)
    if javascript:
        assert page.evaluate("window.here") is True
        page.go_back()
        expect(page.locator("#ket-qua")).to_contain_text("1 kết quả")


def test_without_scripts_there_is_a_plain_box_and_the_file_is_found(papers, open_page):
    page = open_page(width=360, javascript=False)
    go(page, "/tim-kiem/")
    box(page).fill("giếng khoan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.locator(".entry__file")).to_contain_text("Trong tệp")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.get_by_role("link", name="Phụ lục").focus()
    assert page.locator(":focus").get_attribute("href").startswith("/tai-lieu/")


def test_a_publisher_promotes_a_page_under_the_strict_policy(papers, officer, log_in):
    officer(Role.PUBLISHER, username="duyet")
    page = log_in("duyet", PASSWORD)
    go(page, f"{reverse('wagtailsnippets_home_searchpromotion:add')}?cau-tim=be+boi")
    home = Page.objects.get(depth=2)  # the chooser opens where the tree begins
    choose(page, page.get_by_role("button", name="Chọn trang").first, home.title)
    page.get_by_role("button", name="Lưu").first.click()
    page.wait_for_url("**/goi-y-khi-tim/**")
    assert SearchPromotion.objects.get().pages.get().page_id == home.pk
    assert page.evaluate("() => window.__violations") == []
    go(page, "/tim-kiem/?q=B%E1%BB%82+B%C6%A0I")
    expect(page.get_by_role("heading", name="Gợi ý của cổng")).to_be_visible()
