"""Units in a real browser: by keyboard and without scripts, framed by whom the office names, one sheet on paper."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from cms.core.models import Unit
from cms.core.services.units import unit_save
from cms.units.services.pages import unit_pages_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(site_tree):
    """A school with everything that its sheet can say, among others."""
    agency = Unit.objects.get(parent=None)
    for code, name in (("TH-CX", "Trường Tiểu học Cầu Xanh"), ("TH-NT", "Trường Tiểu học Nắng Trưa")):
        unit_save(
            code=code,
            name=name,
            kind="primary",
            parent=agency,
            area="Phường Cầu Xanh",
            address="Số 12 đường Bờ Sông, phường Cầu Xanh, tỉnh An Hòa",
            phone="0900 000 001",
            email="cauxanh@truong.example.vn",
            opening_hours="Thứ Hai đến thứ Sáu, 7 giờ – 11 giờ và 13 giờ 30 – 16 giờ 30",
            feedback_box="Bên phải cổng chính, mở thứ Sáu hằng tuần",
            embed_sites="https://truong.example.vn",
        )
    unit_pages_make(units=Unit.objects.filter(code__startswith="TH"), publish=True)
    return Unit.objects.get(code="TH-CX")


def test_without_javascript_from_the_directory_to_the_form(school, open_page):
    page = open_page(javascript=False, width=360)
    page.goto("/don-vi/")
    page.locator(".facets summary").click()
    page.get_by_label("Địa bàn").select_option(label="Phường Cầu Xanh")
    page.get_by_role("button", name="Lọc").click()
    assert page.locator("#ket-qua").inner_text() == "2 đơn vị"
    page.get_by_role("link", name="Trường Tiểu học Cầu Xanh").click()
    assert page.locator("h1").inner_text().replace("\n", " ") == "Trường Tiểu học Cầu Xanh"
    page.get_by_role("link", name="Gửi phản ánh, kiến nghị").first.click()
    page.get_by_role("link", name="Bắt đầu").click()
    assert page.get_by_label("Đơn vị liên quan").locator("option:checked").inner_text() == "Trường Tiểu học Cầu Xanh"


def test_by_keyboard_alone_a_unit_is_found_without_marks(school, open_page):
    page = open_page()
    page.goto("/don-vi/")
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "loc-q":
            break
    page.keyboard.type("nang trua")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=nang"))
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Trường Tiểu học Nắng Trưa":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi/truong-tieu-hoc-nang-trua/")


@pytest.fixture
def other_site(school, visit):
    """The address of a site of its own that frames the school's column: a browser lets no made-up one reach us."""
    frame = f'<!doctype html><iframe src="{visit}/don-vi/{school.slug}/nhung/" title="Trường"></iframe>'

    class Framing(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(frame.encode())

        def log_message(self, *_words):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Framing)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("named", [True, False])
def test_the_column_stands_in_the_frame_of_a_named_site_only(school, other_site, open_page, faults, named):
    faults.allow("frame-ancestors|favicon")
    if named:
        unit_save(code=school.code, embed_sites=other_site)
    page = open_page()
    page.context.unroute_all()
    page.goto(f"{other_site}/")
    assert page.frames[1].locator(".column__title").count() == named


def test_the_sheet_is_one_page_of_a4(school, open_page):
    page = open_page()
    page.goto(f"/don-vi/{school.slug}/noi-tiep-nhan/")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
