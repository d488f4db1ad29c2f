"""Every public page in every state that a reader can meet."""

import secrets

from django.shortcuts import render
from django.test import RequestFactory

from cms.accounts.models import User
from cms.core.models import RateWindow, Unit
from cms.core.services.limits import LIMITS, limit_hit
from cms.news.models import NewsPage
from cms.official_documents.models import OfficialDocumentPage
from cms.plans.models import PlanPage
from feedback import factories
from feedback.codes import code_digest, grouped
from feedback.models import Case, PublicCase
from feedback.services.publication import public_case_withdraw
from tests.browser.pages import citizen
from tests.browser.pages.reader import PublishedCases, Register, Search
from tests.browser.pages.screen import go
from tests.media.files import picture

LISTS = ("/tin-tuc/", "/cai-cach-hanh-chinh/", "/van-ban/", "/phan-anh-kien-nghi/")
ANSWERS = {
    "category": "Cơ sở vật chất",
    "title": "Nhà vệ sinh khu B không có nước",
    "body": "Ba ngày nay khu B không có nước, các cháu phải sang khu A.",
    "name": "Nguyễn Thị Bòng",
    "phone": "0912 345 678",
    "email": "bong@thu.example.vn",
    "address": "Số 9 ngõ 12 phố Hàng Bè",
    "files": [{"name": "khu-b.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}],
}
CODE, PHONE_END = "K7MQ2RXT9WHD", "0345"
MESSAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
REFUSALS = ("errors/405.html", "errors/413.html", "errors/429.html", "errors/503.html", "errors/lockout.html")


def desk() -> factories.Desk:
    """The officers of the sample portal, for one of its schools."""
    clerk, officer, leader = (User.objects.get(username=name) for name in ("tiepnhan", "xuly", "lanhdao"))
    return factories.Desk(Unit.objects.get(code="TH-CX"), clerk, officer, leader)


def empty_portal(page):
    """A portal on its first day."""
    for address in ("/", *LISTS, "/gioi-thieu/"):
        go(page, address)
        yield f"{address} trống"


def reading(page):
    """The pages of a portal that is in use."""
    for address in ("/", *LISTS, "/gioi-thieu/", "/gioi-thieu/lien-he/"):
        go(page, address)
        yield address
    for kind in (NewsPage, OfficialDocumentPage, PlanPage):
        go(page, kind.objects.live().first().url)
        yield str(kind._meta.verbose_name)
    go(page, PublicCase.objects.public().first().get_absolute_url())
    yield "phản ánh đã đăng"
    gone = PublicCase.objects.public().last()
    leader = User.objects.get(username="lanhdao")
    public_case_withdraw(public_case=gone, actor=leader, reason="Bản này có chi tiết cần xem lại.")
    go(page, gone.get_absolute_url(), 410)
    yield "phản ánh đã gỡ"


def looking_for(page):
    """Lists narrowed, and the search, with and without results."""
    Register.open(page, loai="ke-hoach", q="cai cach")
    yield "văn bản, lọc"
    Register.open(page, q="khong co van ban nao nhu the")
    yield "văn bản, không có kết quả"
    PublishedCases.open(page, q="nuoc")
    yield "phản ánh, lọc"
    PublishedCases.open(page, q="khong co phan anh nao nhu the")
    yield "phản ánh, không có kết quả"
    go(page, "/tim-kiem/")
    yield "tìm kiếm, chưa hỏi"
    assert Search.open(page, q="cai cach hanh chinh").entries
    yield "tìm kiếm, có kết quả"
    Search.open(page, q="cải cách", loai="official_document")
    yield "tìm kiếm, lọc"
    Search.open(page, q="khong co gi nhu the dau")
    yield "tìm kiếm, không có kết quả"
    Search.open(page, q="a")
    yield "tìm kiếm, quá ngắn"


def sending(page):
    """The form: blank, wrong and right on every page, then the receipt."""
    citizen.Start.open(page)
    yield "gửi, bắt đầu"
    for address, name in ((f"{citizen.FORM}?het-han=1", "gửi, hết hạn"), (f"{citizen.FORM}linh-vuc/", "gửi, lĩnh vực")):
        go(page, address)
        yield name
    step = citizen.Subject(page)
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, lĩnh vực sai"
    step.fill(**ANSWERS)
    step.go_on()
    step = citizen.Content(page)
    yield "gửi, nội dung"
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, nội dung sai"
    step.fill(**ANSWERS)
    step.go_on()
    yield from sending_files(page)
    step = citizen.Sender(page)
    yield "gửi, người gửi"
    page.get_by_label("Thư điện tử").fill("không phải thư")
    page.get_by_label("Số điện thoại").fill("12")
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, người gửi sai"
    step.fill()
    page.get_by_label("Tôi đồng ý nhận tin").uncheck()
    step.go_on()
    citizen.Review(page)
    yield "gửi, xem lại không tên"
    yield from sending_at_last(page)


def sending_files(page):
    """The page of files: none, a bad one, a good one."""
    step = citizen.Files(page)
    yield "gửi, tệp"
    bad = {"name": "chay.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    step.fill(files=[bad])
    step.press("Tải tệp lên")
    citizen.Wrong(page)
    yield "gửi, tệp sai"
    step.fill(**ANSWERS)
    step.press("Tải tệp lên")
    page.get_by_role("heading", name="Đã nhận 1 tệp").wait_for()
    yield "gửi, có tệp"
    step.go_on()


def sending_at_last(page):
    """From the review on, by way of a wrong captcha."""
    go(page, f"{citizen.FORM}nguoi-gui/?ve=xem-lai")
    step = citizen.Sender(page)
    step.fill(**ANSWERS)
    step.go_on()
    step = citizen.Review(page)
    yield "gửi, xem lại"
    page.get_by_label("Mã xác nhận").fill("0")
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, mã xác nhận sai"
    citizen.Start.open(page)
    yield "gửi, còn bản nháp"
    go(page, f"{citizen.FORM}xem-lai/")
    step.fill()
    step.go_on()
    citizen.Receipt(page)
    yield "biên nhận"


def following(page):
    """The page that follows a case: asked wrongly, and every answer it can give."""
    form = citizen.Follow.open(page)
    yield "theo dõi, trống"
    form.ask("")
    citizen.Wrong(page)
    yield "theo dõi, thiếu mã"
    form.ask("AAAA-BBBB-CCCC")
    page.get_by_text("Không tìm thấy phản ánh nào").first.wait_for()
    yield "theo dõi, mã lạ"
    for stage in ("submitted", "accepted", "waiting", "answered", "declined"):
        coded(stage)
        citizen.Follow.open(page).ask(grouped(CODE))
        citizen.Followed(page)
        yield f"theo dõi, {stage}"
        citizen.Follow.open(page).ask(grouped(CODE), PHONE_END)
        citizen.Followed(page).main.get_by_role("heading", name="Phản ánh của bạn").wait_for()
        yield f"theo dõi, {stage}, là người gửi"
        if stage == "waiting":
            yield from replying(page)
    coded("submitted")
    citizen.Follow.open(page).ask(grouped(CODE), "0000")
    page.get_by_text("Chưa xác nhận được người gửi").wait_for()
    yield "theo dõi, sai số điện thoại"


def replying(page):
    """What the sender may do: add something, take the case back."""
    page.get_by_role("button", name="Gửi bổ sung").click()
    citizen.Wrong(page)
    yield "bổ sung, trống"
    page.get_by_label("Thông tin bổ sung").fill("Đó là phòng 2.3 ở tầng hai.")
    page.get_by_role("button", name="Gửi bổ sung").click()
    page.get_by_text("Đã nhận thông tin bổ sung").wait_for()
    yield "bổ sung, đã nhận"
    page.get_by_text("Rút phản ánh").first.click()
    page.get_by_role("button", name="Rút phản ánh").click()
    citizen.Wrong(page)
    yield "rút, chưa đánh dấu"
    page.get_by_label("Tôi muốn rút phản ánh này").check()
    page.get_by_role("button", name="Rút phản ánh").click()
    page.get_by_text("Đã rút phản ánh").first.wait_for()
    yield "rút, xong"


def coded(stage: str) -> None:
    """Make a case at ``stage`` that has CODE; the one that had it before loses it."""
    RateWindow.objects.all().delete()  # nobody asks so often
    make = getattr(factories, stage)
    case = make(desk().unit if stage == "submitted" else desk())
    Case.objects.filter(code_digest=code_digest(CODE)).update(code_digest=code_digest(secrets.token_hex()))
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE))


def refusing(page):
    """What the site says when it cannot do what was asked; those that need a broken server, as they are written."""
    go(page, "/khong-co-trang-nay/", 404)
    yield "404"
    go(page, f"{citizen.FORM}xong/", 404)
    yield "không còn biên nhận"
    for _try in range(LIMITS["case_follow"].count + 1):
        limit_hit(limit="case_follow", visitor="127.0.0.1")
    citizen.Follow.open(page).ask("AAAA-BBBB-CCCC")
    page.get_by_role("heading", name="Xin chờ một lát").wait_for()
    yield "429"
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    for template in (*MESSAGES, *REFUSALS):
        html = render(request, template).content
        address = f"/thu/{template}"
        page.route(f"**{address}", _answer(html))
        go(page, address)
        yield template


def _answer(body: bytes):
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")
