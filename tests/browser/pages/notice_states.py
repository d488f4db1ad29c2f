"""Internal notices as their readers and writers meet them; questions and the pages that every portal has."""

from django.urls import reverse

from cms.demo.content import GUIDE_SLUG
from cms.internal.models import InternalNoticePage
from tests.browser.pages.office import HOME
from tests.browser.pages.screen import go

INDEX = "/thong-bao-noi-bo/"
FIRST = ("/gioi-thieu/chuc-nang-nhiem-vu/", "/gioi-thieu/lich-su/", "/tro-nang/", "/quyen-rieng-tu/")
OPENED = "all => all.forEach(each => { each.open = true; })"


def asking(page):
    """Questions, closed and open, and by the address of one; the first pages."""
    go(page, "/hoi-dap/")
    yield "hỏi đáp"
    page.locator("main details").evaluate_all(OPENED)
    yield "hỏi đáp, mở hết"
    for address in (*FIRST, "/dieu-khoan-su-dung/"):
        go(page, address)
        yield address
    go(page, f"/gioi-thieu/{GUIDE_SLUG}/")
    yield "trang nội dung, mọi khối"
    page.locator("main details").evaluate_all(OPENED)
    yield "trang nội dung, mọi khối, mở hết"


def reading_notices(page):
    """baocao: the panel, the list, a notice confirmed by keyboard and taken back, one over its day, one refused."""
    go(page, HOME)
    yield "bàn của người đọc thông báo"
    for query in ("", "?loc=chua-doc", "?q=khong-co"):
        go(page, f"{INDEX}{query}")
        yield f"thông báo nội bộ {query}"
    mine, over = _notice("Tập huấn"), _notice("Rà soát")
    go(page, mine.url)
    yield "thông báo nội bộ, chưa đọc"
    page.get_by_role("button", name="Đã đọc").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("đơn vị đã đọc").wait_for()
    yield "thông báo nội bộ, vừa xác nhận"
    go(page, f"{INDEX}?loc=chua-doc")
    yield "thông báo nội bộ, đã đọc hết"
    go(page, mine.url)
    page.get_by_role("button", name="Bấm nhầm, rút lại").click()
    page.get_by_role("status").get_by_text("Đã rút lại").wait_for()
    yield "thông báo nội bộ, vừa rút lại"
    go(page, over.url)
    yield "thông báo nội bộ, đọc quá hạn"
    go(page, _notice("Báo cáo nhanh").url, 403)
    yield "thông báo nội bộ, của đơn vị khác"


def writing_notices(page):
    """bientap: the editor, the files of a draft and of what is out, a file refused, who has read."""
    draft, over = _notice("Lịch họp"), _notice("Rà soát")
    go(page, reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page.locator("[data-edit-form]").wait_for()
    yield "sửa thông báo nội bộ"
    for notice in (_notice("Tập huấn"), draft):
        go(page, reverse("internal_files", args=[notice.pk]))
        yield f"tệp kèm {'đang đăng' if notice.live else 'nháp'}"
    page.get_by_role("button", name="Gắn tệp").click()
    page.locator("main .error-message, main .w-field--error").first.wait_for()
    yield "tệp kèm, thiếu tệp"
    for query in ("", "?tinh-trang=late", "?tinh-trang=in_time"):
        go(page, reverse("internal_receipts", args=[over.pk]) + query)
        yield f"đơn vị đã đọc {query}"
    for notice in (draft, _notice("Lịch trực")):
        go(page, reverse("internal_receipts", args=[notice.pk]))
        yield f"đơn vị đã đọc, {notice.title}"


def _notice(beginning: str) -> InternalNoticePage:
    return InternalNoticePage.objects.get(title__startswith=beginning)
