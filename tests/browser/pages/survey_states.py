"""Surveys as those who answer meet them, and as those who keep them write and read them."""

import re

from django.urls import reverse
from django.utils import timezone

from playwright.sync_api import expect

from cms.core.models import Unit
from surveys import factories
from surveys.enums import QuestionKind, SurveyState
from surveys.models import Survey
from surveys.services.seed import ANSWER_RATING
from tests.browser.pages.office import HOME
from tests.browser.pages.screen import go

SECTIONS = (
    [
        {"key": "ai", "label": "Bạn là ai?", "kind": QuestionKind.ONE_OF, "choices": "Phụ huynh\nHọc sinh"},
        {"key": "lan", "label": "Bạn đến trường mấy lần trong năm?", "kind": QuestionKind.NUMBER, "required": True},
        {"key": "ngay", "label": "Lần gần nhất là ngày nào?", "kind": QuestionKind.DATE},
    ],
    [
        {"key": "dan", "label": "Sau đây là vài câu về bữa ăn.", "kind": QuestionKind.INFORMATION},
        factories.SCORE,
        {"key": "diem", "label": "Bạn có giới thiệu với người khác không?", "kind": QuestionKind.SCORE_10},
        {"key": "gi", "label": "Điều gì tốt?", "kind": QuestionKind.SOME_OF, "choices": "Sạch\nNgon\nĐủ"},
        factories.WORDS,
        {"key": "dong-y", "label": "Tôi đồng ý cho dùng câu trả lời", "kind": QuestionKind.CONSENT, "required": True},
    ],
)


def address(survey: Survey, token: str) -> str:
    """Where the invitation with ``token`` is answered."""
    return f"/khao-sat/{survey.slug}/tra-loi/{token}/"


def answering(page):
    """A link of a mail with its level, questions opened by an answer, several pages, what is wrong, thanks, used up."""
    rating = Survey.objects.get(slug=ANSWER_RATING)
    url = address(rating, factories.invited(rating))
    go(page, f"{url}?diem=4")
    yield "chấm câu trả lời, chọn sẵn mức 4"
    page.get_by_label("2 – Không hài lòng").check()
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("heading", name="Có thêm câu hỏi").wait_for()
    yield "chấm câu trả lời, có thêm câu hỏi"
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("heading", name="phiếu đã được nhận").wait_for()
    yield "đã nhận phiếu"
    go(page, url)
    page.get_by_role("heading", name="Phiếu này đã được gửi rồi").wait_for()
    yield "phiếu đã gửi rồi, mở lại liên kết"
    go(page, address(rating, "khong-co-ma-nay-trong-kho"), 404)
    yield "liên kết đã dùng"
    survey = factories.survey(*SECTIONS, title="Bữa ăn ở trường", intro="Mất ba phút.", open_link=True)
    go(page, f"/khao-sat/{survey.slug}/tra-loi/")
    yield "khảo sát nhiều phần, liên kết mở"
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("alert").wait_for()
    yield "khảo sát nhiều phần, thiếu trả lời"
    page.get_by_label("Bạn đến trường mấy lần").fill("3")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Phần 2 trên 2").wait_for()
    yield "khảo sát nhiều phần, phần cuối"
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_role("alert").wait_for()
    yield "khảo sát nhiều phần, phần cuối thiếu trả lời"


def keeping_surveys(page):
    """khaosat: the list, a new survey, its screen, its questions with faults, a preview, results empty and full."""
    go(page, reverse("survey:index"))
    yield "các khảo sát"
    go(page, reverse("survey:add"))
    yield "khảo sát mới"
    page.get_by_role("button", name=re.compile("Create|Tạo|Lưu|Lập")).first.click()
    page.locator(".w-field--error, .error-message").first.wait_for()
    yield "khảo sát mới, thiếu tên"
    rating = Survey.objects.get(slug=ANSWER_RATING)
    go(page, reverse("survey:open", args=[rating.pk]))
    yield "khảo sát đang mở"
    page.get_by_role("button", name="Sao chép thành khảo sát mới").click()
    page.locator(".error-message").first.wait_for()
    yield "sao chép, thiếu địa chỉ"
    draft = factories.survey(*SECTIONS, state=SurveyState.DRAFT, confirmed=False, title="Bản nháp", source="Nguồn cũ")
    go(page, reverse("survey:open", args=[draft.pk]))
    yield "khảo sát còn là bản nháp"
    go(page, reverse("survey:version", args=[draft.current_id]))
    page.locator("[data-edit-form]").wait_for()
    yield "câu hỏi của một bản"
    go(page, reverse("survey:preview", args=[draft.current_id]))
    yield "xem trước phần đầu"
    go(page, reverse("survey:figures", args=[draft.pk]))
    yield "kết quả, chưa có phiếu"
    few = factories.survey(title="Ít phiếu")
    for level in "4455":
        factories.answered(few, {"muc": level}, unit=Unit.objects.get(code="TH-CX"))
    go(page, reverse("survey:figures", args=[few.pk]))
    yield "kết quả, số nhỏ được ẩn"
    for level in "12345":
        factories.answered(rating, {"muc-hai-long": level, "loi-gop-y": "Gọi 0912 345 678."})
    go(page, reverse("survey:figures", args=[rating.pk]))
    yield "kết quả, có số"
    go(page, f"{reverse('survey:figures', args=[rating.pk])}?ky=sai", 400)
    yield "kết quả, kỳ không đọc được"
    go(page, reverse("moderation:index"))
    yield "lời góp ý chờ duyệt"


def reading_results(page):
    """lanhdao: the desk with what senders said, a survey that cannot be changed, its results."""
    rating = Survey.objects.get(slug=ANSWER_RATING)
    unit = Unit.objects.get(code="TH-CX")
    for level in "44555":
        factories.answered(rating, {"muc-hai-long": level}, unit=unit, about="linh-vuc-khac")
    go(page, HOME)
    yield "bàn của lãnh đạo, điểm người gửi chấm"
    go(page, reverse("survey:open", args=[rating.pk]))
    expect(page.get_by_role("button", name="Đóng khảo sát")).to_have_count(0)
    yield "khảo sát, chỉ xem"
    go(page, reverse("survey:figures", args=[rating.pk]))
    yield "kết quả, đơn vị mình"


def reading_public_results(page):
    """Everybody: results full and empty, of few, of a period that is none; published ones, and those taken back."""
    survey = factories.survey(title="Bữa ăn ở trường", slug="bua-an-ket-qua", results_public=True)
    for level in "1233444555":
        factories.answered(survey, {"muc": level}, unit=Unit.objects.get(code="TH-CX"))
    base = f"/khao-sat/{survey.slug}/ket-qua/"
    go(page, base)
    yield "kết quả, mọi người xem"
    go(page, f"{base}?ky=2020")
    yield "kết quả, kỳ chưa có phiếu"
    go(page, f"{base}?ky=sai", 400)
    yield "kết quả, kỳ không đọc được, mọi người xem"
    made = factories.snapshot(survey, str(timezone.localdate().year))
    go(page, f"{base}{made.pk}/")
    yield "kết quả đã công bố"
    made.withdrawn_at, made.withdrawn_reason = timezone.now(), "Nhập nhầm phiếu."
    made.save()
    go(page, f"{base}{made.pk}/", 410)
    yield "kết quả đã rút"
    go(page, "/khao-sat/sipas/ket-qua/")
    yield "kết quả SIPAS"
