"""Screens of keying in from paper, of lanes and of opinions, in every state that an officer can meet."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cms.core.models import Unit
from feedback import factories
from feedback.enums import Lane
from feedback.models import BookLine, Case, CaseConsult, CaseDraft, PaperBook
from feedback.services.lanes import case_lane_set
from feedback.services.triage import case_accept
from tests.browser.pages.public_states import desk
from tests.browser.pages.screen import go
from tests.files.make_samples import samples

OPENED = "all => all.forEach(each => { each.open = true; })"
REGISTER = (
    "Sổ,Số dòng,Ngày nhận,Kênh,Người gửi,Điện thoại,Địa chỉ,Tiêu đề,Nội dung,Lĩnh vực,Đơn vị\n"
    "Sổ góp ý 2024,1,05/03/2024,Sổ góp ý,Nguyễn Văn Mẫu,,,Sân trường ngập nước,Mưa to là ngập.,,\n"
)
FILE = {"name": "so.csv", "mimeType": "text/csv"}


def keying(page):
    """tiepnhan: books, a line keyed and refused, the receipt, the lines, the check, a correction, an old register."""
    go(page, reverse("paper:index"))
    yield "sổ giấy"
    book = PaperBook.objects.get(code="so-gop-y")
    go(page, reverse("paper:key", args=[book.pk]))
    yield "nhập một dòng"
    page.locator("input[name=files]").set_input_files(_scan())
    page.get_by_role("button", name="Gửi tệp lên trước").click()
    page.get_by_text("Đã gửi lên").wait_for()
    yield "nhập một dòng, bản chụp đã lên"
    page.get_by_role("button", name="Lưu, nhập dòng tiếp").click()
    page.locator("main .error-message").first.wait_for()
    yield "nhập một dòng, sai"
    _fill(page)
    page.get_by_role("button", name="Lưu và xem biên nhận").click()
    page.get_by_test_id("tracking-code").wait_for()
    yield "biên nhận"
    CaseDraft.objects.update(expires_at=timezone.now())
    page.reload()
    page.get_by_role("button", name="Cấp mã mới").wait_for()
    yield "biên nhận, hết giờ"
    go(page, reverse("paper:lines", args=[book.pk]))
    yield "các dòng"
    go(page, reverse("paper:check", args=[book.pk]))
    yield "kiểm tra sổ"
    page.get_by_role("button", name="Ghi dòng bỏ trống").click()
    page.locator("main .error-message").first.wait_for()
    yield "kiểm tra sổ, sai"
    empty = PaperBook.objects.get(code="so-van-ban-den")
    for name in ("lines", "check"):
        go(page, reverse(f"paper:{name}", args=[empty.pk]))
        yield f"sổ trống: {name}"
    yield from _correcting(page)
    yield from _registering(page)


def _scan() -> dict:
    name = "ke_hoach_tot.docx"
    return {"name": "trang-5.docx", "mimeType": "application/octet-stream", "buffer": samples()[name]}


def _fill(page) -> None:
    page.locator("select[name=category]").select_option(index=1)
    page.locator("input[name=title]").fill("Cổng trường không có gờ giảm tốc")
    page.locator("textarea[name=body]").fill("Xe chạy nhanh trước cổng trường, đề nghị làm gờ giảm tốc.")
    page.locator("input[name=agree_handle]").check()


def _keyed() -> BookLine:
    return factories.paper_line(desk(), number=77)[1]


def _correcting(page):
    line = _keyed()
    go(page, reverse("paper:correct", args=[line.pk]))
    yield "sửa phần nhập"
    page.locator("main input[name=line]").fill("không")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator("main .error-message").first.wait_for()
    yield "sửa phần nhập, sai"
    case_accept(case=Case.objects.get(pk=line.case_id), actor=desk().clerk)
    go(page, reverse("paper:correct", args=[line.pk]))
    yield "sửa phần nhập, đã tiếp nhận"


def _registering(page):
    go(page, reverse("paper_book:index"))
    yield "danh mục sổ"
    go(page, reverse("paper_book:add"))
    yield "mở sổ"
    go(page, reverse("cases_import"))
    yield "nhập sổ cũ"
    page.locator("main input[type=file]").set_input_files({**FILE, "buffer": REGISTER.encode()})
    with page.expect_navigation():
        page.get_by_role("button", name="Đọc tệp và xem trước").click()
    yield "nhập sổ cũ, xem trước"


def guarding(page):
    """lanhdao: a child's case with the names open, the glass whole and refused, opinions asked and given."""
    case = factories.submitted(desk().unit)
    case = case_lane_set(case=case, actor=desk().clerk, lane=Lane.CHILD, people=[desk().leader])
    go(page, reverse("case:open", args=[case.pk]))
    page.locator("details").evaluate_all(OPENED)
    yield "phản ánh bảo vệ trẻ em"
    go(page, reverse("break_glass"))
    yield "tự mở"
    page.get_by_role("button", name=re.compile("Mở và báo")).click()
    page.locator("main .error-message").first.wait_for()
    yield "tự mở, thiếu lý do"
    CaseConsult.objects.all().delete()
    go(page, reverse("opinion:index"))
    yield "ý kiến được hỏi, trống"
    other = Unit.objects.get(code="KHTC")
    consult = factories.consulted(desk(), other)
    CaseConsult.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    go(page, reverse("opinion:index"))
    yield "ý kiến được hỏi"
    go(page, reverse("opinion:open", args=[consult.pk]))
    yield "cho ý kiến"
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.locator("main .error-message").first.wait_for()
    yield "cho ý kiến, trống"
    go(page, reverse("case:open", args=[consult.case_id]))
    page.locator("details").evaluate_all(OPENED)
    yield "phản ánh đang xin ý kiến"
