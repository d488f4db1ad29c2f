"""A comment and a rating without a mouse, and without scripts; the decision without a mouse."""

import pytest
from captcha.models import CaptchaStore
from playwright.sync_api import expect

from cms.core.enums import Role
from feedback.factories import comment
from feedback.models import PageRating, ReaderComment
from tests.browser.pages.screen import go
from tests.browser.test_form import press, tab_to, write
from tests.conftest import PASSWORD
from tests.feedback.readers import page_with_comments


def digits(page) -> str:
    """What a person reads in the picture."""
    key = page.locator("input[name=captcha_0]").input_value()
    return CaptchaStore.objects.get(hashkey=key).response


@pytest.mark.parametrize("javascript", [True, False])
def test_a_comment_and_a_rating_by_keyboard(site_tree, open_page, javascript):
    news = page_with_comments(site_tree)
    page = open_page(width=360, javascript=javascript)
    go(page, news.url)
    press(page, "Chưa hữu ích")
    expect(page.get_by_text("Bạn thấy trang này chưa hữu ích.")).to_be_visible()
    write(page, "Điều gì còn thiếu hoặc chưa rõ?", "Thiếu giờ làm việc.")
    press(page, "Gửi lời góp ý")
    expect(page.get_by_role("heading", name="Đã gửi lời góp ý tới người biên tập")).to_be_visible()
    assert (PageRating.objects.get().useful, PageRating.objects.get().words) == (False, "Thiếu giờ làm việc.")
    assert page.context.cookies() == []
    go(page, news.url)
    tab_to(page, page.get_by_role("link", name="Viết ý kiến"))
    page.keyboard.press("Enter")
    write(page, "Ý kiến của bạn", "Xin đăng lịch tiếp dân.")
    write(page, "Mã xác nhận", digits(page))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã nhận ý kiến")).to_be_visible()
    assert ReaderComment.objects.get().body == "Xin đăng lịch tiếp dân."


def test_a_decision_by_keyboard(site_tree, officer, log_in, faults):
    faults.allow("a status of 422")
    news = page_with_comments(site_tree)
    waiting = comment(news)
    officer(Role.PUBLISHER, username="duyet")
    page = log_in("duyet", PASSWORD)
    go(page, "/quan-tri/cho-duyet/")
    tick = page.locator("input[name=chosen]")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    page.keyboard.press("Enter")  # a slip
    expect(page.get_by_role("alert").filter(has_text="Chưa làm gì cả")).to_be_visible()
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    tab_to(page, page.get_by_role("button", name="Đăng", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đăng 1 mục.")).to_be_visible()
    waiting.refresh_from_db()
    assert waiting.state == "published"
