"""The register changes in place: its address, its list, what is told, where focus is; and without JavaScript too."""

import pytest

from cms.official_documents.factories import many_documents
from cms.official_documents.models import OfficialDocumentIndexPage
from tests.browser.pages.reader import Register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def documents(site_tree):
    many_documents(OfficialDocumentIndexPage.objects.get(), 60)


def test_filters_act_in_place_and_are_told(documents, browser_page, axe):
    from playwright.sync_api import expect

    page = browser_page
    Register.open(page)
    page.evaluate("window.__same = true")
    kinds = page.get_by_label("Loại văn bản")
    kinds.focus()
    kinds.select_option("ke-hoach")
    expect(page.locator("#ket-qua")).to_have_text("12 văn bản")
    expect(page.get_by_role("status").first).to_have_text("12 văn bản")
    assert page.url.endswith("/van-ban/?loai=ke-hoach")
    expect(kinds).to_be_focused()
    axe(page)
    page.get_by_role("link", name="Loại văn bản: Kế hoạch").click()
    expect(page.locator("#ket-qua")).to_have_text("60 văn bản")
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(kinds).to_have_value("")
    page.get_by_role("link", name="Sau").click()
    expect(page.locator(".pager__here")).to_have_text("Trang 2 trên 3")
    page.go_back()
    expect(page.locator(".pager__here")).to_have_text("Trang 1 trên 3")
    page.go_back()
    expect(kinds).to_have_value("ke-hoach")
    expect(page.locator("#ket-qua")).to_have_text("12 văn bản")
    assert page.evaluate("window.__same"), "the page was loaded anew"


def test_without_javascript_the_same_form_does_the_same(documents, open_page):
    page = open_page(javascript=False)
    Register.open(page)
    page.get_by_label("Loại văn bản").select_option("ke-hoach")
    page.get_by_role("button", name="Lọc").click()
    assert "loai=ke-hoach" in page.url
    assert page.locator("#ket-qua").inner_text() == "12 văn bản"
    page.get_by_role("link", name="Loại văn bản: Kế hoạch").click()
    assert page.locator("#ket-qua").inner_text() == "60 văn bản"
