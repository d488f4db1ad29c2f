"""Surveys before the public: pages, places, tables, rankings, the machine of a counter, paper; how they are kept."""

from django.urls import reverse

from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.services.pages import survey_page_publish
from tests.browser.pages.screen import go

TABLE = {
    "key": "bua-an",
    "label": "Bạn hài lòng ở mức nào?",
    "help_text": "Điều nào không biết thì để trống.",
    "kind": QuestionKind.MATRIX,
    "rows": "B1: Bữa ăn ngon, đủ chất\nB2: Bếp ăn sạch",
    "required": True,
}
ORDER = {
    "key": "lam-truoc",
    "label": "Nên làm việc nào trước?",
    "kind": QuestionKind.RANKING,
    "choices": "Sửa sân\nThêm sách\nTrồng cây",
}
SHARE = {"key": "lan", "label": "Mấy lần?", "kind": QuestionKind.NUMBER, "least": 0, "most": 100}
SECTIONS = ([TABLE], [ORDER, SHARE, factories.WORDS])


def asked(slug, **values):
    """Return an open survey with a page, places and a machine at a counter."""
    survey = factories.survey(*SECTIONS, slug=slug, title="Bữa ăn bán trú", open_link=True, **values)
    factories.place(survey, "cong-truong", ChannelKind.QR, counter="Cổng trường")
    factories.place(survey, "san-sau", counter="Sân sau")
    factories.place(survey, "quay", ChannelKind.KIOSK, counter="Quầy số 3")
    factories.place(survey, "hop-thu", ChannelKind.PAPER, counter="Hộp thư góp ý")
    survey_page_publish(survey=survey)
    return survey


def being_asked(page):
    """The list, the samples, a paper, a table with a row missing, a ranking that cannot stand, the machine."""
    go(page, "/khao-sat/")
    yield "danh sách khảo sát: đang nhận phiếu, đã kết thúc"
    go(page, "/khao-sat/sipas/")
    yield "khảo sát có nhiều nơi để trả lời"
    go(page, "/khao-sat/sipas/tra-loi/")
    yield "năm mức nằm ngang, câu nào cũng bỏ được"
    asked("bua-an-axe", captcha="always")
    go(page, "/khao-sat/bua-an-axe/")
    yield "trang khảo sát"
    go(page, "/khao-sat/bua-an-axe/phieu-giay/?diem=san-sau")
    yield "phiếu giấy để in"
    go(page, "/khao-sat/bua-an-axe/tra-loi/diem/san-sau/")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("alert").wait_for()
    yield "bảng nhiều dòng, thiếu trả lời"
    for row in page.get_by_role("radiogroup").all():
        row.get_by_label("4 – Hài lòng").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Sửa sân").select_option("Thứ 2")
    page.get_by_label("Mấy lần").fill("1000")
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("alert").wait_for()
    yield "xếp thứ tự bỏ cách, số ngoài khoảng"
    page.get_by_label("Sửa sân").select_option("Thứ 1")
    page.get_by_label("Mấy lần").fill("10")
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("heading", name="Gõ thêm mã xác nhận").wait_for()
    yield "mã xác nhận trước khi gửi"
    go(page, "/khao-sat/bua-an-axe/quay/quay/")
    yield "máy ở quầy"
    page.evaluate("document.querySelector('dialog').showModal()")
    yield "máy ở quầy, hỏi còn trả lời không"


def keeping_places(page):
    """khaosat: places with a fault, one place, papers, one keyed in wrongly, two times that differ."""
    survey = asked("bua-an-ban", paper_twice=True)
    go(page, reverse("survey:open", args=[survey.pk]))
    yield "khảo sát có điểm trả lời"
    go(page, reverse("survey:places", args=[survey.pk]))
    page.get_by_role("button", name="Lập điểm").click()
    page.locator(".error-message").first.wait_for()
    yield "điểm trả lời, thiếu điều phiếu nói về"
    go(page, reverse("survey:place", args=[survey.pk, survey.channels.get(code="san-sau").pk]))
    yield "một điểm trả lời"
    go(page, reverse("survey:papers", args=[survey.pk]))
    yield "chưa có phiếu giấy"
    for level in ("4", "5"):
        go(page, reverse("survey:key", args=[survey.pk]))
        page.get_by_label("Số phiếu").fill("12")
        page.get_by_label("Điểm trả lời").select_option(label="Hộp thư góp ý")
        page.get_by_label("B1.").fill("9")
        page.get_by_role("button", name="Ghi phiếu này").click()
        page.locator(".error-message").first.wait_for()
        if level == "4":
            yield "nhập phiếu giấy, gõ số không có trên phiếu"
        page.get_by_label("B1.").fill(level)
        with page.expect_navigation():
            page.get_by_role("button", name="Ghi phiếu này").click()
    go(page, reverse("survey:papers", args=[survey.pk]))
    yield "phiếu giấy, hai lần nhập khác nhau"
    page.get_by_role("link", name="Đối chiếu phiếu 12").click()
    page.get_by_role("button", name="Ghi theo tờ phiếu").wait_for()
    yield "đối chiếu hai lần nhập"
