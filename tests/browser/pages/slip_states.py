"""Invitations as they are handed out, quotes as they are chosen, papers as a school keys in its own."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.core.enums import ModerationDecision
from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import OpenWords
from surveys.services.words import words_decide, words_quote
from tests.browser.pages.screen import go


def handing_out(page):
    """khaosat: no batch yet, a form with faults, batches used, a few used, taken back."""
    survey = factories.survey(slug="phat-phieu-moi", title="Bữa ăn bán trú")
    url = reverse("survey:invitations", args=[survey.pk])
    go(page, url)
    yield "lời mời, chưa phát đợt nào"
    page.get_by_label("Số lời mời").fill("2")
    page.get_by_role("button", name="Phát và tải về").click()
    page.locator(".error-message").first.wait_for()
    yield "lời mời, thiếu nhóm, quá ít"
    for label in ("Khối một", "Khối hai"):
        factories.batch(survey, label)
    go(page, url)
    page.get_by_role("button", name="Thu hồi phần chưa dùng của Khối một").click()
    page.get_by_text("Đã thu hồi phần chưa dùng ngày").wait_for()
    yield "lời mời, các đợt đã phát"


def setting_goals(page):
    """khaosat: no target and no group yet, both with faults, both set."""
    survey = factories.survey(slug="chi-tieu-moi", title="Bữa ăn bán trú")
    go(page, reverse("survey:goals", args=[survey.pk]))
    yield "chỉ tiêu và nhóm, chưa có gì"
    page.get_by_role("button", name="Ghi chỉ tiêu").click()
    page.locator(".error-message").first.wait_for()
    yield "chỉ tiêu thiếu mức phải đạt"
    page.get_by_label("Phải đạt").fill("95")
    page.get_by_role("button", name="Ghi chỉ tiêu").click()
    page.get_by_role("button", name="Bỏ chỉ tiêu").wait_for()
    page.get_by_role("button", name="Ghi tổng thể").click()
    page.locator(".error-message").first.wait_for()
    yield "nhóm thiếu tổng thể"
    page.get_by_role("spinbutton", name="Tổng thể").fill("1250")
    page.get_by_role("button", name="Ghi tổng thể").click()
    page.get_by_role("cell", name="1.250").or_(page.get_by_role("cell", name="1250")).first.wait_for()
    yield "chỉ tiêu và nhóm đã ghi"


def choosing_quotes(page):
    """khaosat: words let through, one of them quoted; the page that everybody sees."""
    survey = factories.survey(slug="loi-trich", title="Bữa ăn ở trường", results_public=True)
    keeper = User.objects.get(username="khaosat")
    # Of the month that runs nothing is told.
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    for number in range(6):
        factories.answered(survey, {"muc": "4", "loi": f"Nên thêm rau, món {number}"}, today=day)
    for words in OpenWords.objects.filter(response__version__survey=survey):
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=keeper)
    words_quote(words_id=words.pk, quoted=True, actor=keeper)
    go(page, f"{reverse('survey:figures', args=[survey.pk])}?ky={day.year}")
    page.get_by_role("button", name="Thôi trích").wait_for()
    yield "kết quả, lời được trích"
    go(page, f"/khao-sat/{survey.slug}/ket-qua/?ky={day.year}")
    page.get_by_role("blockquote").wait_for()
    yield "kết quả mọi người xem, có lời trích"


def keying_own_papers(page):
    """tiepnhan: the surveys with papers of the own unit, the papers, the form."""
    survey = factories.survey(slug="giay-cua-truong", title="Bữa ăn bán trú", paper_twice=True)
    unit = User.objects.get(username="tiepnhan").memberships.first().unit
    go(page, reverse("survey_papers"))
    yield "phiếu khảo sát giấy, chưa có khảo sát nào"
    factories.place(survey, "hop-thu", ChannelKind.PAPER, unit=unit)
    factories.paper(survey, {"muc": "4"}, {"muc": "5"}, unit=unit)
    go(page, reverse("survey_papers"))
    yield "phiếu khảo sát giấy của đơn vị"
    page.get_by_role("link", name="Bữa ăn bán trú").click()
    page.get_by_role("link", name="Đối chiếu phiếu").wait_for()
    yield "phiếu giấy của đơn vị, chờ đối chiếu"
    page.get_by_role("link", name="Nhập phiếu", exact=True).click()
    page.get_by_role("button", name="Ghi phiếu này").wait_for()
    yield "nhập phiếu giấy của đơn vị"
