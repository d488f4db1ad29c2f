"""Procedures in every state that a reader can meet."""

from datetime import date

from cms.core.models import Unit
from procedures.enums import DossierChannel, DossierState, PauseKind
from procedures.models import Dossier, DossierApplicant, DossierStep, ProcedurePage, ServiceEvaluation
from tests.browser.pages.screen import go
from tests.procedures.counted import at, many, row, store

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


LOOKUP, FIGURES = "/tra-cuu-ho-so/", "/thong-ke-ho-so/"


def asking_for_a_dossier(page):
    """The look-up: empty, wrong code, code alone, wrong phone, right phone, ended; then the figures."""
    code = _dossiers()
    go(page, f"{LOOKUP}?ma={code}")
    yield "tra cứu hồ sơ, mã điền sẵn"
    for typed, second, said in ((f"{code}9", "", "mã sai"), (code, "", "chỉ có mã"), (code, "9999", "số sai")):
        yield _looked_up(page, typed, second, said)
    yield _looked_up(page, code, "5678", "có số điện thoại")
    for state in (DossierState.REFUSED, DossierState.COMPLETED, DossierState.WITHDRAWN):
        ended = {"ended_at": at(date(2026, 11, 20)), "end_reason": "Thiếu học bạ bản chính"}
        Dossier.objects.filter(code=code).update(state=state, completed_at=ended["ended_at"], **ended)
        yield _looked_up(page, code, "5678", str(state.label))
    yield from _figures(page)


def _dossiers() -> str:
    """Store a dossier that was asked for papers and appointed anew, and a few others beside it."""
    code = "000.00.12.H26-261102-0001"
    due = {"due_source": "computed", "time_quantity": 10, "time_unit": "working_day"}
    store(
        row(date(2026, 11, 2), due=date(2026, 11, 16), code=code, reappointed_on=date(2026, 12, 4), **due),
        *many(9, date(2026, 1, 12), took=4, channel=DossierChannel.ONLINE),
        *many(3, date(2026, 2, 2), took=20, channel=DossierChannel.POST),
    )
    dossier = Dossier.objects.get(code=code)
    Dossier.objects.filter(pk=dossier.pk).update(papers="Đơn xin chuyển trường\nHọc bạ", postal_number="EB123456789VN")
    DossierApplicant.objects.create(dossier=dossier, name="Trần Thị Bưởi", phone="0912 345 678")
    done = {"started_at": at(date(2026, 11, 2)), "ended_at": at(date(2026, 11, 3))}
    DossierStep.objects.create(dossier=dossier, number=1, unit_name="Bộ phận Một cửa", work="Nhận hồ sơ", **done)
    DossierStep.objects.create(dossier=dossier, number=2, unit_name="Phòng Trung học", work="Thẩm định, trình ký")
    asked = {"kind": PauseKind.SUPPLEMENT, "asked": "Bản sao học bạ có chứng thực"}
    dossier.pauses.create(began_at=at(date(2026, 11, 5)), ended_at=at(date(2026, 11, 9)), **asked)
    return code


def _looked_up(page, code, second, said):
    go(page, LOOKUP)
    page.fill("[name=code]", code)
    page.fill("[name=second]", second)
    page.click("main form.form button[type=submit]")
    page.locator("main h1").wait_for()
    return f"tra cứu hồ sơ, {said}"


def _figures(page):
    """The figures: a year, an older quarter with its sample report, days, what is no period; an evaluation."""
    words = {"online_words": "Nộp trực tuyến tăng.", "post_words": "Bưu điện trực cả tuần."}
    ServiceEvaluation.objects.create(period="2026-Q1", public=True, published_on=date(2026, 4, 5), **words)
    for query in ("", "?ky=2026-Q1", "?ky=2019-Q1", "?tu=2026-02-03&den=2026-10-20"):
        go(page, FIGURES + query)
        yield f"số liệu hồ sơ {query}"
    go(page, f"{FIGURES}?ky=2026-Q9", 400)
    yield "số liệu hồ sơ, kỳ không đọc được"
    go(page, f"{FIGURES}danh-gia/2026-Q1/")
    yield "đánh giá dịch vụ trực tuyến, bưu chính"
