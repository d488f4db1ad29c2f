"""Surveys in a real browser: by keyboard alone, without scripts on a phone, and the questions written in the admin."""

import re
from pathlib import Path

from django.urls import reverse

import pytest
from playwright.sync_api import expect

from cms.core.enums import Role
from surveys import factories
from surveys.enums import ChannelKind, SurveyState
from surveys.models import Response, ResponseItem, Survey
from surveys.services.seed import ANSWER_RATING
from tests.browser.pages import asking_states
from tests.browser.pages import survey_states as states
from tests.browser.pages.looking import SETTLED
from tests.browser.pages.narrow import NARROWEST
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD


def test_an_answer_is_rated_by_keyboard_alone(site_tree, open_page, axe):
    rating = Survey.objects.get(slug=ANSWER_RATING)
    page = open_page()
    go(page, f"{states.address(rating, factories.invited(rating))}?diem=4")
    chosen = page.get_by_label("4 – Hài lòng", exact=True)
    expect(chosen).to_be_checked()
    axe(page)
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
    axe(page)
    assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc-hai-long", "5")]


def test_several_pages_without_scripts_on_the_narrowest_phone(site_tree, open_page, faults, axe):
    faults.allow("422")
    survey = factories.survey(*states.SECTIONS)
    page = open_page(width=NARROWEST, height=800, javascript=False)
    address = states.address(survey, factories.invited(survey))
    # axe needs scripts: the same page, looked at by another person.
    looked = open_page(width=NARROWEST, height=800)
    go(looked, address)
    axe(looked, widths=[NARROWEST])
    go(page, address)
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


def test_questions_are_written_in_panels_inside_panels(site_tree, officer, open_page, log_in, axe):
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
    axe(page)
    with page.expect_navigation():
        page.locator("[data-edit-form] button[type=submit]").first.click()
    assert page.url.endswith(reverse("survey:open", args=[survey.pk]))
    found = [
        (section.title, [question.key for question in section.questions.all()])
        for section in survey.current.sections.all()
    ]
    assert found == [("Phần 1", ["muc", "loi", "cau-ba"]), ("Phần hai", ["cau-hai"])]


def test_a_table_and_a_ranking_by_keyboard_alone_on_a_phone(site_tree, open_page, axe):
    asking_states.asked("ban-phim")
    page = open_page(width=NARROWEST, height=800)
    go(page, "/khao-sat/ban-phim/tra-loi/diem/san-sau/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    axe(page, widths=[NARROWEST])
    page.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    axe(page, widths=[NARROWEST])
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


def test_the_machine_of_a_counter_asks_and_begins_anew(site_tree, open_page, axe):
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
    Survey.objects.filter(pk=survey.pk).update(kiosk_seconds=90)
    go(page, "/khao-sat/o-quay/quay/quay/")
    axe(page)
    page.evaluate("document.querySelector('dialog').showModal()")
    axe(page)


def test_the_machine_of_a_counter_says_that_its_screen_was_touched(site_tree, open_page):
    """A long page is no reason to forget: what its script sends and opens is taken however long it took."""
    asking_states.asked("quay-cham", kiosk_seconds=90)
    page = open_page()
    go(page, "/khao-sat/quay-cham/quay/quay/")
    for row in page.get_by_role("radiogroup").all():
        row.get_by_label("4 – Hài lòng").check()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Tiếp tục").click()
    assert "cham=1" in sent.value.post_data
    page.get_by_role("link", name="Quay lại").click()
    page.wait_for_url("**/quay/quay/?phan=1&cham=1")
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)


