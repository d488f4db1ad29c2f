"""Every public page in every state that a reader can meet."""

import secrets
from datetime import timedelta

from django.db.models import F
from django.shortcuts import render
from django.test import RequestFactory

from cms.accounts.models import User
from cms.core.models import RateWindow, Unit
from cms.core.services.limits import LIMITS, limit_hit
from cms.home.models import ReformYearPage, SiteNotice
from cms.news.models import NewsPage
from cms.official_documents.enums import LegalStatus
from cms.official_documents.models import OfficialDocumentPage
from cms.plans.models import PlanPage
from cms.units.models import UnitPage
from feedback import factories
from feedback.codes import code_digest, grouped
from feedback.models import Case, PublicCase, ReaderComment
from feedback.services.comment_forms import receipt_mark
from feedback.services.publication import public_case_withdraw
from tests.browser.pages import citizen, data_states, narrow
from tests.browser.pages.beside_states import adding
from tests.browser.pages.reader import News, PublishedCases, Register, Search
from tests.browser.pages.screen import go
from tests.media.files import picture

LISTS = (
    *("/tin-tuc/", "/cai-cach-hanh-chinh/", "/lich/", "/don-vi/", "/van-ban/"),
    *("/hoc-lieu/", "/phan-anh-kien-nghi/", "/thu-tuc-hanh-chinh/"),
)
KERNEL = ("/du-lieu-mo/", "/so-nhat-ky/", "/so-nhat-ky/doi-chieu/")
ORGANISATION = ("so-do-to-chuc", "lanh-dao", "lien-he", "noi-tiep-nhan")
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
    more = ("/gioi-thieu/", "/khao-sat/", "/phan-anh-kien-nghi/thong-ke/", "/phan-anh-kien-nghi/du-lieu/", *KERNEL)
    for address in ("/", *LISTS, *more, *(f"/gioi-thieu/{slug}/" for slug in ORGANISATION)):
        go(page, address)
        yield f"{address} trống"


def reading(page):
    """The pages of a portal that is in use."""
    for address in ("/", *LISTS, "/gioi-thieu/", *(f"/gioi-thieu/{slug}/" for slug in ORGANISATION)):
        go(page, address)
        yield address
    yield from units(page)
    for story in NewsPage.objects.live().order_by("pk"):
        go(page, story.url)
        yield f"tin: {story.title}"
    page.goto(f"{NewsPage.objects.exclude(photos=None).first().url}#anh-2")
    page.get_by_role("dialog").wait_for()
    yield "tin, ảnh mở lớn"
    for kind in (OfficialDocumentPage, PlanPage):
        go(page, kind.objects.live().first().url)
        yield str(kind._meta.verbose_name)
    pictured = factories.covered(factories.published(desk(), title="Mái hiên dãy nhà B dột"), desk()).public_case
    pictured.refresh_from_db()
    pictured.get_latest_revision().publish(user=desk().leader, skip_permission_checks=True)
    go(page, pictured.get_absolute_url())
    page.get_by_role("img", name="Mái hiên").wait_for()
    yield "phản ánh đã đăng, có ảnh"
    yield from data_states.figures(page)
    gone = PublicCase.objects.public().last()
    leader = User.objects.get(username="lanhdao")
    public_case_withdraw(public_case=gone, actor=leader, reason="Bản này có chi tiết cần xem lại.")
    go(page, gone.get_absolute_url(), 410)
    yield "phản ánh đã gỡ"


def framing(page):
    """What stands around every page: a notice, open menus, the map, large letters and the strongest contrast."""
    SiteNotice.objects.filter(level="urgent").update(starts_at=F("starts_at") - timedelta(days=14))
    go(page, "/phan-anh-kien-nghi/")
    assert page.locator(".alert").count() == 2
    yield "hai thông báo đầu trang"
    go(page, "/tin-tuc/")
    if page.locator(".menu__button").is_visible():
        page.locator(".menu__button").click()
    for title in page.locator(".menu__sub > summary").all():
        title.click()
        yield f"danh mục mở: {title.inner_text()}"
    go(page, "/so-do-trang/")
    yield "sơ đồ trang"
    go(page, "/tin-tuc/hoc-ba-so/", 404)
    yield "không tìm thấy trang, có gợi ý"
    for text, contrast in (("largest", ""), ("", "high"), ("largest", "high")):
        page.evaluate(
            "([text, contrast]) => { localStorage['co-chu'] = text; localStorage['tuong-phan'] = contrast; }",
            [text, contrast],
        )
        for address in ("/", "/van-ban/", "/phan-anh-kien-nghi/"):
            go(page, address)
            yield f"{address} {text} {contrast}"
        if text:
            assert narrow.sticking_out(page) == []


