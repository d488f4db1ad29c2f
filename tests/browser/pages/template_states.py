"""Templates of answers in every state: none, refused, switched off; and how one comes into an answer."""

from django.urls import reverse

from feedback import factories
from feedback.models import AnswerTemplate
from tests.browser.pages.public_states import desk
from tests.browser.pages.screen import go


def keeping_templates(page):
    """quantri: a template with a place that does not exist, one switched off, and a list with nothing in it."""
    kept = list(AnswerTemplate.objects.all())
    go(page, reverse("answer_template:add"))
    page.fill("[name=name]", "Mẫu thử")
    page.fill("[name=body]", "Gửi {họ tên}.")
    page.locator("main form[method=post] [type=submit]:visible").first.click()
    page.locator("main .error-message, main .w-field--error, main .help-critical").first.wait_for()
    yield "mẫu câu trả lời: chỗ tự điền lạ"
    AnswerTemplate.objects.filter(pk=kept[0].pk).update(active=False)
    go(page, reverse("answer_template:index"))
    yield "mẫu câu trả lời: một mẫu đã tắt"
    AnswerTemplate.objects.all().delete()
    go(page, reverse("answer_template:index"))
    yield "mẫu câu trả lời: chưa có"
    AnswerTemplate.objects.bulk_create(kept)


def filling_in(page):
    """xuly: the press without a choice, the words in the editor, and a place left open when it is laid before."""
    case = factories.in_progress(desk())
    go(page, reverse("case:open", args=[case.pk]))
    fill = page.get_by_role("button", name="Chép mẫu vào câu trả lời")
    fill.click()
    page.locator("main .error-message").first.wait_for()
    yield "mẫu câu trả lời: chưa chọn"
    page.locator("select[name=template]").select_option(index=1)
    with page.expect_navigation():
        fill.click()
    assert case.reference in page.locator("textarea[name=body]").input_value()
    yield "mẫu câu trả lời: đã chép vào"
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu và trình duyệt").click()
    page.locator("main .error-message").filter(has_text="chưa viết").wait_for()
    yield "mẫu câu trả lời: còn chỗ chưa viết"
