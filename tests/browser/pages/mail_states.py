"""The words of mails in every state: the default, a refusal, the preview, a change beside the default."""

from django.urls import reverse

from cms.core.models import MailText
from tests.browser.pages.screen import go


def keeping_mails(page):
    """quantri: the list, the editor, a wrong place, the frame of the preview, the comparison and the way back."""
    text = MailText.objects.get(key="case_receipt")
    edit, default = reverse("mail_text:edit", args=[text.pk]), reverse("mail_text:default", args=[text.pk])
    go(page, default)
    yield "thư mẫu: đang dùng lời mặc định"
    go(page, edit)
    yield "thư mẫu: soạn"
    page.fill("[name=body]", "Gửi {họ tên}. {trang theo dõi}")
    page.get_by_role("button", name="Lưu bản nháp").first.click()
    page.locator("main .error-message, main .w-field--error, main .help-critical").first.wait_for()
    yield "thư mẫu: chỗ tự điền lạ"
    text.body = "Chúng tôi đã nhận phản ánh {số phản ánh}.\n\n[Theo dõi]({trang theo dõi})"
    text.save_revision().publish()
    go(page, default)
    yield "thư mẫu: so với lời mặc định"
    go(page, reverse("mail_text:list"))
    yield "thư mẫu: danh sách"
    go(page, reverse("mail_text:history", args=[text.pk]))
    yield "thư mẫu: lịch sử"
    go(page, reverse("mail_text:revisions_view", args=[text.pk, text.latest_revision_id]))
    page.locator("pre").wait_for()
    yield "thư mẫu: xem trước"
    go(page, default)
    with page.expect_navigation():
        page.get_by_role("button", name="Dùng lại lời mặc định").click()
    yield "thư mẫu: đã trở lại lời mặc định"
