"""Procedures in every state that a reader can meet."""

from procedures.models import ProcedurePage
from tests.browser.pages.screen import go

LIST = "/thu-tuc-hanh-chinh/"


def preparing(page):
    """The list narrowed and without a match; every sample procedure; the checklist empty, half ready and complete."""
    for query in ("?q=chuyen+truong&cap=cap-tinh", "?q=zzz+khong+co"):
        go(page, LIST + query)
        yield f"thủ tục, lọc {query}"
    for procedure in ProcedurePage.objects.readable().in_order():
        go(page, procedure.url)
        yield f"thủ tục {procedure.code}, {procedure.get_state_display()}"
    full = ProcedurePage.objects.readable().get(code="9.000001")
    for query in ("", "?truong-hop=2&cach=4&co=2-1&co=2-2", "?co=1-1&co=1-2&co=1-3&cach=2"):
        go(page, full.checklist_url + query)
        yield f"chuẩn bị hồ sơ {query}"
    go(page, ProcedurePage.objects.readable().get(code="9.000004").checklist_url)
    yield "chuẩn bị hồ sơ, chưa ghi giấy tờ"
    go(page, ProcedurePage.objects.readable().get(code="9.000090").checklist_url)
    yield "chuẩn bị hồ sơ, thủ tục đã bãi bỏ"
