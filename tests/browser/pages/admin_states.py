"""Every screen of the admin that is ours, in every state that an officer can meet."""

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import reverse

from cms.accounts.models import User
from cms.core.enums import MailState, ModerationShelf
from cms.core.models import OutboxMail
from feedback import factories
from feedback.models import ApiKey, Case, PageRating, PublicCase, SavedFilter
from feedback.services.api_keys import api_key_revoke
from feedback.services.triage import case_accept, case_quarantine
from tests.browser.pages.beside_states import beside
from tests.browser.pages.office import HOME, Desk
from tests.browser.pages.public_states import desk
from tests.browser.pages.screen import go
from tests.feedback.pictures import attach_pdf, written_pdf
from tests.files.make_samples import samples

STAGES = ("submitted", "accepted", "assigned", "in_progress", "waiting", "proposed", "answered", "declined")
OPENED = "all => all.forEach(each => { each.open = true; })"
# Lists with their forms: the name of the viewset, the rows' model, and what it has beside a list.
HOUSE = (
    ("units", "core.Unit", ("add", "edit")),
    ("calendar", "core.CalendarDay", ("add", "edit", "delete")),
    ("case_category", "feedback.Category", ("add", "edit", "delete")),
    ("case_profile", "feedback.DeadlineProfile", ("add", "edit")),
    ("decline_reason", "feedback.DeclineReason", ("add", "edit")),
    ("answer_template", "feedback.AnswerTemplate", ("add", "edit")),
    ("extra_question", "feedback.ExtraQuestion", ("add", "edit")),
    ("case_routing", "feedback.RoutingRule", ("add", "edit")),
    ("wagtailusers_users", "accounts.User", ("add", "edit")),
    ("outbox", "", ()),
    ("remembered", "", ()),
    ("schedule", "", ()),
    ("ledger", "", ()),
)
REGISTER = (
    ("documents", "", ()),
    ("issuers", "official_documents.Issuer", ("add", "edit")),
    ("document_areas", "official_documents.DocumentField", ("add",)),
    ("procedures_list", "", ()),
    ("procedure_fields", "procedures.ProcedureField", ("add",)),
    ("receiving_places", "procedures.ReceivingPlace", ("add", "edit")),
    ("procedure_reviews", "procedures.ProcedureReview", ("add", "edit", "delete")),
    ("review_years", "procedures.ReviewYear", ("add", "edit")),
    ("plans", "", ()),
    ("materials", "", ()),
    ("material_topics", "library.MaterialTopic", ("add", "edit", "delete")),
)
PAGES = (
    *("home.HomePage", "news.NewsIndexPage", "news.NewsPage", "pages.StandardPage", "plans.PlanIndexPage"),
    *("plans.PlanPage", "official_documents.OfficialDocumentIndexPage", "official_documents.OfficialDocumentPage"),
    *("library.MaterialIndexPage", "library.MaterialPage", "feedback.FeedbackIndexPage"),
    *("procedures.ProcedureIndexPage", "procedures.ProcedurePage"),
)


def _file(name: str) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": samples()[name]}


def _lists(page, rows):
    """Each list; its empty form, the form sent empty, the form of a row, the question before deleting."""
    for space, label, screens in rows:
        go(page, reverse(f"{space}:index"))
        yield space
        row = apps.get_model(label).objects.last() if label else None
        for screen in screens:
            go(page, reverse(f"{space}:{screen}", args=[] if screen == "add" else [row.pk]))
            yield f"{space}: {screen}"
            if screen == "add":
                page.locator("main form[method=post] [type=submit]:visible").first.click()
                page.locator("main .error-message, main .w-field--error, main .help-critical").first.wait_for()
                yield f"{space}: add, sai"


def entering(page):
    """The door: as it is, and after a wrong password."""
    go(page, f"{HOME}login/")
    yield "đăng nhập"
    page.fill("[name=username]", "bientap")
    page.fill("[name=password]", "không phải mật khẩu")
    page.click("button[type=submit]")
    page.locator(".messages .error, .error-message").first.wait_for()
    yield "đăng nhập sai"


def keeping_house(page):
    """quantri: units, calendar, catalogues, people, machine, settings."""
    go(page, HOME)
    yield "bàn của quản trị"
    yield from _lists(page, HOUSE)
    yield from _keys(page)
    OutboxMail.objects.update(state=MailState.DEAD)
    go(page, reverse("outbox:index"))
    yield "outbox: có thư hỏng"
    go(page, reverse("outbox:retry"))
    yield "outbox: gửi lại"
    go(page, "/quan-tri/settings/core/agencysettings/")
    yield "thông tin cơ quan"


