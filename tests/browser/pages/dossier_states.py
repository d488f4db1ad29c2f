"""Screens of the one-stop desk, in every state that a clerk can meet."""

from django.urls import reverse

from cms.core.models import Unit
from procedures.enums import DossierState
from procedures.models import Dossier
from tests.browser.pages.screen import go

OPENED = "all => all.forEach(each => { each.open = true; })"
HEAD = "Mã hồ sơ,Mã thủ tục,Tên thủ tục,Người nộp,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Đơn vị\n"
ROW = "A-26-0001,,Việc mẫu,Nguyễn Mẫu,02/11/2026,05/11/2026,Đang xử lý,VP\n"


def taking_in(page):
    """motcua: the list and its queues, a dossier keyed, the receipt, one of each state, a refusal, the file."""
    go(page, reverse("dossier:index"))
    yield "hồ sơ, đang giải quyết"
    for query in ("?queue=late", "?queue=all", "?q=zzzz", "?q=trần+văn+mẫu"):
        go(page, reverse("dossier:index") + query)
        yield f"hồ sơ, danh sách {query}"
    go(page, reverse("dossier:entry"))
    yield "nhận hồ sơ"
    page.locator("[name=procedure]").press_sequentially("chuyen truong")
    page.locator(".picker__row").first.wait_for()
    yield "nhận hồ sơ, đang chọn thủ tục"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lưu, nhận hồ sơ tiếp").click()
    page.locator("main .error-message").first.wait_for()
    yield "nhận hồ sơ, sai"
    page.locator("[name=procedure]").fill("9.000001")
    page.locator("[name=name]").fill("Nguyễn Thị Mẫu")
    page.locator("[name=channel]").select_option("online")
    page.locator("[name=unit]").select_option(str(Unit.objects.get(code="VP").pk))
    page.get_by_role("button", name="Lưu và xem giấy tiếp nhận").click()
    page.get_by_role("link", name="In giấy tiếp nhận").wait_for()
    yield "giấy tiếp nhận"
    for state in DossierState:
        made = Dossier.objects.filter(state=state).first()
        if made is not None:
            go(page, reverse("dossier:open", args=[made.pk]))
            page.locator("details").evaluate_all(OPENED)
            yield f"hồ sơ, {made.get_state_display()}"
    page.get_by_role("button", name="Xem cách liên hệ").click()
    page.get_by_text("đã được ghi vào nhật ký").wait_for()
    yield "hồ sơ, cách liên hệ"
    yield from _from_a_file(page)


def _from_a_file(page):
    go(page, reverse("dossiers_import"))
    yield "nhập hồ sơ từ tệp"
    given = {
        "name": "ho-so.csv",
        "mimeType": "text/csv",
        "buffer": (HEAD + ROW + ROW.replace("05/11", "06/11")).encode(),
    }
    page.locator("input[type=file]").set_input_files(given)
    page.locator("main form button[type=submit]").click()
    page.get_by_text("nội dung khác").first.wait_for()
    yield "nhập hồ sơ từ tệp, có dòng bị từ chối"
