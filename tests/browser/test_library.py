"""A material is found by a filter and taken, by keyboard alone, with scripts and without."""

import pytest
from playwright.sync_api import expect

from cms.library.factories import many_materials, material
from cms.library.models import MaterialIndexPage
from tests.browser.pages.screen import go
from tests.browser.test_form import tab_to
from tests.library.test_index import stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_material_is_found_by_filter_and_taken_by_keyboard(site_tree, open_page, javascript):
    index = MaterialIndexPage.objects.get()
    many_materials(index, 14)
    file = stored("to-gap.docx", b"PK to gap")
    wanted = material(index, "Tờ gấp cho thầy cô", for_teachers=True, topics=["phap-luat"], files=[file])
    page = open_page(width=1280, javascript=javascript)
    go(page, "/hoc-lieu/")
    expect(page.locator("#ket-qua")).to_have_text("15 học liệu")
    topics = page.get_by_label("Chủ đề")
    tab_to(page, topics)
    page.keyboard.press("p")
    expect(topics).to_have_value("phap-luat")
    if not javascript:
        tab_to(page, page.get_by_role("button", name="Lọc"))
        page.keyboard.press("Enter")
        page.wait_for_url("**chu-de=phap-luat**")
    expect(page.locator("#ket-qua")).to_have_text("3 học liệu")
    assert "chu-de=phap-luat" in page.url
    tab_to(page, page.get_by_role("link", name=wanted.title))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(wanted.title)
    tab_to(page, page.get_by_role("link", name="to-gap.docx"))
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.path().read_bytes() == b"PK to gap"
    assert page.context.cookies() == []
