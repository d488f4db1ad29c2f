"""Procedures in every state that a reader can meet."""

from cms.core.models import Unit
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
    yield from posting(page)
    full = ProcedurePage.objects.readable().get(code="9.000001")
    for query in ("", "?truong-hop=2&cach=4&co=2-1&co=2-2", "?co=1-1&co=1-2&co=1-3&cach=2"):
        go(page, full.checklist_url + query)
        yield f"chuẩn bị hồ sơ {query}"
    go(page, ProcedurePage.objects.readable().get(code="9.000004").checklist_url)
    yield "chuẩn bị hồ sơ, chưa ghi giấy tờ"
    go(page, ProcedurePage.objects.readable().get(code="9.000090").checklist_url)
    yield "chuẩn bị hồ sơ, thủ tục đã bãi bỏ"


def posting(page):
    """The notice in both sizes and empty, the list in a frame and how to frame it, versions, samples."""
    for tail in ("niem-yet/", "niem-yet/?cap=cap-tinh&kho=a3", "niem-yet/?cap=cap-bo", "nhung/", "ho-so-mau/"):
        go(page, LIST + tail)
        yield f"thủ tục, {tail}"
    school = next(unit for unit in Unit.objects.active().in_order() if unit.embed_origins)
    go(page, f"{LIST}nhung/?don-vi={school.slug}&doi-tuong=cong-dan")
    yield "thủ tục, đoạn mã nhúng"
    for query in ("", "?cap=cap-bo"):
        go(page, f"{LIST}nhung/{school.slug}/{query}")
        yield f"thủ tục, trong khung {query}"
    changed = ProcedurePage.objects.readable().get(code="9.000003")
    changed.conditions = "Người đề nghị có tên trong sổ gốc."
    changed.save_revision().publish()
    for code in ("9.000003", "9.000002"):
        go(page, f"{ProcedurePage.objects.get(code=code).url}phien-ban/")
        yield f"thủ tục, các bản của {code}"