def test_the_machine_of_a_counter_thanks_and_begins_anew_without_scripts(site_tree, open_page):
    survey = asking_states.asked("quay-khong-kich-ban", kiosk_seconds=20)
    page = open_page(javascript=False)
    start = "/khao-sat/quay-khong-kich-ban/quay/quay/"
    go(page, start)
    for row in page.get_by_role("radiogroup").all():
        row.get_by_label("4 – Hài lòng").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Phần 2 trên 2")).to_be_visible()
    for target in page.locator("main form select, main form textarea, main form button").all():
        assert target.bounding_box()["height"] >= 44
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    assert Response.objects.get(version__survey=survey).channel.code == "quay"
    # The browser itself goes back: a refresh of ten seconds stands in the page.
    page.wait_for_url(f"**{start}")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_a_paper_is_keyed_in_without_the_mouse(site_tree, officer, open_page, log_in, axe):
    survey = asking_states.asked("go-phim")
    keeper = officer(Role.SURVEYOR)
    page = log_in(keeper.username, PASSWORD)
    go(page, reverse("survey:key", args=[survey.pk]))
    axe(page)
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


def tried_out(preview, axe):
    """Walk a preview through as a citizen would: an error, back with everything kept, to the end."""
    expect(preview.get_by_text("Bản xem trước")).to_be_visible()
    expect(preview.get_by_text("Sau đây là vài câu về bữa ăn.")).to_be_visible()
    axe(preview)
    preview.get_by_role("button", name="Tiếp tục").click()
    expect(preview.get_by_role("alert")).to_be_visible()
    preview.get_by_label("5 – Rất hài lòng").check()
    preview.get_by_label("Tôi đồng ý cho dùng câu trả lời").check()
    preview.get_by_role("button", name="Tiếp tục").click()
    expect(preview.get_by_label("Bạn đến trường mấy lần")).to_be_visible()
    preview.get_by_role("button", name="Quay lại").click()
    expect(preview.get_by_label("5 – Rất hài lòng")).to_be_checked()
    preview.get_by_role("button", name="Tiếp tục").click()
    preview.get_by_label("Bạn đến trường mấy lần").fill("3")
    preview.get_by_role("button", name="Gửi phiếu").click()
    expect(preview.get_by_role("heading", name="Hết phiếu")).to_be_visible()
    axe(preview)


