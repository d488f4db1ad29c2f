"""Surveys in a real browser: by keyboard alone, without scripts on a phone, and the questions written in the admin."""

from django.urls import reverse

import pytest
from playwright.sync_api import expect

from cms.core.enums import Role
from surveys import factories
from surveys.enums import SurveyState
from surveys.models import Response, ResponseItem, Survey
from surveys.services.seed import ANSWER_RATING
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


@pytest.mark.parametrize("javascript", [True, False])
def test_a_used_link_says_so(site_tree, open_page, faults, javascript):
    faults.allow("404")
    page = open_page(javascript=javascript)
    go(page, states.address(factories.survey(), "khong-co-ma-nay-trong-kho"), 404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết này không dùng được nữa")
