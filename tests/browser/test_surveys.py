"""Surveys in a real browser: by keyboard alone, without scripts on a phone, and the questions written in the admin."""

from django.urls import reverse

import pytest
from playwright.sync_api import expect

from cms.core.enums import Role
from surveys import factories
from surveys.enums import SurveyState
from surveys.models import Response, ResponseItem, Survey
from surveys.services.seed import ANSWER_RATING
from tests.browser.pages import asking_states
from tests.browser.pages import survey_states as states
from tests.browser.pages.narrow import NARROWEST
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD


def test_an_answer_is_rated_by_keyboard_alone(site_tree, open_page):
    rating = Survey.objects.get(slug=ANSWER_RATING)
    page = open_page()
    go(page, f"{states.address(rating, factories.invited(rating))}?diem=4")
    chosen = page.get_by_label("4 – Hài lòng", exact=True)
    expect(chosen).to_be_checked()
    chosen.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("5 – Rất hài lòng")).to_be_checked()
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc-hai-long", "5")]


def test_several_pages_without_scripts_on_the_narrowest_phone(site_tree, open_page, faults):
    faults.allow("422")
    survey = factories.survey(*states.SECTIONS)
    page = open_page(width=NARROWEST, height=800, javascript=False)
    go(page, states.address(survey, factories.invited(survey)))
    page.get_by_label("Học sinh").check()
    page.get_by_label("Bạn đến trường mấy lần").fill("2")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn một mức trả lời.")
    page.get_by_label("3 – Bình thường").check()
    page.get_by_label("Tôi đồng ý").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    for target in page.locator("main .check").all():
        assert target.bounding_box()["height"] >= 44
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    assert Response.objects.count() == 1


def test_questions_are_written_in_panels_inside_panels(site_tree, officer, open_page, log_in):
    survey = factories.survey(state=SurveyState.DRAFT)
    keeper = officer(Role.SURVEYOR)
    page = log_in(keeper.username, PASSWORD)
    go(page, reverse("survey:version", args=[survey.current_id]))
    page.locator("#id_sections-0-questions-ADD").click()
    page.locator("#id_sections-0-questions-2-label").fill("Câu thứ ba")
    page.locator("#id_sections-0-questions-2-key").fill("cau-ba")
    page.locator("#id_sections-ADD").click()
    page.locator("#id_sections-1-title").fill("Phần hai")
    page.locator("#id_sections-1-questions-ADD").click()
    page.locator("#id_sections-1-questions-0-label").fill("Câu của phần hai")
    page.locator("#id_sections-1-questions-0-key").fill("cau-hai")
    with page.expect_navigation():
        page.locator("[data-edit-form] button[type=submit]").first.click()
    assert page.url.endswith(reverse("survey:open", args=[survey.pk]))
    found = [
        (section.title, [question.key for question in section.questions.all()])
        for section in survey.current.sections.all()
    ]
    assert found == [("Phần 1", ["muc", "loi", "cau-ba"]), ("Phần hai", ["cau-hai"])]


def test_a_table_and_a_ranking_by_keyboard_alone_on_a_phone(site_tree, open_page):
    asking_states.asked("ban-phim")
    page = open_page(width=NARROWEST, height=800)
    go(page, "/khao-sat/ban-phim/tra-loi/diem/san-sau/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    page.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("Sửa sân").focus()
    page.keyboard.press("ArrowDown")
    for _press in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    found = list(ResponseItem.objects.order_by("key").values_list("key", "choice"))
    assert found == [("B1", "2"), ("B2", "3"), ("lam-truoc", "1.sua-san")]


def test_the_machine_of_a_counter_asks_and_begins_anew(site_tree, open_page):
    survey = asking_states.asked("o-quay", kiosk_seconds=4)
    page = open_page()
    go(page, "/khao-sat/o-quay/quay/quay/")
    for target in page.locator("main .check").all():
        assert target.bounding_box()["height"] >= 60
    for row in page.get_by_role("radiogroup").all():
        row.get_by_label("5 – Rất hài lòng").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Phần 2 trên 2")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Tôi trả lời tiếp").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    # Nobody touches it: the next one finds the first page, and nothing on it.
    page.wait_for_url("**/quay/quay/")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert Response.objects.filter(version__survey=survey).count() == 0


def test_a_paper_is_keyed_in_without_the_mouse(site_tree, officer, open_page, log_in):
    survey = asking_states.asked("go-phim")
    keeper = officer(Role.SURVEYOR)
    page = log_in(keeper.username, PASSWORD)
    go(page, reverse("survey:key", args=[survey.pk]))
    page.get_by_label("Điểm trả lời").select_option(label="Hộp thư góp ý")
    page.get_by_label("Số phiếu").focus()
    for typed in ("A-1", None, None, "4", "5", "3, 1", "20", "Sạch"):
        if typed:
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi phiếu số A-1.")).to_be_visible()
    found = list(ResponseItem.objects.order_by("key", "choice").values_list("key", "choice"))
    assert found == [("B1", "4"), ("B2", "5"), ("lam-truoc", "1.trong-cay"), ("lam-truoc", "2.sua-san"), ("lan", "20")]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_used_link_says_so(site_tree, open_page, faults, javascript):
    faults.allow("404")
    page = open_page(javascript=javascript)
    go(page, states.address(factories.survey(), "khong-co-ma-nay-trong-kho"), 404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết này không dùng được nữa")