def test_questions_change_places_are_looked_at_and_copied(site_tree, officer, open_page, log_in, axe):
    """Reordered by the buttons of the panels, seen as a citizen sees them, copied as another survey."""
    survey = factories.survey(*states.SECTIONS, state=SurveyState.DRAFT, title="Bữa ăn ở trường")
    page = log_in(officer(Role.SURVEYOR).username, PASSWORD)
    go(page, reverse("survey:version", args=[survey.current_id]))
    second = page.locator("#inline_child_sections-0-questions-1")
    second.get_by_role("button", name="Move up").or_(second.locator("[data-inline-panel-child-move-up]")).first.click()
    last = page.locator("#inline_child_sections-0")
    last.locator("[data-inline-panel-child-move-down]").first.click()
    with page.expect_navigation():
        page.locator("[data-edit-form] button[type=submit]").first.click()
    sections = survey.current.sections.all()
    assert [section.title for section in sections] == ["Phần 2", "Phần 1"]
    assert [question.key for question in sections[1].questions.all()] == ["lan", "ai", "ngay"]
    page.evaluate(SETTLED)
    axe(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Xem trước bản 1").click()
    preview = opened.value
    tried_out(preview, axe)
    page.get_by_label("Tên khảo sát mới").fill("Bữa ăn năm sau")
    page.get_by_label("Địa chỉ (slug)").fill("bua-an-nam-sau")
    with page.expect_navigation():
        page.get_by_role("button", name="Sao chép thành khảo sát mới").click()
    expect(page.get_by_role("heading", name="Bữa ăn năm sau").first).to_be_visible()
    page.evaluate(SETTLED)
    axe(page)
    made = Survey.objects.get(slug="bua-an-nam-sau").versions.get()
    assert [each.key for each in made.sections.all()[1].questions.all()] == ["lan", "ai", "ngay"]
    assert Response.objects.count() == 0


def test_a_paper_keyed_in_twice_is_compared_and_stored_as_the_paper_says(site_tree, unit, officer, log_in, axe):
    """At a school: two clerks key in one paper, the list names the question that differs, a third look settles it."""
    survey = asking_states.asked("go-hai-lan", paper_twice=True)
    survey.channels.filter(code="hop-thu").update(unit=unit)
    for level in ("4", "2"):
        page = log_in(officer(Role.INTAKE, unit=unit).username, PASSWORD)
        go(page, reverse("survey_papers"))
        axe(page)
        page.get_by_role("link", name="Bữa ăn bán trú").click()
        page.get_by_role("link", name="Nhập phiếu", exact=True).click()
        page.get_by_label("Số phiếu").fill("12")
        page.get_by_label("B1.").fill(level)
        page.get_by_label("B2.").fill("5")
        page.get_by_label("lan.").fill("20")
        with page.expect_navigation():
            page.get_by_role("button", name="Ghi phiếu này").click()
        assert not Response.objects.exists()
    expect(page.get_by_text("hai lần nhập khác nhau")).to_be_visible()
    page.get_by_role("link", name="Về các phiếu giấy").click()
    expect(page.get_by_role("link", name="Đối chiếu phiếu 12")).to_be_visible()
    page.evaluate(SETTLED)
    axe(page)
    page.get_by_role("link", name="Đối chiếu phiếu 12").click()
    expect(page.get_by_role("definition")).to_have_text(["4", "2"])
    page.evaluate(SETTLED)
    axe(page)
    page.get_by_role("textbox", name="B1.").fill("2")
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi theo tờ phiếu").click()
    expect(page.get_by_text("Đã ghi phiếu số 12.")).to_be_visible()
    found = list(ResponseItem.objects.order_by("key").values_list("key", "choice"))
    assert found == [("B1", "2"), ("B2", "5"), ("lan", "20")]


def test_slips_are_taken_away_once_and_one_of_them_is_answered(site_tree, officer, open_page, log_in, axe):
    survey = factories.survey(slug="phieu-moi", title="Bữa ăn bán trú")
    page = log_in(officer(Role.SURVEYOR).username, PASSWORD)
    go(page, reverse("survey:invitations", args=[survey.pk]))
    axe(page)
    page.get_by_label("Phát cho ai").fill("Cha mẹ học sinh khối một")
    page.get_by_label("Số lời mời").fill("12")
    page.get_by_label("Bảng liên kết (CSV)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Phát và tải về").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 13
    citizen = open_page(width=NARROWEST, height=800)
    go(citizen, re.search(r"/khao-sat/phieu-moi/tra-loi/[\w-]+/", lines[5])[0])
    citizen.get_by_label("4 – Hài lòng").check()
    citizen.get_by_role("button", name="Gửi phiếu").click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    page.reload()
    expect(page.get_by_role("row", name="Cha mẹ học sinh khối một")).to_contain_text("dưới 5")
    axe(page)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("way", ["open", "invited", "kiosk"])
def test_going_back_and_sending_again_is_told(site_tree, open_page, axe, way, javascript):
    survey = factories.survey([factories.SCORE], [factories.WORDS], open_link=True, kiosk_seconds=90)
    factories.place(survey, "quay", ChannelKind.KIOSK)
    urls = {"open": f"/khao-sat/{survey.slug}/tra-loi/", "kiosk": f"/khao-sat/{survey.slug}/quay/quay/"}
    page = open_page(javascript=javascript)
    go(page, urls.get(way) or states.address(survey, factories.invited(survey)))
    page.get_by_label("4 – Hài lòng").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("phiếu đã được nhận")
    page.go_back()
    again = page.get_by_role("button", name="Gửi phiếu")
    if again.count():
        again.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("đã được gửi rồi")
    assert Response.objects.filter(version__survey=survey).count() == 1
    if javascript and way != "kiosk":  # which leaves by itself after ten seconds
        axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_used_link_says_so(site_tree, open_page, faults, javascript):
    faults.allow("404")
    page = open_page(javascript=javascript)
    go(page, states.address(factories.survey(), "khong-co-ma-nay-trong-kho"), 404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Liên kết này không dùng được nữa")