def _keys(page):
    """Keys of other software: none yet, a form sent empty, a new key, the list, taking one back, one that is ended."""
    go(page, reverse("api_key:index"))
    yield "khóa: chưa có"
    go(page, reverse("api_key:add"))
    yield "khóa: thêm"
    page.locator("main form[method=post] [type=submit]:visible").first.click()
    page.locator("main .error-message, main .w-field--error, main .help-critical").first.wait_for()
    yield "khóa: thêm, sai"
    page.fill("[name=name]", "Công dân số")
    page.fill("[name=holder]", "Trung tâm chuyển đổi số")
    page.locator("main form[method=post] [type=submit]:visible").first.click()
    page.locator("[data-testid=api-key]").wait_for()
    yield "khóa: khóa mới"
    go(page, reverse("api_key:index"))
    yield "khóa: danh sách"
    row = ApiKey.objects.get()
    go(page, reverse("api_key:revoke", args=[row.pk]))
    yield "khóa: thu hồi"
    api_key_revoke(key=row, actor=User.objects.get(username="quantri"))
    go(page, reverse("api_key:revoke", args=[row.pk]))
    yield "khóa: đã thu hồi"


def editing(page):
    """bientap: the register, the plans, and the editor of every type of page."""
    go(page, HOME)
    yield "bàn của biên tập"
    yield from _lists(page, REGISTER)
    for query in ("", "?theo=thang", "?theo=don-vi", "?day_from=2001-01-01&day_to=2001-01-02"):
        go(page, f"{reverse('download_report')}{query}")
        yield f"lượt tải học liệu {query}"
    for label in PAGES:
        row = apps.get_model(label).objects.first()
        go(page, reverse("wagtailadmin_pages:edit", args=[row.pk]))
        page.locator("[data-edit-form]").wait_for()
        yield f"sửa {label}"
    for label in ("news.NewsPage", "official_documents.OfficialDocumentPage", "plans.PlanPage", "library.MaterialPage"):
        model = apps.get_model(label)
        parent = model.objects.first().get_parent()
        go(page, reverse("wagtailadmin_pages:add", args=[*label.lower().split("."), parent.pk]))
        page.locator("[data-edit-form]").wait_for()
        yield f"thêm {label}"


def importing(page):
    """bientap: both imports: refused as a file, refused by rows, ready, at work, done."""
    for address, good, bad, broken in (
        ("nhap-van-ban/", "van_ban_tot.csv", "van_ban_hong.csv", "van_ban_thieu_cot.csv"),
        ("nhap-thu-tuc/", "thu_tuc_tot.csv", "thu_tuc_hong.csv", "van_ban_thieu_cot.csv"),
        ("nhap-ke-hoach/", "ke_hoach_tot.docx", "ke_hoach_dong_trong.docx", "khong_phai_word.docx"),
    ):
        go(page, HOME + address)
        yield f"{address} chọn tệp"
        for name in (broken, bad, good):
            go(page, HOME + address)
            page.locator("main input[type=file]").set_input_files(_file(name))
            with page.expect_navigation():
                page.get_by_role("button", name="Đọc tệp và xem trước").click()
            yield f"{address} {name}"
        with page.expect_navigation():
            page.get_by_role("button", name="Xác nhận nhập").click()
        page.get_by_role("progressbar").wait_for()
        yield f"{address} đang ghi"
    # Who finishes them is the worker, which the test is.
    yield from ()


def moderating(page):
    """duyetdang: the queue on each shelf, a refusal without a reason, what was just decided; the ratings."""
    go(page, HOME)
    yield "bàn của người duyệt đăng"
    queue = reverse("moderation:index")
    for shelf in ModerationShelf:
        go(page, f"{queue}?muc={shelf}")
        yield f"chờ duyệt: {shelf.label}"
    go(page, f"{queue}?ve-trang=999999")
    yield "chờ duyệt: không khớp"
    go(page, queue)
    page.get_by_label("Chọn tất cả trên trang này").check()
    page.get_by_role("button", name="Không đăng", exact=True).click()
    page.get_by_role("alert").filter(has_text="lý do").wait_for()
    yield "chờ duyệt: thiếu lý do"
    page.get_by_role("button", name="Đăng", exact=True).click()
    page.get_by_role("link", name="Xem lại hoặc hoàn tác").click()
    page.get_by_role("button", name="Đưa về chờ duyệt").wait_for()
    yield "chờ duyệt: vừa đăng"
    go(page, reverse("page_ratings"))
    yield "đánh giá trang"
    go(page, reverse("page_ratings_page", args=[PageRating.objects.with_words().first().page_id]))
    yield "đánh giá của một trang"