def speaking(page):
    """Comments below a page and the form to write one, in every state; the question whether the page was of use."""
    comment = ReaderComment.objects.published().last()
    go(page, comment.page.url)
    yield "ý kiến đã đăng"
    page.get_by_role("button", name="Chưa hữu ích").click()
    page.get_by_role("button", name="Gửi lời góp ý").click()
    page.get_by_role("alert").wait_for()
    yield "đánh giá tại chỗ, lời góp ý trống"
    go(page, f"/danh-gia/?trang={comment.page_id}")
    page.get_by_role("button", name="Hữu ích", exact=True).click()
    page.get_by_role("heading", name="Cảm ơn bạn đã đánh giá").wait_for()
    yield "đánh giá, cảm ơn"
    go(page, f"/y-kien/?trang={comment.page_id}")
    yield "ý kiến, biểu mẫu"
    page.get_by_role("button", name="Gửi ý kiến").click()
    citizen.Wrong(page)
    yield "ý kiến, sai"
    go(page, f"/y-kien/da-gui/{receipt_mark(comment)}/")
    yield "ý kiến, đã nhận"
    page.get_by_role("button", name="Rút ý kiến này").click()
    page.get_by_role("heading", name="Đã rút ý kiến").wait_for()
    yield "ý kiến, đã rút"
    for news in NewsPage.objects.exclude(comments_close_on=None).order_by("comments_close_on"):
        go(page, news.url)
        yield f"ý kiến đến hết ngày {news.comments_close_on}"
    past = NewsPage.objects.exclude(comments_close_on=None).earliest("comments_close_on")
    go(page, f"/y-kien/?trang={past.pk}")
    yield "ý kiến, hết hạn"


def papers(page):
    """A document in every state, and the year page that gathers them."""
    for document in OfficialDocumentPage.objects.readable().filter(source_digest="mau-day-du"):
        go(page, document.url)
        yield f"văn bản {document.number or document.title}"
    for status in LegalStatus:
        go(page, OfficialDocumentPage.objects.readable().filter(legal_status=status).newest().first().url)
        yield f"văn bản, {status.label}"
    go(page, ReformYearPage.objects.readable().newest().first().url)
    yield "năm cải cách hành chính"


def units(page):
    """A unit with everything, with little, with a long name, closed; and what hangs below its address."""
    for code in ("CQ", "TH-CX", "THPT-DS", "LC-TN", "TH-CU"):
        go(page, UnitPage.objects.get(unit__code=code).url)
        yield f"đơn vị {code}"
    below = f"/don-vi/{Unit.objects.get(code='TH-CX').slug}/"
    for tail in ("nhung/", "noi-tiep-nhan/"):
        go(page, f"{below}{tail}")
        yield f"đơn vị, {tail}"
    for query in ("?loai=truong-tieu-hoc", "?q=khong-co-truong-nao"):
        go(page, f"/don-vi/{query}")
        yield f"danh bạ {query}"


def looking_for(page):
    """Lists narrowed, and the search, with and without results."""
    Register.open(page, loai="ke-hoach", q="cai cach")
    yield "văn bản, lọc"
    News.open(page, **{"chuyen-muc": "cai-cach-hanh-chinh"})
    yield "tin, một chuyên mục"
    News.open(page, thang="1999-01")
    yield "tin, không có kết quả"
    for query in ("q=chuyen+doi+so", "loai=ke-hoach&nam=2026", "q=khong+co+ke+hoach+nao"):
        go(page, f"/cai-cach-hanh-chinh/?{query}")
        yield f"kế hoạch, {query}"
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
    for query in ("?tim=nha+ve+sinh#tim-truoc", "?tim=khong+co+gi+nhu+the#tim-truoc"):
        go(page, f"{citizen.FORM}{query}")
        yield f"gửi, tìm trước {query}"
    yield from sending_words(page)
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


def sending_words(page):
    """The pages of subject and words, with published answers near to the title."""
    go(page, f"{citizen.FORM}linh-vuc/")
    step = citizen.Subject(page)
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, lĩnh vực sai"
    page.get_by_label("Loại việc").select_option(label="Đòi thêm giấy tờ ngoài quy định")
    step.fill(**ANSWERS)
    step.go_on()
    step = citizen.Content(page)
    yield "gửi, nội dung"
    step.go_on()
    citizen.Wrong(page)
    yield "gửi, nội dung sai"
    page.get_by_label("Tiêu đề", exact=True).fill("Nhà vệ sinh khu lớp 2 hỏng vòi nước nhiều tuần")
    page.get_by_role("heading", name="Có thể đã có câu trả lời").wait_for()
    page.get_by_label("Nội dung", exact=True).fill("Gọi tôi theo số 0912 345 678.")
    page.locator("[data-privacy]").get_by_text("số điện thoại").wait_for()
    yield "gửi, có câu trả lời gần giống, lời nhắc thông tin riêng"
    step.fill(**ANSWERS)
    step.go_on()


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
    resend = f"{citizen.FOLLOW}gui-lai-ma/"
    go(page, resend)
    yield "gửi lại mã"
    page.get_by_role("button", name="Gửi lại mã").click()
    citizen.Wrong(page)
    yield "gửi lại mã, trống"
    go(page, f"{resend}da-gui/")
    yield "gửi lại mã, đã gửi"
    form = citizen.Follow.open(page)
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
        if stage == "accepted":
            yield from adding(page)
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
