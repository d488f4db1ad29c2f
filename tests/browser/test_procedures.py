"""A parent looks for what to do in their own words, ticks what is ready, reads what is missing, prints.

On a phone, by keyboard alone, with scripts and without.
"""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from procedures.factories import procedure, way
from procedures.models import ProcedureIndexPage
from tests.browser.pages.screen import go

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_parent_finds_ticks_and_prints(site_tree, open_page, javascript):
    papers = [{"name": name, "originals": 1, "copies": 0} for name in ("Đơn xin chuyển trường", "Học bạ")]
    wanted = procedure(
        ProcedureIndexPage.objects.get(),
        title="Chuyển trường đối với học sinh tiểu học",
        ways=[way(quantity=3)],
        dossier=[("case", {"name": "", "papers": papers})],
    )
    page = open_page(width=360, javascript=javascript)
    go(page, "/thu-tuc-hanh-chinh/")
    page.get_by_text("Tìm và lọc").first.press("Enter")
    page.get_by_label("Việc cần làm, tên hoặc mã thủ tục").fill("chuyen truong")
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua")).to_have_text("1 thủ tục")
    page.get_by_role("link", name=wanted.title).press("Enter")
    page.get_by_role("link", name="Chuẩn bị hồ sơ trước khi đi").press("Enter")
    page.get_by_label("Học bạ").press("Space")
    page.get_by_role("button", name="Xem còn thiếu gì").press("Enter")
    expect(page.get_by_role("heading", name="Đã có 1 trên 2 giấy tờ")).to_be_visible()
    expect(page.get_by_label("Học bạ")).to_be_checked()
    page.get_by_label("Đơn xin chuyển trường").press("Space")
    page.get_by_role("button", name="Xem còn thiếu gì").press("Enter")
    expect(page.get_by_role("heading", name="Đã đủ giấy tờ")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_label("Học bạ")).to_be_visible()
    expect(page.get_by_role("button", name="Xem còn thiếu gì")).to_be_hidden()
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    printed = " ".join(" ".join(sheet.extract_text().split()) for sheet in paper.pages)
    assert "Đã đủ giấy tờ" in printed
    assert "Đơn xin chuyển trường" in printed
    assert page.context.cookies() == []