def receiving(page):
    """tiepnhan: the list, a case at every station, a step that went wrong, one that came too late."""
    go(page, HOME)
    yield "bàn của tiếp nhận"
    Desk.open(page)
    yield "danh sách phản ánh"
    Desk.open(page, queue="late")
    yield "danh sách phản ánh, lọc"
    go(page, f"{reverse('case:index')}?q=nuoc")
    yield "danh sách phản ánh, tìm"
    go(page, f"{reverse('case:index')}?q=zzz+khong+co")
    yield "danh sách phản ánh, trống"
    yield from _filters(page)
    yield from _bulk(page)
    yield from _cases(page, "tiếp nhận")
    case = factories.submitted(desk().unit)
    _open(page, case)
    page.locator("#step-decline button").click()
    page.locator("#step-decline .error-message").first.wait_for()
    yield "bước thiếu lý do"
    _open(page, case)
    case_accept(case=Case.objects.get(pk=case.pk), actor=User.objects.get(username="tiepnhan"))
    page.locator("#step-transfer input[name=body_name]").fill("Ủy ban nhân dân xã")
    page.locator("#step-transfer input[name=number]").fill("12/CV-VP")
    page.locator("#step-transfer button").click()
    page.get_by_role("alert").filter(has_text=re.compile(".")).first.wait_for()
    yield "bước đến sau người khác"


def _filters(page):
    """A filter is kept, refused for the name in it, listed, edited, and about to be removed."""
    index = reverse("case:index")
    go(page, f"{index}?queue=new&matter=attitude")
    page.get_by_role("link", name="Lưu bộ lọc này").click()
    page.get_by_label("Tên bộ lọc").fill("Thái độ, mới")
    yield "lưu bộ lọc"
    page.locator("main form[method=post] [type=submit]").first.click()
    page.locator(".case-tabs [aria-current]").filter(has_text="Thái độ, mới").wait_for()
    yield "danh sách phản ánh, bộ lọc đã lưu"
    go(page, f"{reverse('saved_filter:add')}?q=0912000345")
    page.get_by_label("Tên bộ lọc").fill("Tìm")
    page.locator("main form[method=post] [type=submit]").first.click()
    page.locator("main .error-message").first.wait_for()
    yield "bộ lọc giữ số điện thoại, bị từ chối"
    go(page, reverse("saved_filter:index"))
    yield "bộ lọc đã lưu"
    row = SavedFilter.objects.get(name="Thái độ, mới")
    for screen in ("edit", "delete"):
        go(page, reverse(f"saved_filter:{screen}", args=[row.pk]))
        yield f"bộ lọc đã lưu: {screen}"


def _bulk(page):
    """Cases ticked without a mouse, what is asked before the press, and what is told after it."""
    for number in range(2):
        factories.submitted(desk().unit, title=f"Sân trường ngập nước, lần {number}")
    go(page, f"{reverse('case:index')}?queue=new")
    boxes = page.locator("[data-bulk-action-checkbox]")
    for place in (0, 1):
        boxes.nth(place).focus()
        page.keyboard.press("Space")
    button = page.locator(".bulk-actions-buttons a").filter(has_text="Không tiếp nhận")
    button.wait_for()
    yield "danh sách phản ánh, đã đánh dấu"
    button.focus()
    page.keyboard.press("Enter")
    submit = page.locator("main form[method=post] [type=submit]")
    submit.wait_for()
    yield "làm nhiều phản ánh: không tiếp nhận"
    submit.focus()
    page.keyboard.press("Enter")
    page.locator("main .error-message").first.wait_for()
    yield "làm nhiều phản ánh: thiếu lý do"
    page.get_by_label("Lý do").select_option(index=1)
    submit.focus()
    page.keyboard.press("Enter")
    page.locator(".messages .success").filter(has_text="Đã ghi không tiếp nhận 2 phản ánh").wait_for()
    yield "làm nhiều phản ánh: đã làm"


def working(page):
    """xuly: a case at every station, and who sent it."""
    yield from _cases(page, "xử lý")
    _open(page, factories.in_progress(desk()))
    page.get_by_role("button", name="Xem người gửi").click()
    page.get_by_text("Lần xem này đã được ghi").wait_for()
    yield "người gửi hiện ra"
    page.get_by_role("button", name="Lưu và trình duyệt").click()
    page.locator("main .error-message").first.wait_for()
    yield "câu trả lời trống"


