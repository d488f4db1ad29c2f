"""The form for people without a mouse, and for browsers without scripts."""

from playwright.sync_api import expect

from feedback.models import Case
from tests.browser.pages.citizen import (
    FORM,
    Content,
    Files,
    Follow,
    Followed,
    Receipt,
    Review,
    Sender,
    Wrong,
    send_case,
    take_time,
)
from tests.browser.pages.screen import go
from tests.media.files import picture

CASE = {
    "category": "Cơ sở vật chất",
    "title": "Nhà vệ sinh khu B không có nước",
    "body": "Ba ngày nay khu B không có nước, các cháu phải sang khu A.",
    "phone": "0912 345 678",
    "email": "bong@thu.example.vn",
    "files": [{"name": "khu-b.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}],
}
FURTHEST = 80  # presses of Tab; a page that needs more has lost its reader


def tab_to(page, target) -> None:
    """Press Tab until ``target`` has the focus."""
    expect(target).to_be_visible()
    for _press in range(FURTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {target}")


def press(page, name) -> None:
    tab_to(page, page.get_by_role("main").get_by_role("button", name=name))
    page.keyboard.press("Enter")


def write(page, label, text) -> None:
    tab_to(page, page.get_by_label(label, exact=True).or_(page.get_by_role("textbox", name=label)).first)
    page.keyboard.insert_text(text)


def test_the_way_past_the_menu_comes_first(site_tree, browser_page):
    go(browser_page, FORM)
    browser_page.keyboard.press("Tab")
    skip = browser_page.locator(":focus")
    expect(skip).to_be_in_viewport()
    assert skip.get_attribute("href") == "#noi-dung"


def test_a_case_is_sent_by_keyboard_alone(site_tree, browser_page, faults):
    faults.allow("a status of 422")
    page = browser_page
    go(page, f"{FORM}linh-vuc/")
    press(page, "Tiếp tục")
    Wrong(page)
    page.keyboard.press("Tab")  # from the summary to what is wrong, and from there to the place
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lĩnh vực")).to_be_focused()
    page.keyboard.press("ArrowDown")
    press(page, "Tiếp tục")
    Content(page)
    write(page, "Tiêu đề", CASE["title"])
    write(page, "Nội dung", CASE["body"])
    press(page, "Tiếp tục")
    Files(page)
    press(page, "Tiếp tục")
    Sender(page)
    write(page, "Số điện thoại", CASE["phone"])
    tab_to(page, page.get_by_label("Tôi đồng ý").first)
    page.keyboard.press("Space")
    press(page, "Tiếp tục")
    review = Review(page)
    take_time()
    write(page, "Mã xác nhận", review.captcha())
    page.keyboard.press("Enter")
    assert Case.objects.get(reference=Receipt(page).reference).title == CASE["title"]


def test_a_case_is_sent_and_followed_without_scripts(site_tree, open_page):
    page = open_page(javascript=False, width=360)
    receipt = send_case(page, **CASE)
    case = Case.objects.get(reference=receipt.reference)
    assert case.attachments.get().name == "khu-b.jpg"
    code = receipt.code
    Follow.open(page).ask(code, "5678")
    told = Followed(page)
    assert told.state == "Đã gửi, chờ tiếp nhận"
    expect(told.main).to_contain_text(CASE["body"])


def test_words_stay_on_the_page_while_the_line_is_gone(site_tree, browser_page, faults):
    faults.allow("ERR_INTERNET_DISCONNECTED")  # what is offered beside the words is asked for in vain
    page = browser_page
    go(page, f"{FORM}linh-vuc/")
    page.get_by_label("Lĩnh vực").select_option(label=CASE["category"])
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tiêu đề").fill(CASE["title"])
    page.get_by_role("textbox", name="Nội dung").fill(CASE["body"])
    page.context.set_offline(True)
    page.get_by_role("button", name="Tiếp tục").click()
    told = page.get_by_role("alert").filter(has_text="mất mạng")
    expect(told).to_be_focused()
    expect(page.get_by_label("Tiêu đề")).to_have_value(CASE["title"])
    page.context.set_offline(False)
    expect(told).to_be_hidden()
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/gui/tep/")
