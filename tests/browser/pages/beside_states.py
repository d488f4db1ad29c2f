"""What happens beside the table of steps, as the screens show it: more days, signed answers, words added."""

from django.urls import reverse
from django.utils import timezone

from cms.media.uploads import CheckedFile
from feedback import factories
from feedback.services.answers import answer_return, answer_save_and_submit
from feedback.services.extensions import deadline_extend
from feedback.services.letters import SIGNED_TYPE, letter_attach
from tests.browser.pages import citizen
from tests.browser.pages.screen import go

OPENED = "all => all.forEach(each => { each.open = true; })"
SIGNED = CheckedFile("tra-loi-da-ky.pdf", "pdf", SIGNED_TYPE, b"%PDF-1.4 mau")


def signed(desk):
    """Return an answered case with its signed document."""
    case = factories.answered(desk)
    letter_attach(case=case, actor=desk.officer, number="12/SGDĐT-VP", signed_on=timezone.localdate(), file=SIGNED)
    return case


def extended(desk):
    """Return a case in work that was given more days."""
    case = factories.in_progress(desk)
    deadline_extend(case=case, actor=desk.leader, days=3, reason="Cần kiểm tra ở hai điểm trường.")
    return case


def beside(page, desk, who: str):
    """The screen of a case with a signed answer, with more days on the way to the next one, with versions compared."""
    go(page, reverse("case:open", args=[signed(desk).pk]))
    page.locator("details").evaluate_all(OPENED)
    yield f"phản ánh có văn bản trả lời, {who}"
    go(page, f"{reverse('case:open', args=[extended(desk).pk])}?hang=queue%3Dall")
    page.locator("details").evaluate_all(OPENED)
    page.get_by_role("link", name="Phản ánh tiếp theo").wait_for()
    yield f"phản ánh đã gia hạn, có phản ánh tiếp theo, {who}"
    case = factories.proposed(desk)
    answer_return(case=case, actor=desk.leader, comment="Nêu ngày xong.")
    answer_save_and_submit(case=case, actor=desk.officer, body="Nhà trường đã thay bốn quạt.", outcome="explained")
    go(page, f"{reverse('case:open', args=[case.pk])}?so-sanh=2")
    page.locator(".comparison .addition").first.wait_for()
    yield f"so hai bản trả lời, {who}"


def adding(page):
    """The sender, whose case is open before us, writes more."""
    page.get_by_text("Viết thêm thông tin").first.click()
    page.get_by_role("button", name="Gửi thêm").click()
    citizen.Wrong(page)
    yield "viết thêm, trống"
    page.get_by_label("Thông tin viết thêm").fill("Hôm qua quạt thứ tư cũng hỏng.")
    page.get_by_role("button", name="Gửi thêm").click()
    page.get_by_text("Đã nhận thông tin bạn viết thêm").first.wait_for()
    yield "viết thêm, đã nhận"