def deciding(page):
    """lanhdao: a case at every station, the public copies: list, editor, history, withdrawal."""
    go(page, HOME)
    yield "bàn của lãnh đạo"
    yield from _cases(page, "lãnh đạo")
    space = "wagtailsnippets_feedback_publiccase"
    go(page, reverse(f"{space}:list"))
    yield "bản công khai"
    draft, live = factories.public_draft(desk()), PublicCase.objects.public().first()
    for screen, copy in (("edit", draft), ("edit", live), ("history", live), ("unpublish", live)):
        go(page, reverse(f"{space}:{screen}", args=[copy.pk]))
        yield f"bản công khai: {screen}{'' if copy.live else ', nháp'}"
    page.locator("main form button.serious").click()
    page.locator("main .error-message").first.wait_for()
    yield "bản công khai: gỡ không lý do"
    yield from _findings(page)
    yield from _covering(page)


def _covering(page):
    """A picture: in the editor, boxes drawn by hand, refused, covered."""
    copy = factories.public_draft(desk())
    attachment = factories.covered(copy, desk()).attachment
    go(page, reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk]))
    page.get_by_role("heading", name="Ảnh gửi kèm").wait_for()
    yield "bản công khai: ảnh gửi kèm"
    go(page, reverse("wagtailsnippets_feedback_publiccase:picture", args=[copy.pk, attachment.pk]))
    picture = page.get_by_role("img", name="chưa che")
    picture.scroll_into_view_if_needed()
    frame = picture.bounding_box()
    page.mouse.move(frame["x"] + frame["width"] * 0.6, frame["y"] + frame["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.9, frame["y"] + frame["height"] * 0.9, steps=4)
    page.mouse.up()
    row = page.locator("[data-cover-box]").nth(1)
    numbers = [float(row.get_by_role("spinbutton").nth(at).input_value()) for at in range(4)]
    assert all(abs(found - drawn) < 1 for found, drawn in zip(numbers, (60, 50, 30, 40), strict=True)), numbers
    assert page.locator(".picture-cover__drawn:visible").count() == 2
    yield "che ảnh: hai khung"
    page.get_by_role("button", name="Bỏ khung cuối").click()
    assert page.locator(".picture-cover__drawn:visible").count() == 1
    row.get_by_role("spinbutton").first.fill("120")
    page.get_by_label("Mô tả ảnh").fill("")
    page.get_by_role("button", name="Che và đưa vào bản nháp").click()
    page.locator("main .error-message").first.wait_for()
    yield "che ảnh: số sai, thiếu mô tả"
    yield from _choosing_pages(page, copy)


def _choosing_pages(page, copy):
    """A PDF: its pages, one of them with the boxes that the machine proposes."""
    paper = attach_pdf(copy, written_pdf(["Cháu Phượng, gọi 0912 345 678.", "Sân trường ngập."], []))
    go(page, reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk]))
    page.get_by_role("heading", name="Tệp PDF gửi kèm").wait_for()
    yield "bản công khai: tệp PDF gửi kèm"
    page.get_by_role("link", name=f"Chọn trang {paper.name}").click()
    page.get_by_role("heading", name="Chọn trang").wait_for()
    yield "bản công khai: chọn trang"
    page.get_by_role("link", name="Che và đưa vào trang 1").click()
    page.get_by_role("img", name="trang 1, chưa che").wait_for()
    assert page.locator(".picture-cover__drawn:visible").count() >= 2
    yield "che trang PDF: khung đề nghị"


def _findings(page):
    copy = factories.public_draft(desk(), body="Cháu Phượng bị mất xe 29B-123.45. Gọi 0912 345 678 hoặc cô Hoa.")
    address = reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk])
    go(page, address)
    yield "bản công khai: chỗ giống dữ liệu cá nhân"
    item = page.locator(".findings__item").first
    item.get_by_role("textbox").fill("Tên đã được gia đình đồng ý cho đăng")
    item.get_by_role("button", name="Giữ lại").click()
    page.locator(".findings__mark--kept").first.wait_for()
    page.locator(".findings__item").first.get_by_role("button", name="Che").click()
    page.locator(".findings__mark--kept").first.wait_for()
    yield "bản công khai: một chỗ giữ lại, một chỗ che"


def _cases(page, who: str):
    for stage in STAGES:
        made = getattr(factories, stage)
        _open(page, made(desk().unit if stage == "submitted" else desk()))
        yield f"phản ánh {stage}, {who}"
    case = factories.submitted(desk().unit)
    case_quarantine(case=case, actor=None)
    _open(page, case)
    yield f"phản ánh nghi là rác, {who}"
    _open(page, factories.public_draft(desk()).case)
    yield f"phản ánh có bản công khai, {who}"
    yield from beside(page, desk(), who)


def _open(page, case) -> None:
    """Show the case with all its steps open."""
    go(page, reverse("case:open", args=[case.pk]))
    assert urlsplit(page.url).path.endswith(f"/{case.pk}/")
    page.locator("details").evaluate_all(OPENED)
